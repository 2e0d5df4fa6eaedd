"""A person's desk on a day: what her cases owe, in groups, each line with its rule and one verb.

Everything is asked for in bulk: the questions are the same for one case and for three hundred.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tonghu.access.actors import Actor
from tonghu.access.roles import SocialWorker, Supervisor
from tonghu.access.sheets import Action
from tonghu.casework.appointed import visit_of
from tonghu.casework.constants import MOODS, OPEN, URGENCY, PaperKind
from tonghu.casework.due import Due, answered_for, due_in, own_cases
from tonghu.casework.models import Case, Submission
from tonghu.casework.policy import PARTS_OF_CASES
from tonghu.casework.queries import unscoped_last_met
from tonghu.kernel.clock import day
from tonghu.look.addresses import address
from tonghu.look.templatetags.look import day as day_words
from tonghu.look.templatetags.look import day_of_year
from tonghu.people import words
from tonghu.people.cards import Card, cards_of
from tonghu.people.models import Child, Person
from tonghu.services.queries import arranged_for, flagged_contacts

AHEAD = 7
"""Days that 'the next days' reach."""
QUIET_AFTER = 14
"""Days without a meeting after which a child is listed, unless somebody asks for others."""
RANKS = {level: n for n, level in enumerate(URGENCY)}


class View(StrEnum):
    """The lists of Today, each under an address of its own."""

    MINE = "mine"
    TEAM = "team"
    REVIEW = "review"
    QUIET = "quiet"


@dataclass(frozen=True)
class Line:
    """One thing to do: who, what and by which rule, when, and the verb that does it."""

    child: UUID
    title: str
    href: str
    what: str | Promise
    why: str | Promise
    on: dt.date
    verb: str | Promise
    address: str
    icon: str = "clock"
    due: str = ""
    hour: str = ""
    about: str = ""
    risk: str = ""
    mood: str = ""
    rank: int = 9


@dataclass
class Desk:
    """What somebody answers for on a day."""

    by: Actor
    on: dt.date
    answered: list[Case] = field(default_factory=list)
    own: set[UUID] = field(default_factory=set)

    @cached_property
    def due(self) -> list[Due]:
        """Return what all these cases owe until the end of the next days."""
        until = self.on + dt.timedelta(days=AHEAD)
        return [one for one in due_in(self.answered, on=self.on) if one.on <= until]

    @cached_property
    def last_met(self) -> dict[UUID, dt.datetime]:
        """Return when the child of each case was last met."""
        return unscoped_last_met([case.child_id for case in self.answered])

    @property
    def mine(self) -> list[Due]:
        """Return what the cases owe whose files she holds."""
        return [one for one in self.due if one.case.pk in self.own]

    def quiet(self, days: int) -> list[Case]:
        """Return the open cases in which nobody was met for so many days, the longest first.

        A worker looks at her own, a supervisor at all she answers for.
        """
        all_of_them = self.by.role_key == Supervisor.key
        before = self.on - dt.timedelta(days=days)
        found = [
            case
            for case in self.answered
            if case.state in OPEN
            and (all_of_them or case.pk in self.own)
            and self.seen_on(case) <= before
        ]
        return sorted(found, key=self.seen_on)

    def seen_on(self, case: Case) -> dt.date:
        """Return on which day somebody was last met; before that, when the case was heard of."""
        met = self.last_met.get(case.child_id)
        return day(met) if met else case.opened_on


def works_with_cases(by: Actor) -> bool:
    """Tell whether somebody's role has cases of its own; the others have no such desk."""
    return by.role_key in (SocialWorker.key, Supervisor.key)


def desk_for(by: Actor, *, on: dt.date) -> Desk:
    """Return the desk of somebody; without cases to work with it is empty."""
    if not works_with_cases(by):
        return Desk(by, on)
    own = {case.pk for case in own_cases(by, on=on)}
    return Desk(by, on, answered_for(by, on=on), own)


def own_lines(desk: Desk) -> list[Line]:
    """Return what she owes herself: of her cases, and what is arranged on her other files."""
    lines = [_line(one, desk.on) for one in desk.mine]
    if not works_with_cases(desk.by):
        return []
    known = {one.child_id for one in desk.answered}
    until = desk.on + dt.timedelta(days=AHEAD)
    lines += _arranged(desk.by, known, dt.date.min, until, desk.on)
    return _with_cards(sorted(lines, key=lambda one: _urgency(one, desk.on)), desk.on)


def lines_between(by: Actor, first: dt.date, last: dt.date, *, on: dt.date) -> list[Line]:
    """Return what falls on the days of somebody's calendar, each day by the hour."""
    cases = own_cases(by, on=on) if works_with_cases(by) else []
    lines = [_line(one, on) for one in due_in(cases, on=on) if first <= one.on <= last]
    known = {case.child_id for case in cases}
    lines += _arranged(by, known, first, last, on)
    return sorted(lines, key=lambda one: (one.on, one.hour or "99", one.title))


def team_lines(desk: Desk) -> list[Line]:
    """Return what all the cases owe that she answers for, each with who holds the file."""
    lines = sorted(
        (_line(one, desk.on) for one in desk.due), key=lambda one: _urgency(one, desk.on)
    )
    return _with_cards(lines, desk.on, with_holders=True)


def _urgency(one: Line, on: dt.date) -> tuple[int, dt.date, str]:
    """Say where a line stands: of what is late the greatest danger first, else by day and hour."""
    return (one.rank if one.on < on else 99, one.on, one.hour or "99")


def quiet_lines(desk: Desk, days: int) -> list[Line]:
    """Return the children nobody has met for so many days."""
    return _with_cards([_quiet(desk, case) for case in desk.quiet(days)], desk.on)


def _quiet(desk: Desk, case: Case) -> Line:
    seen_on, met = desk.seen_on(case), case.child_id in desk.last_met
    days = (desk.on - seen_on).days
    last = _("Last met on %(day)s") if met else _("Never met; heard of on %(day)s")
    return Line(
        child=case.child_id,
        title=case.child.person.called,
        href=address("case", case.pk),
        what=last % {"day": day_of_year(seen_on)},
        why="",
        on=seen_on,
        verb=_("Begin the visit"),
        address=address("contact-new", case.child_id),
        icon="home-heart",
        due=ngettext("%(n)s day", "%(n)s days", days) % {"n": days},
        **_risk(case),
    )


def review_lines(by: Actor, *, on: dt.date) -> list[Line]:
    """Return what waits for this person as a supervisor: what worries first, then papers."""
    lines = [*_flagged(by, on), *_papers(by, on)]
    return _with_cards(lines, on, with_holders=True)


def waiting_count(by: Actor, *, on: dt.date) -> int:
    """Return how much waits for this person as a supervisor."""
    return flagged_contacts(by, on=on).count() + waiting_papers(by, on=on).count()


def waiting_papers(by: Actor, *, on: dt.date) -> "QuerySet[Submission]":
    """Return the papers this person decides about, the longest waiting first; never her own."""
    rows = Submission.objects.filter(decision="").select_related("case__child__person")
    found = PARTS_OF_CASES.rows(Action.APPROVE, rows, by, on=on)
    return found.exclude(submitted_by=by.account_id).order_by("submitted_at", "id")


def _flagged(by: Actor, on: dt.date) -> Iterator[Line]:
    for one in flagged_contacts(by, on=on):
        yield Line(
            child=one.child_id,
            title=one.child.person.called,
            href=address("child", one.child_id),
            what=_("A contact to be read first"),
            why=one.get_safety_display() or one.get_risk_change_display(),
            on=day(one.happened_at),
            verb=_("Read and review"),
            address=address("contact", one.pk),
            icon="alert-triangle",
            due=day_words(day(one.happened_at), on),
        )


def _papers(by: Actor, on: dt.date) -> Iterator[Line]:
    for one in waiting_papers(by, on=on):
        yield Line(
            child=one.case.child_id,
            title=one.case.child.person.called,
            href=address("case", one.case_id),
            what=PaperKind(one.kind).label,
            why=_("Version %(n)s waits for you") % {"n": one.version},
            on=day(one.submitted_at),
            verb=_("Look and decide"),
            address=_decided_at(one),
            icon="file-text",
            due=day_words(day(one.submitted_at), on),
            **_risk(one.case),
        )


def _decided_at(paper: Submission) -> str:
    """Return where a paper is decided about; until a part has that page, its case."""
    try:
        return address("review", paper.pk)
    except NoReverseMatch:
        return address("case", paper.case_id)


def _line(one: Due, on: dt.date) -> Line:
    return Line(
        child=one.case.child_id,
        title=one.case.child.person.called,
        href=address("case", one.case.pk),
        what=one.what,
        why=one.rule,
        on=one.on,
        verb=one.verb,
        address=one.address,
        icon=one.icon,
        due=_when(one.on, one.time, on),
        hour=f"{one.time:%H:%M}" if one.time else "",
        **_risk(one.case),
    )


def _arranged(
    by: Actor, known: set[UUID], first: dt.date, last: dt.date, on: dt.date
) -> Iterator[Line]:
    """Return what is arranged on her files without a case, between two days."""
    for one in arranged_for(by, on=on).filter(on__gte=first, on__lte=last):
        if one.child_id not in known:
            yield Line(
                child=one.child_id,
                title=one.child.person.called,
                href=address("child", one.child_id),
                what=one.what,
                why=_("Arranged with the family."),
                on=one.on,
                verb=_("Begin the visit"),
                address=visit_of(one),
                icon="calendar",
                due=_when(one.on, one.time, on),
                hour=f"{one.time:%H:%M}" if one.time else "",
            )


def _risk(case: Case) -> dict[str, Any]:
    level = case.get_risk_level_display() if case.risk_level else ""
    rank = 0 if case.in_danger else RANKS.get(case.risk_level, RANKS[""])
    return {"risk": str(level), "mood": MOODS.get(case.risk_level, ""), "rank": rank}


def _when(day_due: dt.date, time: dt.time | None, on: dt.date) -> str:
    late = (on - day_due).days
    if late > 0:
        return ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}
    if time is not None and late == 0:
        return f"{time:%H:%M}"
    hour = f" {time:%H:%M}" if time else ""
    return _("today") if late == 0 else f"{day_words(day_due, on)}{hour}"


def _with_cards(lines: Iterable[Line], on: dt.date, *, with_holders: bool = False) -> list[Line]:
    """Say of each line how old the child is and where it lives; in the team, who holds the file."""
    found = list(lines)
    children = {one.child for one in found}
    cards = cards_of(children, on=on)
    rows = Child.objects.unscoped("of files that were found under their Rule")
    people = {row.pk: row.person for row in rows.filter(pk__in=children).select_related("person")}
    told = [
        (one, _about(people[one.child], cards[one.child], on, with_holders=with_holders))
        for one in found
    ]
    return [replace(one, about=about) for one, about in told]


def _about(person: Person, card: Card, on: dt.date, *, with_holders: bool) -> str:
    place = _("by arrangement") if card.is_hidden else card.place
    parts = [words.age(person.born_on, person.precision, on), place]
    return " · ".join(one for one in [*parts, *(card.holders if with_holders else [])] if one)
