"""The list of colleagues in Django's admin: the columns, rows and search of the product's."""

from django.contrib import admin

from staff.models import Membership


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Twenty to a page, joined in one query."""

    list_display = ("account", "role", "organisation", "from_on", "state")
    list_select_related = ("account", "organisation")
    list_per_page = 20
    ordering = ("id",)
    search_fields = ("account__name", "account__latin_name", "account__login")
