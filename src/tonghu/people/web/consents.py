"""Who said yes, to what, until when: the page, asking, taking back, and who is not asked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.people import words
from tonghu.people.consents import PURPOSES, answers_ever, standings_of
from tonghu.people.guardians import guardians_who_may_know, suspensions_of
from tonghu.people.models import Child
from tonghu.people.operations import consents as operations
from tonghu.people.operations import suspensions
from tonghu.people.policy import CONSENTS, SUSPENSIONS
from tonghu.people.queries import child_for, family_of
from tonghu.people.standing import consent_of, suspension_of
from tonghu.people.web import consent_forms as forms
from tonghu.people.web.changes import asked, done, either_way, refused
from tonghu.people.web.consent_lines import called_in, lines_of, purposes_asked, told_of


@page(CONSENTS, Action.READ)
@require_GET
def consents(request: Request, child_id: UUID) -> HttpResponse:
    """Show each purpose with its answers, and who may be asked and told."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    child = child_for(by, child_id, on=on)
    record_look(child, by=by, at=at)
    called = called_in(child, family_of(child, request.actor, on=on).kin)
    guardians = guardians_who_may_know(child, on=on)
    context = {
        "child": child,
        "name": child.person.called,
        "lines": lines_of(standings_of(child, on=on), called),
        "earlier": told_of(answers_ever(child), called),
        "guardians": words.together(
            [called.get(one.guardian_id, one.guardian.called) for one in guardians]
        ),
        "suspended": suspensions_of(child, on=on),
        **rights(child, request),
    }
    return render(request, "people/consents.html", context)


def rights(child: Child, request: Request) -> dict[str, bool]:
    """Return what the reader may do about consents and guardians of this file."""
    on, by = clock.day(clock.now()), request.actor
    return {
        "may_ask": CONSENTS.opens(Action.WRITE, by, child, on=on),
        "may_suspend": SUSPENSIONS.opens(Action.WRITE, by, child, on=on),
    }


@page(CONSENTS, Action.WRITE)
@either_way
def consent_new(request: Request, child_id: UUID) -> HttpResponse:
    """Ask, and write down what was answered, purpose by purpose."""
    child = _to_write(request, child_id)
    purposes = purposes_asked(request.GET.getlist("purpose")) or PURPOSES
    form = forms.TalkForm(
        request.POST or None,
        purposes=purposes,
        child=child,
        by=request.actor,
        on=clock.day(clock.now()),
    )
    return _answer(
        request,
        child,
        form,
        operations.record_answers,
        {"child": child},
        heading=_("Ask, and write down the answer"),
        verb=_("Save the answers"),
        why=_("Read each text out first. A no is an answer too; no service depends on a yes."),
    )


@page(CONSENTS, Action.WRITE)
@either_way
def duty_new(request: Request, child_id: UUID) -> HttpResponse:
    """Note that the law asks nobody: a report, temporary guardianship, a court."""
    child = _to_write(request, child_id)
    on = clock.day(clock.now())
    return _answer(
        request,
        child,
        forms.DutyForm(request.POST or None, child=child, by=request.actor, on=on),
        operations.note_legal_duty,
        {"child": child},
        heading=_("The law asks for no consent"),
        verb=_("Note the duty"),
        why=_("For a report of harm, temporary guardianship or a court. Tell the child anyway."),
    )


@page(CONSENTS, Action.WRITE)
@either_way
def consent_withdraw(request: Request, child_id: UUID, consent_id: UUID) -> HttpResponse:
    """Write down that a yes was taken back."""
    child = _to_write(request, child_id)
    on = clock.day(clock.now())
    consent = consent_of(child, consent_id, request.actor, on=on)
    form = forms.WithdrawForm(
        request.POST or None, consent=consent, child=child, by=request.actor, on=on
    )
    return _answer(
        request,
        child,
        form,
        operations.withdraw_consent,
        {"consent": consent},
        heading=_("Taken back: %(purpose)s") % {"purpose": consent.get_purpose_display()},
        verb=_("Note that it is taken back"),
        why=_("Further use stops on that day. The service goes on, and what was done stays."),
    )


@page(CONSENTS, Action.WRITE)
@require_POST
def withdrawal_cancel(request: Request, child_id: UUID, consent_id: UUID) -> HttpResponse:
    """Undo a withdrawal that was noted by mistake today."""
    child = _to_write(request, child_id)
    at = clock.now()
    consent = consent_of(child, consent_id, request.actor, on=clock.day(at))
    return _pressed(request, child, operations.undo_withdrawal, consent=consent)


@page(CONSENTS, Action.WRITE)
@require_POST
def duty_end(request: Request, child_id: UUID, consent_id: UUID) -> HttpResponse:
    """Say that a duty of the law ends with today."""
    child = _to_write(request, child_id)
    on = clock.day(clock.now())
    consent = consent_of(child, consent_id, request.actor, on=on)
    return _pressed(request, child, operations.end_legal_duty, consent=consent, until_on=on)


@page(SUSPENSIONS, Action.WRITE)
@either_way
def guardian_suspend(request: Request, child_id: UUID) -> HttpResponse:
    """Suspend the rights of a guardian who is suspected, or cannot be found."""
    on = clock.day(clock.now())
    child = child_for(request.actor, child_id, on=on)
    SUSPENSIONS.require(Action.WRITE, request.actor, child, on=on)
    return _answer(
        request,
        child,
        forms.SuspendForm(request.POST or None, child=child, by=request.actor, on=on),
        suspensions.suspend_guardian,
        {"child": child},
        heading=_("A guardian is suspected, or cannot be found"),
        verb=_("Suspend this guardian's rights"),
        why=_(
            "From now on this guardian sees nothing, gets no copy, is told nothing and decides "
            "nothing on this file. Giving the rights back takes two persons."
        ),
    )


@page(SUSPENSIONS, Action.WRITE)
@either_way
def guardian_give_back(request: Request, child_id: UUID, suspension_id: UUID) -> HttpResponse:
    """Ask a second person to give a guardian's rights back."""
    on = clock.day(clock.now())
    child = child_for(request.actor, child_id, on=on)
    suspension = suspension_of(child, suspension_id, request.actor, on=on)
    return _answer(
        request,
        child,
        forms.GiveBackForm(request.POST or None, child=child, by=request.actor, on=on),
        suspensions.propose_giving_back,
        {"suspension": suspension},
        heading=_("Give the rights back: %(name)s") % {"name": suspension.guardian.called},
        verb=_("Put it before a second person"),
        why=_("Nothing changes until a second person confirms it."),
    )


def _to_write(request: Request, child_id: UUID) -> Child:
    on = clock.day(clock.now())
    child = child_for(request.actor, child_id, on=on, action=Action.WRITE)
    CONSENTS.require(Action.WRITE, request.actor, child, on=on)
    return child


def _answer(
    request: Request, child: Child, form: Any, act: Any, said: dict[str, Any], **told: Any
) -> HttpResponse:
    """Call the operation when the form is whole; what it refuses is said on the page."""
    at = clock.now()
    record_look(child, by=request.actor, at=at)
    if request.method == "POST" and form.is_valid():
        refusal = refused(act, **said, **form.said(), by=request.actor, at=at)
        if not refusal:
            return done(request, child)
        form.add_error(None, refusal)
    return asked(request, child, form, **told)


def _pressed(request: Request, child: Child, act: Any, **said: Any) -> HttpResponse:
    refusal = refused(act, **said, by=request.actor, at=clock.now())
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, _("Saved."))
    return redirect("consents", child_id=child.pk)
