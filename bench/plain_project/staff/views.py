"""A form that creates one row, as the tutorial writes it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from staff.models import Account, Membership


class RoleForm(forms.ModelForm):
    """Which role, where, from when to when."""

    class Meta:
        model = Membership
        fields = ("role", "organisation", "from_on", "until_on")


@login_required
def person(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show a colleague."""
    return render(request, "page.html", {"person": get_object_or_404(Account, pk=account_id)})


@login_required
def role_new(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Give a colleague another role."""
    account = get_object_or_404(Account, pk=account_id)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        membership = form.save(commit=False)
        membership.account = account
        membership.agency = membership.organisation
        membership.save()
        messages.success(request, "The role is given.")
        return redirect("person", account_id=account.pk)
    return render(request, "page.html", {"form": form, "person": account})
