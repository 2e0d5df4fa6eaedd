"""What is known of a child: names, sex, birth, number, telephones."""

import datetime as dt

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.encryption import id_number
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged
from tonghu.people.belonging import require_family
from tonghu.people.constants import NameKind
from tonghu.people.hiding import hidden_phone
from tonghu.people.models import Child, IdentityNumber, Person, PersonName, Phone
from tonghu.people.naming import named
from tonghu.people.policy import CHILDREN, CONTACT_DATA
from tonghu.people.search.index import index


@operation("people.child.described")
def describe_child(
    *,
    child: Child,
    name: str,
    latin_name: str,
    sex: str,
    born_on: dt.date | None,
    precision: str,
    ethnicity: str,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Child]:
    """Set down who a child is; the name it had before stays, to be found by.

    :raises Refused: unless ``by`` may write the file.
    """
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    before = child.person.name
    changes = assign(
        child.person,
        name=name.strip() or before,
        sort_key=named(child.person, name.strip() or before),
        latin_name=latin_name,
        sex=sex,
        born_on=born_on,
        precision=precision,
        ethnicity=ethnicity,
    )
    if not changes:
        return unchanged(child)
    if "name" in changes:
        _also_called(child.person, NameKind.FORMER, before)
    index(child)
    told = {field: said for field, said in changes.items() if field != "sort_key"}
    return changed(child, told)


@operation("people.name.added")
def add_name(
    *, child: Child, kind: NameKind, name: str, by: Actor, at: dt.datetime
) -> Outcome[PersonName]:
    """Note a nickname, a former name or another spelling.

    :raises Refused: unless ``by`` may write the file.
    """
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    found, is_new = _also_called(child.person, kind, name.strip())
    index(child)
    return changed(found, about=child.pk) if is_new else unchanged(found)


@operation("people.identity_number.noted")
def note_identity_number(
    *, child: Child, number: str, by: Actor, at: dt.datetime
) -> Outcome[IdentityNumber]:
    """Keep the child's identity number, sealed; the page shows its last four signs.

    :raises Refused: unless ``by`` may write the file.
    """
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    plain = id_number(number)
    rows = IdentityNumber.objects.unscoped("the file's Rule was asked above")
    held = rows.filter(person_id=child.pk).first()
    if held is None:
        held = IdentityNumber(
            agency_id=child.agency_id, person_id=child.pk, number=plain, last_four=plain[-4:]
        )
        held.save(force_insert=True)
    elif held.number == plain:
        return unchanged(held)
    else:
        held.number, held.last_four = plain, plain[-4:]
        held.save(update_fields=["number", "number_index", "last_four"])
    return changed(held, about=child.pk)


@operation("people.phone.noted")
def note_phone(
    *,
    child: Child,
    person: Person,
    number: str,
    whose: str = "",
    by: Actor,
    at: dt.datetime,
) -> Outcome[Phone]:
    """Note a telephone of the child or of somebody of its family; a hidden one stays hidden.

    :raises Refused: unless ``by`` may write the file's contact data.
    :raises NotOfThisFamily: when ``person`` is not on the child's page.
    """
    CONTACT_DATA.require(Action.WRITE, by, child, on=day(at))
    require_family(child, person)
    phones = Phone.objects.unscoped("the file's Rule was asked above").filter(person=person)
    index = Phone._meta.get_field("number_index").candidates(number)
    if same := phones.filter(number_index__in=index).first() or hidden_phone(person, number):
        return unchanged(same)
    phone = Phone(agency_id=child.agency_id, person=person, number=number.strip(), whose=whose)
    phone.save(force_insert=True)
    return changed(phone, about=child.pk)


def _also_called(person: Person, kind: NameKind, name: str) -> tuple[PersonName, bool]:
    rows = PersonName.objects.unscoped("the file's Rule was asked by the caller")
    if same := rows.filter(person=person, kind=kind, name=name).first():
        return same, False
    known = PersonName(agency_id=person.agency_id, person=person, kind=kind, name=name)
    known.save(force_insert=True)
    return known, True
