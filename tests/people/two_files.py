"""Two files of one child with something of each kind on both, and all their rows written out."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.apps import apps

from tests.conftest import AT, FIRST_DAY, QINHUI
from tonghu.access.actors import Actor, system
from tonghu.access.constants import ClosingKind
from tonghu.access.operations import grounds
from tonghu.people.constants import (
    CareArrangement,
    Category,
    GuardianshipBasis,
    KeeperKind,
    NameKind,
    ParentStatus,
    Relation,
    SchoolState,
)
from tonghu.people.models import (
    Child,
    Merge,
    PossibleDouble,
    Roster,
    RosterLine,
    RosterSource,
)
from tonghu.people.operations import describing, doubles, families, merging, spans
from tonghu.people.policy import FILE

MARCH, APRIL = dt.date(2026, 3, 1), dt.date(2026, 4, 1)
NOT_OF_A_FILE = {"access.JournalRow", "access.Session", "people.Merge", "people.SearchKey"}
"""Records that only grow, and keys written anew: compared by what they say instead."""


def filled(child: Child, *, since: dt.date, school: str, number: str, grandma: str) -> Child:
    """Write something of each kind on a file, as the program does."""
    said = {"child": child, "by": system(QINHUI), "at": AT}
    kin = families.add_relative(name=grandma, relation=Relation.GM_P, **said).relative
    mother = families.add_relative(name="谭母" + number[-1], relation=Relation.MOTHER, **said)
    describing.note_identity_number(number=number, **said)
    describing.note_phone(person=child.person, number="16132913198", whose="本人", **said)
    describing.note_phone(person=kin, number="1613291319" + number[-1], whose="奶奶", **said)
    describing.add_name(kind=NameKind.NICK, name="海海", **said)
    families.begin_guardianship(
        guardian=kin, basis=GuardianshipBasis.RELATIVE, from_on=since, **said
    )
    families.note_parent_status(
        parent=mother.relative, status=ParentStatus.WORKING_AWAY, from_on=since, **said
    )
    families.begin_household(members=[kin], from_on=since, **said)
    spans.arrange_care(arrangement=CareArrangement.GRANDPARENT_P, carer=kin, from_on=since, **said)
    spans.enrol(state=SchoolState.IN_SCHOOL, school=school, from_on=since, **said)
    spans.note_hukou(region="陕西省柳湾镇" + number[-1], from_on=since, **said)
    spans.confirm_category(category=Category.LEFT_BEHIND, reason="父母外出", from_on=since, **said)
    _on_a_list(child, number)
    return child


def _on_a_list(child: Child, name: str) -> None:
    by = {"agency_id": child.agency_id}
    place = child.person.residences.unscoped("a test writes a list").first().place
    source = RosterSource(place=place, kind=KeeperKind.SCHOOL, name=name, **by)
    source.save(force_insert=True)
    roster = Roster(
        source=source,
        place=place,
        file_name="x",
        content_hash=name,
        seen_from=FIRST_DAY,
        brought_at=AT,
        **by,
    )
    roster.save(force_insert=True)
    line = RosterLine(roster=roster, position=1, row=1, key=name, said="{}", child=child, **by)
    line.save(force_insert=True)


def paired(one: Child, other: Child) -> PossibleDouble:
    """Note two files as the program does."""
    return doubles.note_possible_double(
        one=one, other=other, score=21, by=system(one.agency_id), at=AT
    )


def everything() -> dict[str, dict[str, dict[str, str]]]:
    """Return what every row of every table says, sealed fields opened, by table and key."""
    kept = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label in NOT_OF_A_FILE:
            continue
        fields = [one.attname for one in model._meta.concrete_fields]
        kept[model._meta.label] = {
            str(row.pk): {name: str(getattr(row, name)) for name in fields}
            for row in model._base_manager.all()
        }
    return kept


def keys_of(*children: Child) -> dict[UUID, set[str]]:
    """Return what each is found by."""
    return {
        one.pk: set(one.search_keys.unscoped("a test looks at keys").values_list("key", flat=True))
        for one in children
    }


def pointing_at(pk: UUID, target: type) -> set[str]:
    """Return the columns of all tables in which a row points at a person or a file."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            points = field.related_model is target
            if points and model._base_manager.filter(**{field.attname: pk}).exists():
                found.add(f"{model._meta.label}.{field.name}")
    return found


def rows(model):
    """Return what is kept of a table."""
    return model.objects.unscoped("a test looks at what is kept")


def merged(pair: PossibleDouble, survivor: Child, by: Actor, **said: Any) -> Merge:
    """Bring two files together."""
    return merging.merge(pair=pair, survivor=survivor, by=by, at=AT, **said)


def pair_of(one: Child, other: Child) -> PossibleDouble:
    """Return the pair that the program noted of itself, or note it."""
    found = rows(PossibleDouble).filter(one__in=[one, other], other__in=[one, other]).first()
    return found or paired(one, other)


def closed(child: Child, to: Actor) -> None:
    """Close a file to somebody of the child's family."""
    assert to.account is not None
    grounds.close_to(
        account=to.account,
        kind=ClosingKind.CONFLICT,
        target_kind=FILE,
        target_id=child.pk,
        words="是孩子的姑姑",
        by=system(QINHUI),
        at=AT,
    )
