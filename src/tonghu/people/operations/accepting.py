"""A difference that was accepted, written by the ordinary operations; the list is its source."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.constants import DutyKind
from tonghu.access.models import Duty
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.operations import Outcome, assign, changed, operation
from tonghu.kernel.periods import in_force
from tonghu.people.constants import (
    Category,
    GuardianshipBasis,
    Relation,
    SchoolState,
)
from tonghu.people.models import (
    Child,
    Kinship,
    Person,
    ResidenceSpan,
    RosterQuestion,
    SchoolSpan,
)
from tonghu.people.operations import describing, families, spans
from tonghu.people.policy import CHILDREN, FILE
from tonghu.people.roster.doubles import newer
from tonghu.people.takeover.answers import GONE, said_in
from tonghu.people.takeover.said import born, line_of
from tonghu.people.takeover.traces import standing, traces
from tonghu.people.takeover.writing import evidence, school_of


class NobodyHoldsIt(Refused):
    """A child that nobody holds would be out of everybody's sight once it lives nowhere here."""


@operation("people.roster.difference_accepted")
def accept_difference(
    *, question: RosterQuestion, words: str = "", by: Actor, at: dt.datetime
) -> Outcome[RosterQuestion]:
    """Write what a list says into a child's file; ``words`` say where a child has moved.

    What the ordinary operations wrote is kept with the question, so that the list can be undone.

    :raises Refused: unless ``by`` may write the file.
    :raises NobodyHoldsIt: when a child that nobody holds is said to have moved away.
    """
    child: Child = question.proposed  # type: ignore[assignment]
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    before = standing(child)
    if question.code == GONE:
        _move_away(child, words, by, at)
    else:
        _WRITERS[question.field](question, child, said_in(question), by, at)
    assign(question, made=traces(before, standing(child)).as_text())
    return changed(question, about=child.pk)


def _move_away(child: Child, words: str, by: Actor, at: dt.datetime) -> None:
    held = Duty.objects.unscoped("does anybody keep the file in sight").filter(
        in_force(day(at)), kind=DutyKind.ASSIGNMENT, target_kind=FILE, target_id=child.pk
    )
    if not held.exists():
        raise NobodyHoldsIt(
            _(
                "Nobody holds the file of {name} yet. Nothing was changed. Take the file first."
            ).format(name=child.person.name)
        )
    spans.move(
        child=child,
        place=None,
        address=words,
        from_on=day(at),
        since_known=False,
        by=by,
        at=at,
    )


def _describe(
    question: RosterQuestion, child: Child, said: str, by: Actor, at: dt.datetime
) -> None:
    person = child.person
    known: dict[str, Any] = {
        "name": person.name,
        "sex": person.sex,
        "born_on": person.born_on,
        "precision": person.precision,
        "ethnicity": person.ethnicity,
    }
    if question.field == "dob":
        known["born_on"], known["precision"] = born(said)
    else:
        known[question.field] = said
    latin = "" if question.field == "name" else person.latin_name
    describing.describe_child(child=child, latin_name=latin, by=by, at=at, **known)


def _number(question: RosterQuestion, child: Child, said: str, by: Actor, at: dt.datetime) -> None:
    describing.note_identity_number(child=child, number=said, by=by, at=at)


def _phones(question: RosterQuestion, child: Child, said: str, by: Actor, at: dt.datetime) -> None:
    """Note telephones of whom the line names for them; the child's own where that is nobody."""
    line = line_of(question.line) if question.line else None
    whose = ""
    if line is not None:
        parent = question.field.removesuffix("_phone")
        whose = line.fields.guardian if question.field == "phones" else line.further.get(parent, "")
    person = _kin_called(child, whose) or child.person
    for number in filter(None, said.split("|")):
        describing.note_phone(child=child, person=person, number=number, by=by, at=at)


def _kin_called(child: Child, name: str) -> Person | None:
    kin = Kinship.objects.unscoped("of a file whose Rule the operation asks").filter(child=child)
    for tie in kin.select_related("relative"):
        if name and newer(tie.relative.name) == newer(name):
            return tie.relative
    return None


def _relative(
    question: RosterQuestion, child: Child, said: str, by: Actor, at: dt.datetime
) -> None:
    name, _sign, relation = said.partition("|")
    parents = {"father": Relation.FATHER, "mother": Relation.MOTHER}
    what = parents.get(question.field) or Relation(relation or Relation.OTHER)
    tie = families.add_relative(child=child, name=name, relation=what, by=by, at=at)
    if what in parents.values():
        families.begin_guardianship(
            child=child,
            guardian=tie.relative,
            basis=GuardianshipBasis.PARENTS,
            from_on=day(at),
            since_known=False,
            by=by,
            at=at,
        )


def _home(question: RosterQuestion, child: Child, said: str, by: Actor, at: dt.datetime) -> None:
    rows = ResidenceSpan.objects.unscoped("of a file whose Rule the operation asks")
    home = rows.filter(in_force(day(at)), person=child.pk, is_hidden=False).first()
    place = home.place if home else question.roster.place
    spans.move(
        child=child,
        place=place,
        address=said,
        from_on=day(at),
        since_known=False,
        by=by,
        at=at,
    )


def _school(question: RosterQuestion, child: Child, said: str, by: Actor, at: dt.datetime) -> None:
    grade, _sign, room = said.partition("|")
    rows = SchoolSpan.objects.unscoped("of a file whose Rule the operation asks")
    held = rows.filter(in_force(day(at)), child=child).first()
    school = school_of(question.roster, line_of(question.line)) if question.line else ""
    spans.enrol(
        child=child,
        state=SchoolState.IN_SCHOOL,
        school=school or (held.school if held else ""),
        grade=grade,
        class_name=room,
        from_on=day(at),
        since_known=False,
        by=by,
        at=at,
    )


def _hukou(question: RosterQuestion, child: Child, said: str, by: Actor, at: dt.datetime) -> None:
    spans.note_hukou(child=child, region=said, from_on=day(at), since_known=False, by=by, at=at)


def _categories(
    question: RosterQuestion, child: Child, said: str, by: Actor, at: dt.datetime
) -> None:
    for code in filter(None, said.split("|")):
        spans.confirm_category(
            child=child,
            category=Category(code),
            from_on=day(at),
            since_known=False,
            evidence=evidence(question.roster),
            reason=_("So says the list {source}.").format(source=evidence(question.roster)),
            by=by,
            at=at,
        )


_WRITERS: Final[dict[str, Callable[[RosterQuestion, Child, str, Actor, dt.datetime], None]]] = {
    **dict.fromkeys(("name", "sex", "dob", "ethnicity"), _describe),
    **dict.fromkeys(("phones", "father_phone", "mother_phone"), _phones),
    **dict.fromkeys(("guardian", "father", "mother"), _relative),
    "id_number": _number,
    "address": _home,
    "grade": _school,
    "hukou": _hukou,
    "categories": _categories,
}
