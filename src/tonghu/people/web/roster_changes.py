"""A newer list beside the files: what is new, gone or changed, to accept or refuse."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden, Refused
from tonghu.look.templatetags.look import day_of_year
from tonghu.people import queries, words
from tonghu.people.constants import RosterAnswer
from tonghu.people.differences import Arrival, Compared, Difference, Why, compared, left_out_of
from tonghu.people.models import RosterQuestion
from tonghu.people.operations import roster_answers
from tonghu.people.policy import ROSTERS
from tonghu.people.takeover.answers import DIFFERS, answers_for
from tonghu.people.takeover.said import line_of
from tonghu.people.web import roster_words
from tonghu.people.web.roster_steps import steps_of

WHY_WORDS: Final[dict[Why, Promise]] = {
    Why.BLANK: gettext_lazy("nothing is written down yet"),
    Why.NEWER: gettext_lazy("the list is newer"),
    Why.MORE_EXACT: gettext_lazy("the list is more exact"),
    Why.LESS: gettext_lazy("the list says less"),
    Why.AS_THE_NUMBER: gettext_lazy("as the ID number has it"),
    Why.PAPER: gettext_lazy("look at the paper first"),
    Why.SOUND: pgettext_lazy("two names", "sound alike"),
    Why.BESIDE: gettext_lazy("is put beside what we have"),
}


@dataclass(frozen=True)
class Side:
    """One side of a difference as the page offers it."""

    value: str
    text: str
    note: str
    chosen: bool


@dataclass(frozen=True)
class Line:
    """One difference: whose, in which field, why one side is preferred, and both sides."""

    pk: UUID
    child: str
    child_pk: UUID
    field: str
    why: str
    sides: tuple[Side, Side]


@dataclass(frozen=True)
class Gone:
    """A child that is not on the list any more, and what can be said of it."""

    pk: UUID
    child: str
    child_pk: UUID
    age: str
    where: str
    answers: list[tuple[str, str]]


@page(ROSTERS, Action.READ)
@require_GET
def changes(request: Request, roster_id: UUID) -> HttpResponse:
    """Show both values of each difference, and who is new or gone; looks are on record."""
    at = clock.now()
    found = queries.roster_for(request.actor, roster_id, on=clock.day(at))
    seen = compared(request.actor, found, at=at)
    lines = list(_lines(seen.changed))
    context = {
        "roster": found,
        "seen": seen,
        "heading": _heading(seen),
        "lines": lines,
        "taken": sum(one.sides[1].chosen for one in lines),
        "left": sum(one.sides[0].chosen for one in lines),
        "gone": list(_gone(seen.gone)),
        "new": [_new(one) for one in seen.new],
        "waiting_shown": [one.question.pk for one in seen.new if one.question],
        "left_out": [(one.pk, *_of_line(one)) for one in seen.left_out],
        "last_on": day_of_year(seen.last.seen_from) if seen.last else "",
        "steps": steps_of(found, compares=True),
        "now": 5,
    }
    return render(request, "people/roster_changes.html", context)


@page(ROSTERS, Action.WRITE)
@require_POST
def decide(request: Request, roster_id: UUID) -> HttpResponse:
    """Write down what was accepted, remember what was refused."""
    at = clock.now()
    on = clock.day(at)
    found = queries.roster_for(request.actor, roster_id, on=on, action=Action.WRITE)
    asked = queries.open_questions_for(request.actor, found, on=on).filter(code=DIFFERS)
    for_all = request.POST.get("all", "")
    said = {
        one: for_all or request.POST.get(f"d-{one.pk}", "") for one in asked if _sent(request, one)
    }
    try:
        roster_answers.decide_differences(
            roster=found,
            taken=[one for one, answer in said.items() if answer == RosterAnswer.TAKE],
            left=[one for one, answer in said.items() if answer == RosterAnswer.LEAVE],
            by=request.actor,
            at=at,
        )
    except (Forbidden, Hidden):
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        told = ngettext("%(n)s difference decided.", "%(n)s differences decided.", len(said))
        messages.success(request, told % {"n": len(said)})
    return redirect("roster-changes", roster_id=roster_id)


@page(ROSTERS, Action.WRITE)
@require_POST
def take_in(request: Request, roster_id: UUID, question_id: UUID) -> HttpResponse:
    """Take a child in after all that was left out of a list."""
    at = clock.now()
    on = clock.day(at)
    found = queries.roster_for(request.actor, roster_id, on=on, action=Action.WRITE)
    question = left_out_of(request.actor, found, on=on).filter(pk=question_id).first()
    if question is None:
        raise Http404
    try:
        roster_answers.take_in_after_all(question=question, by=request.actor, at=at)
    except (Forbidden, Hidden):
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The line is taken over after all."))
    return redirect("roster-changes", roster_id=roster_id)


def _sent(request: Request, question: RosterQuestion) -> bool:
    return f"d-{question.pk}" in request.POST


def _heading(seen: Compared) -> str:
    counted = {
        "new": len(seen.new) + seen.more_new,
        "gone": len(seen.gone) + seen.more_gone,
        "changed": len(seen.changed) + seen.more_changed,
    }
    if seen.last is None:
        return _("Beside the files: %(new)s new, %(changed)s changed") % counted
    told = counted | {"day": words_of_day(seen)}
    return _("Beside the list of %(day)s: %(new)s new, %(gone)s gone, %(changed)s changed") % told


def words_of_day(seen: Compared) -> str:
    """Return of which day the list before this one is."""
    return day_of_year(seen.last.seen_from) if seen.last else ""


def _lines(differences: list[Difference]) -> Iterator[Line]:
    for one in differences:
        field = one.question.field
        takes = one.prefers == RosterAnswer.TAKE
        since = _("since %(day)s") % {"day": day_of_year(one.since)} if one.since else ""
        yield Line(
            pk=one.question.pk,
            child=one.child.person.called,
            child_pk=one.child.pk,
            field=roster_words.field_words(field),
            why=str(WHY_WORDS[one.why]),
            sides=(
                Side("leave", roster_words.value_words(field, one.held), since, not takes),
                Side("take", roster_words.value_words(field, one.said), "", takes),
            ),
        )


def _new(one: Arrival) -> dict[str, Any]:
    """Return a new child as the page names it, and what is to be answered of it."""
    person, asked = one.child.person, one.question
    return {
        "pk": one.child.pk,
        "child": person.called,
        "age": _age(person, one.child.registered_on),
        "question": asked.pk if asked else None,
    }


def _of_line(question: RosterQuestion) -> tuple[str, str]:
    """Return whom a line names that was left out, and where it stands; there is no file."""
    row = question.line
    if row is None:
        return "", ""
    return line_of(row).fields.name, roster_words.where(row)


def _gone(questions: list[RosterQuestion]) -> Iterator[Gone]:
    for one in questions:
        child = one.proposed
        if child is None:
            continue
        yield Gone(
            pk=one.pk,
            child=child.person.called,
            child_pk=child.pk,
            age=_age(child.person, one.roster.seen_from),
            where=roster_words.stood_at(one),
            answers=[(str(each.value), str(each.label)) for each in answers_for(one)],
        )


def _age(person: Any, on: Any) -> str:
    return words.age(person.born_on, person.precision, on)
