"""How two files are told beside each other: each thing, what either says, how they compare."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tonghu.look.templatetags.look import day_of_year
from tonghu.people import numbers, words
from tonghu.people.beside import Beside, File
from tonghu.people.models.families import Span
from tonghu.people.search import weights
from tonghu.people.search.weights import Verdict
from tonghu.people.web.story import care_of, place_of, school_of

MOODS = {Verdict.AGREES: "ok", Verdict.CLOSE: "m", Verdict.DIFFERS: "m", Verdict.UNKNOWN: ""}
SPANS = 3
"""So many stretches of one thing are told; of older ones only how many there are."""


@dataclass(frozen=True)
class Row:
    """One thing as both files tell it; ``key`` where a person can choose which one stands."""

    what: str
    one: list[str]
    other: list[str]
    verdict: Verdict
    key: str = ""

    @property
    def mood(self) -> str:
        """Return how the comparison is marked."""
        return MOODS[self.verdict]

    @property
    def is_choice(self) -> bool:
        """Tell whether both say something, and not the same."""
        return bool(self.key and self.one and self.other) and self.verdict != Verdict.AGREES


@dataclass(frozen=True)
class Side:
    """One file in the head of the comparison."""

    pk: str
    name: str
    number: str
    held: str
    label: str


def sides_of(two: Beside) -> tuple[Side, Side]:
    """Return both heads; a cell on a phone is labelled by the name, or the number of namesakes."""
    one, other = two.one.child, two.other.child
    are_namesakes = one.person.called == other.person.called
    return _side(two.one, by_number=are_namesakes), _side(two.other, by_number=are_namesakes)


def _side(file: File, *, by_number: bool) -> Side:
    held = _("Nobody holds the file yet")
    if file.holders:
        held = _("File with %(who)s") % {"who": words.together(file.holders)}
    child = file.child
    name, number = child.person.called, numbers.shown(child.number)
    return Side(str(child.pk), name, number, held, number if by_number else name)


def rows_of(two: Beside, on: dt.date) -> Iterator[Row]:
    """Yield what either file says; what neither says is left out."""
    for row in (*_identity(two), *_years(two, on), *_family(two)):
        if row.one or row.other:
            yield row


def _identity(two: Beside) -> Iterator[Row]:
    one, other = two.one.child.person, two.other.child.person
    alike = weights.of_names([one.name], [other.name])[0]
    key = "" if one.name == other.name else "name"
    yield Row(_("Name"), _names(two.one), _names(two.other), alike, key)
    born = weights.of_births(one.born_on, one.precision, other.born_on, other.precision)[0]
    same = (one.born_on, one.precision) == (other.born_on, other.precision)
    yield _row(_("Born"), two, _birth, "born", born if not same else Verdict.AGREES)
    yield _row(_("Sex"), two, lambda f: _said(f.child.person.get_sex_display()), "sex")
    yield _row(_("Ethnic group"), two, lambda f: _said(f.child.person.ethnicity), "ethnicity")
    number = Verdict.AGREES if two.same_number else Verdict.DIFFERS
    yield _row(_("Identity number"), two, _number, "identity", number)
    if two.one.shows_contact and two.other.shows_contact:
        yield _row(_("Telephones"), two, _phones)
    yield _row(_("On the list since"), two, lambda f: [day_of_year(f.child.registered_on)])


def _years(two: Beside, on: dt.date) -> Iterator[Row]:
    yield _row(
        _("Lives at"), two, lambda f: _spans(f.life.residences, lambda s: _home(s, f), on), "home"
    )
    yield _row(_("Care"), two, lambda f: _spans(f.life.care, care_of, on), "care")
    yield _row(
        _("School"),
        two,
        lambda f: _spans(f.life.schooling, lambda s: school_of(s, whole=True), on),
        "school",
    )
    yield _row(
        _("Registered in"), two, lambda f: _spans(f.life.hukou, lambda s: s.region, on), "hukou"
    )
    yield _row(
        _("Categories"),
        two,
        lambda f: [
            f"{one.get_category_display()} · {words.stretch(one, on)}" for one in f.life.categories
        ],
    )


def _family(two: Beside) -> Iterator[Row]:
    yield _row(
        _("Family"),
        two,
        lambda f: [f"{one.relative.called} · {one.get_relation_display()}" for one in f.family.kin],
    )
    yield _row(
        _("Guardian"),
        two,
        lambda f: [
            f"{one.guardian.called} · {one.get_basis_display()}" for one in f.family.guardians
        ],
    )


def _row(
    what: str,
    two: Beside,
    tell: Callable[[File], list[str]],
    key: str = "",
    verdict: Verdict | None = None,
) -> Row:
    one, other = tell(two.one), tell(two.other)
    if not one or not other:
        return Row(what, one, other, Verdict.UNKNOWN, key)
    found = verdict or (Verdict.AGREES if one == other else Verdict.DIFFERS)
    return Row(what, one, other, found, key)


def _said(text: str | Promise) -> list[str]:
    return [str(text)] if text else []


def _names(file: File) -> list[str]:
    further = [f"{one.get_kind_display()} · {one.name}" for one in file.life.names]
    return [file.child.person.name, *further]


def _birth(file: File) -> list[str]:
    person = file.child.person
    return [words.birth(person.born_on, person.precision)] if person.born_on else []


def _number(file: File) -> list[str]:
    if not file.last_four:
        return []
    return [_("ends in %(last_four)s") % {"last_four": file.last_four}]


def _phones(file: File) -> list[str]:
    told = [phone for phones in file.phones.values() for phone in phones]
    return sorted({one.number or _("by arrangement") for one in told})


def _home(span: Any, file: File) -> str:
    place = place_of(span)
    if span.is_hidden or not span.address or not file.shows_contact:
        return place
    return f"{place} {span.address}"


def _spans(spans: list, tell: Callable[[Any], str], on: dt.date) -> list[str]:
    """Return the newest stretches in words, and how many older ones there are."""
    newest: list[Span] = list(reversed(spans))
    told = [f"{tell(one)} · {words.stretch(one, on)}" for one in newest[:SPANS]]
    if older := len(newest[SPANS:]):
        told.append(ngettext("%(n)s earlier", "%(n)s earlier ones", older) % {"n": older})
    return told
