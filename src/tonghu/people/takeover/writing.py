"""Adding what lines say to files, new ones and known ones; nothing that stands is overwritten.

All rows of a batch are collected and written at once; each line's :class:`Made` says what it
added, so that it can be undone.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias
from uuid import UUID

from django.db import models

from tonghu.kernel.encryption import phone_digits
from tonghu.kernel.prepared import append_all
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
from tonghu.people.takeover.files import File, files_of
from tonghu.people.takeover.leave import Leave
from tonghu.people.takeover.said import birth_text, born
from tonghu.people.takeover.same import bare, tells_the_same

ORDER: Final = (
    *(Person, Child, ResidenceSpan, PersonName, IdentityNumber, Kinship, Guardianship, Phone),
    *(SchoolSpan, CategorySpan, HukouSpan, SearchKey),
)
PARENTS: Final = {Relation.FATHER: "father", Relation.MOTHER: "mother"}
Restored: TypeAlias = tuple[str, str, dict[str, list[str | None]]]
"""A row that was changed: its table, its key, and by column what stood there and what stands."""


@dataclass
class Made:
    """What one line added to a file: rows by table, and fields that were blank before.

    ``changed`` holds rows that an accepted difference changed. ``differs`` is what the list says
    and was not written, by field; it is asked, not kept here.
    """

    opened: bool = False
    rows: list[tuple[str, str]] = field(default_factory=list)
    filled: dict[str, tuple[str, str]] = field(default_factory=dict)
    changed: list[Restored] = field(default_factory=list)
    differs: list[tuple[str, str]] = field(default_factory=list)

    def as_text(self) -> str:
        """Return what is kept, sealed, with the line."""
        told = {"opened": self.opened, "rows": self.rows, "filled": self.filled}
        return json.dumps(told | {"changed": self.changed})

    @classmethod
    def of_text(cls, text: str) -> "Made":
        """Return what was kept."""
        data = json.loads(text) if text else {}
        rows = [(label, pk) for label, pk in data.get("rows", ())]
        filled = {name: (before, after) for name, (before, after) in data.get("filled", {}).items()}
        changed = [(label, pk, said) for label, pk, said in data.get("changed", ())]
        return cls(bool(data.get("opened")), rows, filled, changed)


class Writer:
    """Collects what the lines of one batch add, and writes it at once."""

    def __init__(self, roster: Roster, known: Collection[Child], leave: Leave, on: dt.date) -> None:
        self._roster, self._on = roster, on
        self._rows: dict[type[models.Model], list[Any]] = defaultdict(list)
        self._files: dict[UUID, File] = files_of(known, leave)
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
        file, made = self._files[child.pk], Made()
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
            append_all(self._rows[table])
        for person in self._filled:
            person.save(update_fields=["sex", "ethnicity", "born_on", "precision"])
        for file in self._found_anew.values():
            index(file.child)
        self._rows.clear()

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
        if day and not dob and self._fill(file, made, "dob", dob, fields.dob):
            person.born_on, person.precision = day, precision
        elif day and not dob.startswith(fields.dob):
            made.differs.append(("dob", fields.dob))
        if fields.id_number and not file.identity and file.fills:
            number, file.identity = fields.id_number, fields.id_number
            row = IdentityNumber(person=person, number=number, last_four=number[-4:])
            self._keep(self._own(row), made)
        elif fields.id_number and file.identity != fields.id_number:
            made.differs.append(("id_number", fields.id_number))

    def _fill(self, file: File, made: Made, name: str, held: str, new: str) -> bool:
        """Fill a field of the person that is blank; what differs from it is asked."""
        if not new or held == new:
            return False
        if held or not file.fills:
            made.differs.append((name, new))
            return False
        made.filled[name] = (held, new)
        if name != "dob":
            setattr(file.child.person, name, new)
        return True

    def _names(self, file: File, line: Line, made: Made) -> None:
        further = {
            NameKind.NICK: line.fields.nickname,
            NameKind.FORMER: line.further.get("former_name", ""),
            NameKind.VARIANT: line.fields.name,
        }
        for kind, name in further.items():
            if not name or name in file.names:
                continue
            if kind == NameKind.VARIANT and not file.adds:
                made.differs.append(("name", name))
            elif file.fills:
                file.names.add(name)
                row = PersonName(person=file.child.person, kind=kind, name=name[:80])
                self._keep(self._own(row), made)

    def _family(self, file: File, line: Line, made: Made) -> None:
        fields = line.fields
        carer: Person | None = file.child.person
        may = file.may(is_blank=not file.kin)
        if fields.guardian and (newer(fields.guardian) in file.kin or may):
            relation = Relation(fields.guardian_relation or Relation.OTHER)
            carer = self._relative(file, line, fields.guardian, relation, made)
        elif fields.guardian:
            made.differs.append(("guardian", f"{fields.guardian}|{fields.guardian_relation}"))
        has_phones = bool(file.phones)
        for relation, name in PARENTS.items():
            self._parent(file, line, relation, name, made, has_phones=has_phones)
        self._phones(file, carer, fields.phones, ("phones", has_phones), made)

    def _parent(
        self, file: File, line: Line, relation: Relation, name: str, made: Made, *, has_phones: bool
    ) -> None:
        said, parent = line.further.get(name, ""), None
        if not said:
            return
        if newer(said) in file.kin or file.may(is_blank=relation not in file.relations):
            parent = self._relative(file, line, said, relation, made)
        else:
            made.differs.append((name, said))
        phone = f"{name}_phone"
        self._phones(file, parent, line.further.get(phone, ""), (phone, has_phones), made)

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
        file.relations.add(relation)
        self._keep(self._own(Kinship(child=file.child, relative=person, relation=relation)), made)
        if relation in PARENTS:
            row = Guardianship(child=file.child, guardian=person, basis=GuardianshipBasis.PARENTS)
            self._keep(self._since(row), made)
        return person

    def _phones(
        self, file: File, person: Person | None, said: str, at: tuple[str, bool], made: Made
    ) -> None:
        if file.hides_phones:
            return  # a list may bring the hidden number back; it stays on the line alone (R67)
        name, has_phones = at
        new = [one for one in filter(None, said.split("|")) if phone_digits(one) not in file.phones]
        file.phones.update(map(phone_digits, new))
        if person is None or not file.may(is_blank=not has_phones):
            made.differs += [(name, "|".join(new))] if new else []
            return
        for number in new:
            self._keep(self._own(Phone(person=person, number=number)), made)

    def _life(self, file: File, line: Line, made: Made) -> None:
        self._home(file, line, made)
        self._school(file, line, made)
        region = line.further.get("hukou", "")[:80]
        if region and not file.has_hukou and file.fills:
            file.has_hukou, file.hukou = True, region
            self._keep(self._since(HukouSpan(person=file.child.person, region=region)), made)
        elif region and region != file.hukou and not file.adds:
            made.differs.append(("hukou", region))
        said = filter(None, line.fields.categories.split("|"))
        new = [one for one in said if one not in file.categories]
        if new and not file.may(is_blank=not file.categories):
            made.differs.append(("categories", "|".join(new)))
        elif new:
            self._categories(file, new, made)

    def _home(self, file: File, line: Line, made: Made) -> None:
        address = line.fields.address[:160]
        if not file.has_home and file.fills:
            file.has_home, file.address = True, address
            home = ResidenceSpan(
                person=file.child.person, place=self._roster.place, address=address
            )
            self._keep(self._since(home), made)
        elif address and not file.adds and file.address:
            here, there = (bare(one, self._roster.place.name) for one in (file.address, address))
            if here != there:
                made.differs.append(("address", address))

    def _school(self, file: File, line: Line, made: Made) -> None:
        fields = line.fields
        said = f"{fields.grade[:20]}|{fields.room[:20]}"
        if fields.grade and not file.has_school and file.fills:
            file.has_school, file.school = True, said
            row = SchoolSpan(
                child=file.child,
                school=school_of(self._roster, line),
                grade=fields.grade[:20],
                class_name=fields.room[:20],
                state=SchoolState.IN_SCHOOL,
            )
            self._keep(self._since(row), made)
        elif fields.grade and not file.adds and not tells_the_same(said, file.school):
            made.differs.append(("grade", said))

    def _categories(self, file: File, codes: list[str], made: Made) -> None:
        file.categories.update(codes)
        for code in codes:
            span = CategorySpan(child=file.child, category=code, evidence=evidence(self._roster))
            self._keep(self._since(span), made)

    def _own(self, row: Any) -> Any:
        row.agency_id = self._roster.agency_id
        return row

    def _since(self, row: Any) -> Any:
        row.from_on, row.since_known = self._on, False
        return self._own(row)


def evidence(roster: Roster) -> str:
    """Return on what something rests that a list said."""
    return f"{roster.source.name} {roster.seen_from:%F}"[:160]


def school_of(roster: Roster, line: Line) -> str:
    """Return the school of a line: as written there, or the school that keeps the list."""
    at_school = roster.source.kind == KeeperKind.SCHOOL
    return (line.further.get("school") or (roster.source.name if at_school else ""))[:80]
