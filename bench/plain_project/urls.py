"""The plain project's addresses."""

from django.contrib import admin
from django.http import HttpResponse
from django.urls import path
from staff import views

urlpatterns = [
    path("healthz", lambda request: HttpResponse("ok")),
    path("admin/", admin.site.urls),
    path("people/<uuid:account_id>/", views.person, name="person"),
    path("people/<uuid:account_id>/roles/new/", views.role_new, name="role-new"),
]
