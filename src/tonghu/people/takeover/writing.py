"""Adding what lines say to files, new ones and known ones; nothing that stands is overwritten.

All rows of a batch are collected and written at once; each line's :class:`Made` says what it
added, so that it can be undone.
"""

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import models

from tonghu.kernel.encryption import phone_digits
from tonghu.people.constants import (
    GuardianshipBasis,
    KeeperKind,
    NameKind,
    Relation,
    SchoolState,
)
from tonghu.people.models import (
    CategorySpan,
    Child,
    Guardianship,
    HukouSpan,
    IdentityNumber,
    Kinship,
    Person,
    PersonName,
    Phone,
    ResidenceSpan,
    Roster,
    SchoolSpan,
    SearchKey,
)
from tonghu.people.naming import named
from tonghu.people.numbers import new_number
from tonghu.people.roster.doubles import newer
from tonghu.people.roster.lines import Line
from tonghu.people.search.index import index, keys_of
from tonghu.people.takeover.said import birth_text, born

ORDER: Final = (
    *(Person, Child, ResidenceSpan, PersonName, IdentityNumber, Kinship, Guardianship, Phone),
    *(SchoolSpan, CategorySpan, HukouSpan, SearchKey),
)
PARENTS: Final = {Relation.FATHER: "father", Relation.MOTHER: "mother"}


@dataclass
class Made:
    """What one line added to a file: rows by table, and fields that were blank before."""

    opened: bool = False
    rows: list[tuple[str, str]] = field(default_factory=list)
    filled: dict[str, tuple[str, str]] = field(default_factory=dict)
    differs: list[tuple[str, str, str]] = field(default_factory=list)

    def as_text(self) -> str:
        """Return what is kept, sealed, with the line."""
        return json.dumps({"opened": self.opened, "rows": self.rows, "filled": self.filled})

    @classmethod
    def of_text(cls, text: str) -> "Made":
        """Return what was kept."""
        data = json.loads(text) if text else {}
        rows = [(label, pk) for label, pk in data.get("rows", ())]
        filled = {name: (before, after) for name, (before, after) in data.get("filled", {}).items()}
        return cls(bool(data.get("opened")), rows, filled)


@dataclass
class File:
    """A child's file while lines are added to it."""

    child: Child
    is_new: bool
    names: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    kin: dict[str, Person] = field(default_factory=dict)
    categories: set[str] = field(default_factory=set)
    identity: str = ""
    hides_phones: bool = False
    has_home: bool = False
    has_school: bool = False
    has_hukou: bool = False


class Writer:
    """Collects what the lines of one batch add, and writes it at once."""

    def __init__(self, roster: Roster, on: dt.date) -> None:
        self._roster, self._on = roster, on
        self._rows: dict[type[models.Model], list[Any]] = defaultdict(list)
        self._files: dict[Any, File] = {}
        self._kin_of_row: dict[tuple[str, int, str], Person] = {}
        self._found_anew: dict[Any, File] = {}
        self._filled: list[Person] = []

    def open_file(self, line: Line) -> Child:
        """Open a file for a line's child, with the name as written; its place is the roster's."""
        person = Person(agency_id=self._roster.agency_id, name=line.fields.name)
        person.sort_key = named(person, person.name)
        child = Child(
            person=person,
            agency_id=self._roster.agency_id,
            number=new_number(),
            registered_on=self._on,
        )
        self._rows[Person].append(person)
        self._rows[Child].append(child)
        self._files[child.pk] = File(child, is_new=True, names={person.name})
        return child

    def add(self, line: Line, child: Child) -> Made:
        """Add to a file what the line says and the file does not."""
        file = self._files.get(child.pk) or self._known(child)
        made = Made()
        self._identity(file, line, made)
        self._names(file, line, made)
        self._family(file, line, made)
        self._life(file, line, made)
        if not file.is_new and {"people.personname", "people.kinship"} & {
            label for label, _pk in made.rows
        }:
            self._found_anew[child.pk] = file
        if made.filled and not file.is_new:
            self._filled.append(file.child.person)
            self._found_anew[child.pk] = file
        return made

    def write(self) -> None:
        """Write all that was collected; files that are found by something new are indexed."""
        for file in self._files.values():
            if file.is_new:
                keys = keys_of(file.child, file.names, file.kin)
                self._rows[SearchKey] += [
                    SearchKey(agency_id=file.child.agency_id, child=file.child, key=key)
                    for key in sorted(keys)
                ]
        for table in ORDER:
            table.objects.bulk_create(self._rows[table])
        for person in self._filled:
            person.save(update_fields=["sex", "ethnicity", "born_on", "precision"])
        for file in self._found_anew.values():
            index(file.child)
        self._rows.clear()

    def _known(self, child: Child) -> File:
        """Return a file of the list with what it says already."""
        file = File(child, is_new=False, names={child.person.name})
        file.names.update(_of(PersonName, person=child.pk).values_list("name", flat=True))
        for tie in _of(Kinship, child=child).select_related("relative"):
            file.kin[newer(tie.relative.name)] = tie.relative
        persons = [child.pk, *(one.pk for one in file.kin.values())]
        phones = list(_of(Phone, person__in=persons))
        file.phones = {phone_digits(one.number) for one in phones}
        file.hides_phones = any(one.is_hidden for one in phones)
        held = _of(CategorySpan, child=child, until_on__isnull=True)
        file.categories = set(held.values_list("category", flat=True))
        number = _of(IdentityNumber, person=child.pk).first()
        file.identity = number.number if number else ""
        file.has_home = _of(ResidenceSpan, person=child.pk, until_on__isnull=True).exists()
        file.has_school = _of(SchoolSpan, child=child, until_on__isnull=True).exists()
        file.has_hukou = _of(HukouSpan, person=child.pk, until_on__isnull=True).exists()
        self._files[child.pk] = file
        return file

    def _keep(self, row: models.Model, made: Made) -> None:
        self._rows[type(row)].append(row)
        made.rows.append((row._meta.label_lower, str(row.pk)))

    def _identity(self, file: File, line: Line, made: Made) -> None:
        fields, person = line.fields, file.child.person
        day, precision = born(fields.dob)
        dob = birth_text(person.born_on, person.precision)
        said: dict[str, tuple[Any, Any]] = {
            "sex": (person.sex, fields.sex),
            "ethnicity": (person.ethnicity, fields.ethnicity),
        }
        for name, (held, new) in said.items():
            self._fill(file, made, name, held, new)
        if day and not dob:
            self._fill(file, made, "dob", dob, fields.dob)
            person.born_on, person.precision = day, precision
        elif day and not dob.startswith(fields.dob):
            made.differs.append(("dob", fields.dob, dob))
        if fields.id_number and not file.identity:
            number, file.identity = fields.id_number, fields.id_number
            row = IdentityNumber(person=person, number=number, last_four=number[-4:])
            self._keep(self._own(row), made)
        elif fields.id_number and file.identity != fields.id_number:
            made.differs.append(("id_number", fields.id_number, file.identity))

    def _fill(self, file: File, made: Made, name: str, held: str, new: str) -> None:
        if not new or held == new:
            return
        if held:
            made.differs.append((name, new, held))
            return
        made.filled[name] = (held, new)
        if name != "dob":
            setattr(file.child.person, name, new)

    def _names(self, file: File, line: Line, made: Made) -> None:
        further = {
            NameKind.NICK: line.fields.nickname,
            NameKind.FORMER: line.further.get("former_name", ""),
            NameKind.VARIANT: line.fields.name,
        }
        for kind, name in further.items():
            if name and name not in file.names:
                file.names.add(name)
                row = PersonName(person=file.child.person, kind=kind, name=name[:80])
                self._keep(self._own(row), made)

    def _family(self, file: File, line: Line, made: Made) -> None:
        fields, further = line.fields, line.further
        carer: Person = file.child.person
        if fields.guardian:
            relation = Relation(fields.guardian_relation or Relation.OTHER)
            carer = self._relative(file, line, fields.guardian, relation, made)
        for relation, name in PARENTS.items():
            if further.get(name):
                parent = self._relative(file, line, further[name], relation, made)
                self._phones(file, parent, further.get(f"{name}_phone", ""), made)
        self._phones(file, carer, fields.phones, made)

    def _relative(
        self, file: File, line: Line, name: str, relation: Relation, made: Made
    ) -> Person:
        """Return who of the family is named; brothers and sisters in one row share her."""
        if newer(name) in file.kin:
            return file.kin[newer(name)]
        at = (line.sheet, line.row, newer(name))
        person = self._kin_of_row.get(at)
        if person is None:
            person = self._own(Person(name=name[:80]))
            person.sort_key = named(person, person.name)
            self._kin_of_row[at] = person
            self._keep(person, made)
        file.kin[newer(name)] = person
        self._keep(self._own(Kinship(child=file.child, relative=person, relation=relation)), made)
        if relation in PARENTS:
            row = Guardianship(child=file.child, guardian=person, basis=GuardianshipBasis.PARENTS)
            self._keep(self._since(row), made)
        return person

    def _phones(self, file: File, person: Person, said: str, made: Made) -> None:
        if file.hides_phones:
            return  # a list may bring the hidden number back; it stays on the line alone (R67)
        for number in filter(None, said.split("|")):
            if phone_digits(number) not in file.phones:
                file.phones.add(phone_digits(number))
                self._keep(self._own(Phone(person=person, number=number)), made)

    def _life(self, file: File, line: Line, made: Made) -> None:
        fields, child = line.fields, file.child
        if not file.has_home:
            file.has_home = True
            home = ResidenceSpan(
                person=child.person, place=self._roster.place, address=fields.address[:160]
            )
            self._keep(self._since(home), made)
        if fields.grade and not file.has_school:
            file.has_school = True
            at_school = self._roster.source.kind == KeeperKind.SCHOOL
            school = line.further.get("school") or (self._roster.source.name if at_school else "")
            row = SchoolSpan(
                child=child,
                school=school[:80],
                grade=fields.grade[:20],
                class_name=fields.room[:20],
                state=SchoolState.IN_SCHOOL,
            )
            self._keep(self._since(row), made)
        if line.further.get("hukou") and not file.has_hukou:
            file.has_hukou = True
            hukou = HukouSpan(person=child.person, region=line.further["hukou"][:80])
            self._keep(self._since(hukou), made)
        for code in filter(None, fields.categories.split("|")):
            if code not in file.categories:
                file.categories.add(code)
                evidence = f"{self._roster.source.name} {self._roster.seen_from:%F}"[:160]
                span = CategorySpan(child=child, category=code, evidence=evidence)
                self._keep(self._since(span), made)

    def _own(self, row: Any) -> Any:
        row.agency_id = self._roster.agency_id
        return row

    def _since(self, row: Any) -> Any:
        row.from_on, row.since_known = self._on, False
        return self._own(row)


def _of(table: Any, **where: Any) -> "models.QuerySet":
    rows: models.QuerySet = table.objects.unscoped(
        "of a child that was found under its Rule by the caller"
    )
    return rows.filter(**where)


def overwrite(child: Child, name: str, said: str, made: Made) -> None:
    """Let a list's value stand in the place of the file's, as a person decided."""
    person = child.person
    if name == "id_number":
        number = _of(IdentityNumber, person=child.pk).get()
        made.filled[name] = (made.filled.get(name, (number.number, ""))[0], said)
        number.number, number.last_four = said, said[-4:]
        number.save(update_fields=["number", "number_index", "last_four"])
        return
    held = birth_text(person.born_on, person.precision) if name == "dob" else getattr(person, name)
    made.filled[name] = (made.filled.get(name, (held, ""))[0], said)
    if name == "dob":
        person.born_on, person.precision = born(said)
    else:
        setattr(person, name, said)
    person.save(update_fields=["sex", "ethnicity", "born_on", "precision"])
    index(child)
