"""Addresses of services."""

from django.urls import path

from tonghu.services.web import contacts

urlpatterns = [
    path("children/<uuid:child_id>/contacts/new/", contacts.contact_new, name="contact-new"),
    path("contacts/<uuid:contact_id>/", contacts.contact, name="contact"),
]
