"""What a person says to the rules, and whether what follows arrives."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.people.definitions.rulesets import rule_named
from tonghu.people.models import Child
from tonghu.people.operations import benefits, spans
from tonghu.people.operations import suggestions as answering
from tonghu.people.policy import CHILDREN
from tonghu.people.queries import child_for
from tonghu.people.standing import check_of_benefit, declined_suggestion, span_of_category
from tonghu.people.suggestions import Kind, Suggestion, suggestions_for
from tonghu.people.web.changes import Change, change, done, either_way, refused
from tonghu.people.web.entitled_forms import CONFIRM, BenefitForm, SuggestionForm
from tonghu.people.web.entitled_words import heading_of


@page(CHILDREN, Action.WRITE)
@either_way
def suggestions(request: Request, child_id: UUID) -> HttpResponse:
    """Show what the rules suggest on a file, each with what it rests on, and take the answer."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    child = child_for(by, child_id, on=on, action=Action.WRITE)
    record_look(child, by=by, at=at)
    form = None
    if request.method == "POST":
        form = SuggestionForm(request.POST, rule=request.POST.get("rule", ""), on=on)
        if form.is_valid():
            refusal = _answered(request, child, form)
            if not refusal:
                return _on(request, child)
            form.add_error(None, refusal)
    found = suggestions_for(by, child, on=on)
    context = {
        "child": child,
        "name": child.person.called,
        "cards": [_card(one, form, request.POST) for one in found],
        "form": form,
    }
    return render(request, "people/suggestions.html", context)


def _answered(request: Request, child: Child, form: SuggestionForm) -> str:
    """Call the operation behind the button that was pressed; return what it refuses with."""
    said, at = form.cleaned_data, clock.now()
    rule = rule_named(said["rule"])
    told: dict[str, Any] = {"child": child, "reason": said["reason"]}
    told |= {"category": rule.category if rule else "", "by": request.actor, "at": at}
    if request.POST.get("answer") != CONFIRM:
        return refused(answering.decline_suggestion, **told)
    if said["span"]:
        span = span_of_category(child, said["span"], request.actor, on=clock.day(at))
        ends = {"span": span, "until_on": said["until_on"] or clock.day(at)}
        return refused(spans.end_category, **ends, reason=said["reason"], by=request.actor, at=at)
    return refused(
        spans.confirm_category,
        **told,
        rule=said["rule"],
        from_on=said["from_on"] or clock.day(at),
        evidence=said["evidence"],
    )


def _on(request: Request, child: Child) -> HttpResponse:
    """Go on to the next suggestion on the file, or back to it."""
    if suggestions_for(request.actor, child, on=clock.day(clock.now())):
        messages.success(request, _("Saved."))
        return redirect("suggestions", child_id=child.pk)
    return done(request, child)


def _card(suggestion: Suggestion, sent: SuggestionForm | None, data: QueryDict) -> dict[str, Any]:
    """Return one suggestion as the page shows it; the form that was sent comes back as sent."""
    finding, begins = suggestion.finding, suggestion.kind is Kind.BEGIN
    key, on = finding.rule.key, clock.day(clock.now())
    is_sent = sent is not None and data.get("rule") == key
    span = suggestion.span.pk if suggestion.span else None
    form = sent if is_sent else SuggestionForm(None, rule=key, on=on, span=span)
    return {
        "heading": heading_of(suggestion),
        "parts": finding.telling,
        "rule": finding.rule,
        "begins": begins,
        "form": form,
    }


@page(CHILDREN, Action.WRITE)
@require_POST
def suggestion_again(request: Request, child_id: UUID, declined_id: UUID) -> HttpResponse:
    """Take up again what was left aside."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    child = child_for(by, child_id, on=on, action=Action.WRITE)
    declined = declined_suggestion(child, declined_id, by, on=on)
    answering.take_up_again(declined=declined, by=by, at=at)
    return done(request, child)


@page(CHILDREN, Action.WRITE)
@either_way
def benefit_new(request: Request, child_id: UUID) -> HttpResponse:
    """Note how a benefit stands."""
    return _asked_about(request, child_id, BenefitForm)


@page(CHILDREN, Action.WRITE)
@either_way
def benefit_again(request: Request, child_id: UUID, check_id: UUID) -> HttpResponse:
    """Note how a benefit stands now, beginning with what the last check said."""
    on, by = clock.day(clock.now()), request.actor
    child = child_for(by, child_id, on=on, action=Action.WRITE)
    check = check_of_benefit(child, check_id, by, on=on)
    return _asked_about(request, child_id, partial(BenefitForm, check=check))


def _asked_about(request: Request, child_id: UUID, form: Any) -> HttpResponse:
    what = Change(
        _("Whether a benefit arrives"),
        _("Save how it stands"),
        form,
        benefits.check_benefit,
        _("What was found before stays in the history."),
    )
    return change(request, child_id, what)
