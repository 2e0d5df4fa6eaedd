"""A child's years, drawn and told: where, with whom, in whose care, at which school."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tonghu.look.templatetags.look import day_of_year
from tonghu.people import words
from tonghu.people.constants import CareArrangement, Fitness, SchoolState
from tonghu.people.entrusting import missing_of
from tonghu.people.homes import Home
from tonghu.people.lanes import Bar, Lane, drawn
from tonghu.people.models import CareSpan, Kinship, ResidenceSpan, SchoolSpan
from tonghu.people.models.families import Span
from tonghu.people.queries import Life

PARENTS = (CareArrangement.PARENT_BOTH, CareArrangement.PARENT_ONE)
UNSAFE = (CareArrangement.ALONE, CareArrangement.NONE, CareArrangement.CHILD_HEADED)
AWAY = (SchoolState.ABSENT, SchoolState.DROPPED_OUT, SchoolState.NEVER)


@dataclass(frozen=True)
class Row:
    """One line of the table beside the drawing."""

    when: str
    kind: str
    what: str
    notes: list[tuple[str, str]]
    from_on: dt.date


@dataclass(frozen=True)
class Story:
    """The years of a child, as its page shows them."""

    life: Life
    homes: list[Home]
    kin: list[Kinship]
    on: dt.date

    def drawing(self, name: str) -> SafeString:
        """Return the lanes; nothing held yet gives nothing to draw."""
        lanes = [
            Lane(_("Place"), [self._bar(one, place_of(one)) for one in self.life.residences]),
            Lane(_("Home"), [self._home(one) for one in self.homes]),
            Lane(
                _("Care"),
                [self._bar(one, care_of(one), worry_of(one, self.on)) for one in self.life.care],
            ),
            Lane(
                _("School"),
                [self._bar(one, school_of(one), _at_school(one)) for one in self.life.schooling],
            ),
        ]
        held = [lane for lane in lanes if lane.bars]
        if not held:
            return SafeString("")
        says = _(
            "%(name)s over the years, drawn: place, home, care, school. The table below says the "
            "same in words."
        )
        return drawn(held, today=self.on, says=says % {"name": name}, now=_("today"))

    def rows(self) -> list[Row]:
        """Return the same in words, the newest first."""
        told = [*self._care(), *self._homes(), *self._residences(), *self._schooling()]
        return sorted(told, key=lambda row: row.from_on, reverse=True)

    def relation(self, person: UUID) -> str:
        """Return what somebody is to the child, or nothing."""
        return next(
            (str(k.get_relation_display()) for k in self.kin if k.relative_id == person), ""
        )

    def _bar(self, span: Span, name: str, look: str = "plain") -> Bar:
        return Bar(name, span.from_on, span.until_on, look)

    def _home(self, home: Home) -> Bar:
        return Bar(self._with_whom(home), home.from_on, home.until_on)

    def _with_whom(self, home: Home) -> str:
        called = [self.relation(one.pk) or one.called for one in home.with_whom]
        return words.together(called) or _("alone")

    def _care(self) -> Iterator[Row]:
        for span in self.life.care:
            what = str(span.get_arrangement_display())
            if span.carer:
                what = _("%(care)s: %(name)s") % {"care": what, "name": span.carer.called}
            yield self._row(span, _("Care"), what, list(notes_on(span, self.on)))

    def _homes(self) -> Iterator[Row]:
        for home in self.homes:
            yield Row(
                _days(home.from_on, home.until_on, self.on),
                _("Home"),
                self._with_whom(home),
                [],
                home.from_on,
            )

    def _residences(self) -> Iterator[Row]:
        for span in self.life.residences:
            yield self._row(span, _("Place"), place_of(span))

    def _schooling(self) -> Iterator[Row]:
        for span in self.life.schooling:
            yield self._row(span, _("School"), school_of(span, whole=True))

    def _row(
        self, span: Span, kind: str, what: str, notes: list[tuple[str, str]] | None = None
    ) -> Row:
        return Row(words.stretch(span, self.on), kind, what, notes or [], span.from_on)


def _days(from_on: dt.date, until_on: dt.date | None, on: dt.date) -> str:
    if until_on is None or until_on >= on:
        return _("since %(day)s") % {"day": day_of_year(from_on)}
    return _("%(since)s to %(until)s") % {
        "since": day_of_year(from_on),
        "until": day_of_year(until_on),
    }


def place_of(span: ResidenceSpan) -> str:
    """Return where somebody lives, without the house: that is contact data (R22)."""
    if span.place_is_hidden:
        return _("by arrangement")
    return span.place.name if span.place else _("elsewhere")


def care_of(span: CareSpan) -> str:
    """Return who cares, short enough for a bar."""
    said = str(span.get_arrangement_display())
    return _("%(care)s (entrusted)") % {"care": said} if span.is_entrusted else said


def worry_of(span: CareSpan, on: dt.date) -> str:
    """Return how a bar of care looks: red where the law forbids it, amber where it asks more."""
    if span.arrangement in UNSAFE or (span.is_entrusted and span.fitness == Fitness.UNFIT):
        return "alarm"
    if span.arrangement in PARENTS:
        return "good"
    return "worry" if span.is_entrusted and missing_of(span, on) else "plain"


def notes_on(span: CareSpan, on: dt.date) -> Iterator[tuple[str, str]]:
    """Yield what is to be known of a stretch of care, each with how it is marked."""
    if span.arrangement in UNSAFE:
        yield "h", _("a child under 16 may not be left so")
    if not span.is_entrusted:
        return
    if span.fitness == Fitness.UNFIT:
        yield "h", _("may not care for a child (article 22)")
    over = span.until_on is not None and span.until_on < on
    count = 0 if over else len(missing_of(span, on))  # what was never told cannot be told now
    if count:
        told = ngettext(
            "%(n)s thing the law asks is missing", "%(n)s things the law asks are missing", count
        )
        yield "m", told % {"n": count}
    if span.weekly_contact:
        yield "ok", _("weekly contact with the parents")


def school_of(span: SchoolSpan, *, whole: bool = False) -> str:
    """Return the school, or how the child stands without one; whole with grade and class."""
    if span.is_hidden:
        return _("by arrangement")
    state: str | Promise = span.get_state_display()
    if not span.school:
        return str(state)
    if not whole:
        return span.school
    parts = [span.school, span.grade, span.class_name]
    told = " ".join(part for part in parts if part)
    if span.state == SchoolState.IN_SCHOOL:
        return told
    return words.together([told, str(state)])


def _at_school(span: SchoolSpan) -> str:
    return "worry" if span.state in AWAY else "plain"
