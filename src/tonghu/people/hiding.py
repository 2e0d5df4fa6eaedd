"""Moving a value out of the ordinary tables under keys of its own, and back (R67).

The callers are operations, which have asked the Rule and are on record.
"""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from tonghu.kernel.encryption import phone_digits
from tonghu.kernel.forgetting import forget_what_was
from tonghu.kernel.operations import assign
from tonghu.people.constants import HiddenKind
from tonghu.people.models import Child, HiddenField, Person, Phone, ResidenceSpan, SchoolSpan

TABLES: dict[HiddenKind, Any] = {
    HiddenKind.RESIDENCE: ResidenceSpan,
    HiddenKind.PLACE: ResidenceSpan,
    HiddenKind.SCHOOL: SchoolSpan,
    HiddenKind.PHONE: Phone,
}
COLUMNS = {
    HiddenKind.RESIDENCE: ("address",),
    HiddenKind.PLACE: ("place_id",),
    HiddenKind.SCHOOL: ("school", "grade", "class_name"),
    HiddenKind.PHONE: ("number",),
}


@dataclass(frozen=True)
class Act:
    """Who hides something, when and why: noted with each value."""

    by: Any
    at: dt.datetime
    words: str


def hidden_of(child: Child) -> "QuerySet[HiddenField]":
    """Return what is hidden of a child; the caller has asked the Rule."""
    rows = HiddenField.objects.unscoped("the Rule of the hidden was asked by the caller")
    return rows.filter(child=child).select_related("person").order_by("hidden_at", "id")


def newest_of(child: Child) -> list[HiddenField]:
    """Return what is hidden of a child now: each telephone, and the last of each other kind."""
    fields = list(hidden_of(child))
    if not fields:
        return []
    found: dict[Any, HiddenField] = {}
    since: dict[UUID, dt.date] = {}
    for table in (ResidenceSpan, SchoolSpan):
        rows: Any = table.objects.unscoped("the Rule of the hidden was asked by the caller")
        held = rows.filter(pk__in=[one.row for one in fields])
        since.update(held.values_list("pk", "from_on"))
    for field in sorted(fields, key=lambda one: since.get(one.row, dt.date.min)):
        found[field.row if field.kind == HiddenKind.PHONE else field.kind] = field
    order = list(HiddenKind)
    return sorted(found.values(), key=lambda one: order.index(HiddenKind(one.kind)))


def hides(child: Child, kind: HiddenKind) -> bool:
    """Tell whether something of this kind is hidden: what follows it begins hidden as well."""
    return hidden_of(child).filter(kind=kind).exists()


SAYS = {HiddenKind.RESIDENCE: "address", HiddenKind.PLACE: "place", HiddenKind.SCHOOL: "school"}


def rows_to_hide(
    child: Child, wanted: set[HiddenKind], on: dt.date
) -> Iterator[tuple[HiddenKind, Any]]:
    """Yield what holds on the day or later of each kind, and what said the same before."""
    for kind in sorted(wanted):
        of = Q(child=child) if kind == HiddenKind.SCHOOL else Q(person_id=child.pk)
        rows = TABLES[kind].objects.unscoped("the Rule was asked by the operation").filter(of)
        lasting = rows.filter(Q(until_on=None) | Q(until_on__gte=on))
        said = [one for one in lasting.values_list(SAYS[kind], flat=True) if one]
        same = Q(pk__in=lasting.values("pk")) | Q(**{f"{SAYS[kind]}__in": said})
        for row in rows.filter(same).order_by("from_on"):
            yield kind, row


def take_out(child: Child, kind: HiddenKind, row: Any, act: Act) -> HiddenField | None:
    """Move a value from its row into the hidden table; return it there, if there was one."""
    said = {name: getattr(row, name) for name in COLUMNS[kind]}
    if not any(said.values()):
        return None
    assign(row, **blank(kind))
    field = keep(child, kind, row, said, act)
    forget_what_was()
    return field


def keep(child: Child, kind: HiddenKind, row: Any, said: dict[str, Any], act: Act) -> HiddenField:
    """Keep a value in the hidden table, in the place of what was hidden of that row before."""
    held = HiddenField.objects.unscoped("the Rule was asked by the operation")
    field = held.filter(row=row.pk, kind=kind).first()
    if field is None:
        person = child.person if isinstance(row, SchoolSpan) else row.person
        field = _new(child, person, kind, row.pk, act)
    if kind == HiddenKind.PLACE:
        field.team_id = _team_of(child, field) or said["place_id"]
    field.value = json.dumps({name: _plain(one) for name, one in said.items()}, ensure_ascii=False)
    field.save()
    return field


def blank(kind: HiddenKind) -> dict[str, Any]:
    """Return what stands in the columns of a row whose value is hidden."""
    flag = "place_is_hidden" if kind == HiddenKind.PLACE else "is_hidden"
    return {name: None if name == "place_id" else "" for name in COLUMNS[kind]} | {flag: True}


def put_back(field: HiddenField) -> None:
    """Move a hidden value back into its row, where it stood before; a row gone stays gone."""
    kind = HiddenKind(field.kind)
    rows = TABLES[kind].objects.unscoped("the Rule was asked by the act of two persons")
    row = rows.filter(pk=field.row).first()
    if row is not None:
        flag = "place_is_hidden" if kind == HiddenKind.PLACE else "is_hidden"
        assign(row, **value_of(field), **{flag: False})
    field.delete()


def value_of(field: HiddenField) -> dict[str, Any]:
    """Return a hidden value by the columns it was taken from."""
    said: dict[str, Any] = json.loads(field.value)
    return said | ({"place_id": UUID(said["place_id"])} if said.get("place_id") else {})


def hidden_phone(person: Person, number: str) -> Phone | None:
    """Return the hidden telephone of somebody that has this number: it is not noted again."""
    rows = HiddenField.objects.unscoped("the Rule was asked by the operation")
    wanted = phone_digits(number)
    phones = Phone.objects.unscoped("the Rule was asked by the operation")
    for one in rows.filter(person=person, kind=HiddenKind.PHONE):
        if phone_digits(value_of(one)["number"]) == wanted:
            return phones.filter(pk=one.row).first()
    return None


def _new(child: Child, person: Person, kind: HiddenKind, row: UUID, act: Act) -> HiddenField:
    return HiddenField(
        agency_id=child.agency_id,
        child=child,
        person=person,
        kind=kind,
        row=row,
        words=act.words or None,
        hidden_by=act.by.account,
        hidden_at=act.at,
    )


def _team_of(child: Child, field: HiddenField) -> UUID | None:
    """Return whose work the file stays: the team that had it before anything was hidden."""
    first = hidden_of(child).filter(kind=HiddenKind.PLACE).exclude(pk=field.pk).first()
    return first.team_id if first else field.team_id


def _plain(said: Any) -> Any:
    return str(said) if isinstance(said, UUID) else said
