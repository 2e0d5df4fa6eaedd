"""Writing a contact down, correcting, reviewing and reading one."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tonghu.access.looks import record_look
from tonghu.access.queries import agency_of
from tonghu.access.sheets import Action, Answer
from tonghu.access.web.pages import Request, page, way_back
from tonghu.kernel import clock
from tonghu.look.addresses import address
from tonghu.people.models import Child
from tonghu.people.queries import child_for
from tonghu.people.web.changes import either_way, refused
from tonghu.services.drafting import CONTACT, CORRECTION, Kept, numbers_in
from tonghu.services.family import family_names
from tonghu.services.linking import LINKS
from tonghu.services.models import Appointment, Contact, Draft
from tonghu.services.operations.contacts import correct_contact, record_contact, review_contact
from tonghu.services.policy import CONTACTS, NOTES
from tonghu.services.queries import (
    appointment_for,
    contact_for,
    draft_of,
    reflection_on,
    unscoped_newer_entries,
)
from tonghu.services.web.contact_forms import ContactForm, CorrectionForm, as_far_as, as_it_was


@page(NOTES, Action.WRITE)
@either_way
def contact_new(request: Request, child_id: UUID) -> HttpResponse:
    """Write a contact down."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    child = child_for(by, child_id, on=on, action=Action.WRITE, sheet=NOTES)
    keeps = _kept_by_it(request, child, on)
    form, draft = _form(request, ContactForm, child, CONTACT, {})
    if request.method == "POST" and form.is_valid():
        refusal = refused(record_contact, child=child, said=form.said(), keeps=keeps, by=by, at=at)
        if not refusal:
            messages.success(request, _("Saved."))
            return redirect(_onward(request, child))
        form.add_error(None, refusal)
    also = {"keeps": keeps, "heading": _("Write a contact down"), "kept_at": _kept_at(child)}
    return _asked(request, child, form, draft, **also)


@page(CONTACTS, Action.READ)
@either_way
def contact_correct(request: Request, contact_id: UUID) -> HttpResponse:
    """Correct a contact by a second entry."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    first = contact_for(by, contact_id, on=on)
    NOTES.require(Action.WRITE, by, first.child, on=on)
    record_look(first, by=by, at=at, about=first.child_id)
    form, draft = _form(request, CorrectionForm, first.child, CORRECTION, as_it_was(first), first)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        refusal = refused(correct_contact, contact=first, said=form.said(), why=why, by=by, at=at)
        if not refusal:
            messages.success(request, _("Corrected. The first entry stays, struck through."))
            return redirect(_onward(request, first.child))
        form.add_error(None, refusal)
    kept_at = f"{_kept_at(first.child, CORRECTION)}?about={first.pk}"
    also = {"first": first, "heading": _("Correct a contact"), "kept_at": kept_at}
    return _asked(request, first.child, form, draft, **also)


@page(CONTACTS, Action.APPROVE)
@require_POST
def contact_review(request: Request, contact_id: UUID) -> HttpResponse:
    """Say that a contact was reviewed."""
    at = clock.now()
    found = contact_for(request.actor, contact_id, on=clock.day(at), action=Action.APPROVE)
    refusal = refused(review_contact, contact=found, by=request.actor, at=at)
    if refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Reviewed."))
    return redirect("contact", contact_id=found.pk)


@page(CONTACTS, Action.READ)
@require_GET
def contact(request: Request, contact_id: UUID) -> HttpResponse:
    """Show one contact as it was written down."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    found = contact_for(by, contact_id, on=on)
    record_look(found, by=by, at=at, about=found.child_id)
    newer = unscoped_newer_entries([found.pk]).get(found.pk)
    may_write = NOTES.judge(Action.WRITE, by, found.child, on=on) is Answer.ALLOW
    may_review = CONTACTS.judge(Action.APPROVE, by, found, on=on) is Answer.ALLOW
    context = {
        "contact": found,
        "child": found.child,
        "name": found.child.person.called,
        "newer": newer,
        "reflection": reflection_on(found, by, on=on),
        "about": [words for one in LINKS.values() for words in one.of(found, by, on)],
        "may_correct": may_write and newer is None,
        "may_review": may_review and not found.reviewed_at and found.author_id != by.account_id,
    }
    return render(request, "services/contact.html", context)


def _form(
    request: Request,
    form: type[ContactForm],
    child: Child,
    kept: Kept,
    initial: dict[str, Any],
    about: Contact | None = None,
) -> tuple[ContactForm, Draft | None]:
    """Return the form as sent, as far as it was written, or as it begins."""
    by = request.actor
    found = draft_of(kept, child, by, about=about.pk if about else None)
    begin_anew = request.method == "POST" or "fresh" in request.GET
    draft, written = (None, {}) if begin_anew or found is None else found
    family = family_names(child, by, on=clock.day(clock.now()))
    begun = initial | as_far_as(written, form)
    return form(request.POST or None, child=child, family=family, by=by, initial=begun), draft


def _asked(
    request: Request, child: Child, form: ContactForm, draft: Draft | None, **also: Any
) -> HttpResponse:
    context = {
        "child": child,
        "form": form,
        "name": child.person.called,
        "draft": draft,
        "report": _report(child),
        "agency": agency_of(request.actor),
    }
    return render(request, "services/contact_new.html", context | also)


def _kept_at(child: Child, kept: Kept = CONTACT) -> str:
    return reverse("draft", args=[child.pk, kept.key])


def _kept_by_it(request: Request, child: Child, on: dt.date) -> Appointment | None:
    """Return the appointment the form was opened from, if it is still open and this child's."""
    for number in numbers_in(request.GET.getlist("keeps")):
        found = appointment_for(request.actor, number, on=on)
        if found.child_id == child.pk and not found.kept_by_id and not found.called_off_at:
            return found
    return None


def _onward(request: Request, child: Child) -> str:
    """Return where the form was opened from; the child's file otherwise."""
    came = request.GET.get("next", "")
    return way_back(request, came) if came else address("child", child.pk)


def _report(child: Child) -> str:
    """Return where harm is reported, once a floor above has that page."""
    for name, number in (("report-of-child", child.pk), ("report-new", None)):
        try:
            return address(name, number)
        except NoReverseMatch:
            continue
    return ""
