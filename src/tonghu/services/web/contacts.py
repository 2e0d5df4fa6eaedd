"""Writing a contact down, and reading one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.people.queries import child_for
from tonghu.people.web.changes import either_way, refused
from tonghu.services.operations.contacts import record_contact
from tonghu.services.policy import CONTACTS, NOTES
from tonghu.services.queries import contact_for
from tonghu.services.web.contact_forms import ContactForm


@page(NOTES, Action.WRITE)
@either_way
def contact_new(request: Request, child_id: UUID) -> HttpResponse:
    """Write a contact down."""
    at = clock.now()
    by = request.actor
    child = child_for(by, child_id, on=clock.day(at), action=Action.WRITE, sheet=NOTES)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refusal = refused(record_contact, child=child, said=form.said(), by=by, at=at)
        if not refusal:
            messages.success(request, _("Saved."))
            return redirect("child", child_id=child.pk)
        form.add_error(None, refusal)
    context = {"child": child, "form": form, "name": child.person.called}
    return render(request, "services/contact_new.html", context)


@page(CONTACTS, Action.READ)
@require_GET
def contact(request: Request, contact_id: UUID) -> HttpResponse:
    """Show one contact as it was written down."""
    at = clock.now()
    found = contact_for(request.actor, contact_id, on=clock.day(at))
    record_look(found, by=request.actor, at=at, about=found.child_id)
    context = {"contact": found, "child": found.child, "name": found.child.person.called}
    return render(request, "services/contact.html", context)
