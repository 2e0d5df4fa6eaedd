"""Addresses of services."""

from django.urls import path

from tonghu.services.web import appointments, contacts, drafts

CHILD, CONTACT = "children/<uuid:child_id>/", "contacts/<uuid:contact_id>/"
APPOINTMENT = "appointments/<uuid:appointment_id>/"
urlpatterns = [
    path(f"{CHILD}contacts/new/", contacts.contact_new, name="contact-new"),
    path(CONTACT, contacts.contact, name="contact"),
    path(f"{CONTACT}correct/", contacts.contact_correct, name="contact-correct"),
    path(f"{CONTACT}review/", contacts.contact_review, name="contact-review"),
    path(f"{CHILD}drafts/<str:form>/", drafts.draft, name="draft"),
    path(f"{CHILD}notes/", appointments.note_new, name="note-new"),
    path(f"{CHILD}appointments/new/", appointments.appointment_new, name="appointment-new"),
    path(APPOINTMENT, appointments.appointment, name="appointment"),
    path(f"{APPOINTMENT}off/", appointments.appointment_off, name="appointment-off"),
    path(f"{APPOINTMENT}again/", appointments.appointment_again, name="appointment-again"),
]
