"""Who belongs to a child becomes a tree: grandparents, parents, brothers and sisters."""

import datetime as dt
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.drawings.genogram import Member, Tree
from tonghu.people import words
from tonghu.people.constants import ParentStatus, Relation, Sex
from tonghu.people.models import Child, Kinship
from tonghu.people.policy import CHILDREN
from tonghu.people.queries import Family

GRANDPARENTS = {
    Relation.GF_P: (Relation.GM_P, Relation.FATHER),
    Relation.GM_P: (Relation.GF_P, Relation.FATHER),
    Relation.GF_M: (Relation.GM_M, Relation.MOTHER),
    Relation.GM_M: (Relation.GF_M, Relation.MOTHER),
}
"""Each with the other one, and the parent whose mother or father it is."""
MALE = (Relation.FATHER, Relation.GF_P, Relation.GF_M)
FEMALE = (Relation.MOTHER, Relation.GM_P, Relation.GM_M)
PLACES = {
    Relation.GF_P: (0, 0.5),
    Relation.GM_P: (0, 1.5),
    Relation.GF_M: (0, 2.5),
    Relation.GM_M: (0, 3.5),
    Relation.FATHER: (1, 1.0),
    Relation.MOTHER: (1, 3.0),
}
GONE = (ParentStatus.DEAD, ParentStatus.DECLARED_DEAD)
AWAY = (
    ParentStatus.WORKING_AWAY,
    ParentStatus.LEFT_HOME,
    ParentStatus.IN_CUSTODY,
    ParentStatus.COMPULSORY_DETOX,
    ParentStatus.DECLARED_MISSING,
    ParentStatus.UNKNOWN,
)


@dataclass
class _Drawing:
    """A tree while it is put together."""

    child: Child
    family: Family
    on: dt.date
    members: dict[str, Member] = field(default_factory=dict)
    couples: list[tuple[str, str]] = field(default_factory=list)
    descents: list[tuple[tuple[str, ...], str]] = field(default_factory=list)

    def of(self, *relations: Relation) -> list[Kinship]:
        """Return the kin of some relations."""
        return [one for one in self.family.kin if one.relation in relations]

    def put(self, kin: Kinship, row: int, column: float, key: str, name: str = "") -> None:
        """Put somebody on record in its place."""
        state = {one.parent_id: one.status for one in self.family.statuses}.get(kin.relative_id)
        self.members[key] = Member(
            key=key,
            name=name or str(kin.get_relation_display()),
            sex=_sex(kin),
            row=row,
            column=column,
            is_away=state in AWAY,
            is_dead=state in GONE,
            at_home=kin.relative_id in {one.person_id for one in self.family.household},
        )

    def put_unknown(self, relation: Relation) -> None:
        """Put somebody in its place of whom nothing is on record."""
        row, column = PLACES[relation]
        sex = "M" if relation in MALE else "F"
        self.members[relation] = Member(
            relation, _("not on record"), sex, row, column, is_away=True
        )


def tree_of(child: Child, family: Family, by: Actor, *, on: dt.date) -> Tree:
    """Return the family of a child as a tree; its page asked the file's Rule.

    Whether a brother or sister shares both parents is only said where the reader may read that
    file too; else it hangs below both, as long as nothing else is known.
    """
    drawing = _Drawing(child, family, on)
    _elders(drawing)
    _others(drawing)
    _children(drawing, by)
    return Tree(list(drawing.members.values()), drawing.couples, drawing.descents)


def _sex(kin: Kinship) -> str:
    if kin.relation in MALE:
        return "M"
    if kin.relation in FEMALE:
        return "F"
    return (
        {Sex.MALE: "M", Sex.FEMALE: "F"}.get(Sex(kin.relative.sex), "") if kin.relative.sex else ""
    )


def _elders(drawing: _Drawing) -> None:
    """Put parents and grandparents in their places, and whoever holds the lines together."""
    for kin in drawing.of(*PLACES):
        relation = Relation(kin.relation)
        if relation not in drawing.members:
            row, column = PLACES[relation]
            drawing.put(kin, row, column, relation)
    for relation, (other, parent) in GRANDPARENTS.items():
        if relation in drawing.members:
            _elder(drawing, relation, other, parent)
    if {Relation.FATHER, Relation.MOTHER} <= set(drawing.members):
        drawing.couples.append((Relation.FATHER, Relation.MOTHER))


def _elder(drawing: _Drawing, relation: Relation, other: Relation, parent: Relation) -> None:
    """Join a grandparent with the other one, and both with whose parents they are."""
    if parent not in drawing.members:
        drawing.put_unknown(parent)
    if other not in drawing.members:
        alone = replace(drawing.members[relation], column=PLACES[parent][1])
        drawing.members[relation] = alone
        drawing.descents.append(((relation,), parent))
    elif (other, relation) not in drawing.couples:
        drawing.couples.append((relation, other))
        drawing.descents.append(((relation, other), parent))


def _others(drawing: _Drawing) -> None:
    """Put step-parents right of the parents, uncles and aunts left of them.

    To whom they belong is not on record, so no line is drawn.
    """
    for number, kin in enumerate(drawing.of(Relation.STEP)):
        drawing.put(kin, 1, 4.2 + 1.1 * number, f"step {number}")
    for number, kin in enumerate(drawing.of(Relation.UNCLE_AUNT)):
        drawing.put(kin, 1, -0.2 - 1.1 * number, f"uncle {number}")


def _children(drawing: _Drawing, by: Actor) -> None:
    parents = tuple(one for one in (Relation.FATHER, Relation.MOTHER) if one in drawing.members)
    shared = _shared_parents(drawing, by)
    siblings = drawing.of(Relation.SIBLING)
    middle = sum(drawing.members[one].column for one in parents) / len(parents) if parents else 2.0
    born = drawing.child.person.born_on
    older = [
        one for one in siblings if born and one.relative.born_on and one.relative.born_on < born
    ]
    line = [*older, None, *(one for one in siblings if one not in older)]
    for number, kin in enumerate(line):
        column = middle + 1.2 * (number - (len(line) - 1) / 2)
        key = "child" if kin is None else f"sibling {kin.relative_id}"
        if kin is None:
            drawing.members[key] = _served(drawing, column)
        else:
            drawing.put(kin, 2, column, key, kin.relative.called)
        whose = parents if kin is None else shared.get(kin.relative_id, parents)
        if whose:
            drawing.descents.append((whose, key))


def _served(drawing: _Drawing, column: float) -> Member:
    person = drawing.child.person
    age = words.age(person.born_on, person.precision, drawing.on) if person.born_on else ""
    return Member(
        key="child",
        name="\n".join(one for one in (person.called, age) if one),
        sex=person.sex,
        row=2,
        column=column,
        is_served=True,
        at_home=bool(drawing.family.household),
    )


def _shared_parents(drawing: _Drawing, by: Actor) -> dict[UUID, tuple[str, ...]]:
    """Return which parents a brother or sister shares, where her own file says so and is open."""
    own = {
        one.relative_id: str(one.relation) for one in drawing.of(Relation.FATHER, Relation.MOTHER)
    }
    siblings = [one.relative_id for one in drawing.of(Relation.SIBLING)]
    if not siblings or not own:
        return {}
    open_files = CHILDREN.rows(
        Action.READ, Child.objects.filter(pk__in=siblings), by, on=drawing.on
    )
    rows = Kinship.objects.unscoped("of files whose Rule was asked just above")
    rows = rows.filter(child__in=open_files.values("pk"))
    rows = rows.filter(relation__in=(Relation.FATHER, Relation.MOTHER))
    found: dict[UUID, set[str]] = {}
    for row in rows:
        found.setdefault(row.child_id, set())
        if row.relative_id in own:
            found[row.child_id].add(own[row.relative_id])
    return {pk: tuple(sorted(one)) for pk, one in found.items() if one}
