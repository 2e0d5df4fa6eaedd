"""The sixty children of the demonstration, written as their workers would have. Nobody exists.

``homes.csv`` has a line for each household and ``children.csv`` one for each child; ``list.csv``
is the roster that the village has sent since.
"""

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from tonghu.access.actors import Actor, system
from tonghu.access.models import Account
from tonghu.kernel import clock
from tonghu.people.constants import (
    CareArrangement,
    Category,
    Fitness,
    GuardianshipBasis,
    HukouKind,
    KeeperKind,
    NameKind,
    ParentStatus,
    PlaceKind,
    Precision,
    Reach,
    Relation,
    SchoolState,
)
from tonghu.people.models import Child, Household, Person, Place
from tonghu.people.operations import describing, families, places, registering, rosters, spans
from tonghu.people.tasks import import_whole
from tonghu.portals.demo.benefits import answers, enter_benefit
from tonghu.portals.demo.cast import AGENCY, FIRST_DAY, TEAMS, VILLAGE, WORK_IN
from tonghu.portals.demo.papers import put_papers_on

HERE = Path(__file__).parent
LAST_SCHOOL_YEAR, SCHOOL_YEAR = dt.date(2025, 9, 1), dt.date(2026, 9, 1)
KINDERGARTEN = "幼儿园"
WITH_PAPERS = "01"
REASONS = {
    Category.LEFT_BEHIND: ("父母都在外地务工六个月以上", "村委会花名册"),
    Category.MIGRANT: ("随父母离开户籍地在本社区居住六个月以上", "居住证"),
    Category.DIFF_ECONOMIC: ("家庭已纳入低保", "低保证"),
    Category.DIFF_SELF: ("本人有残疾", "残疾人证"),
    Category.DIFF_GUARDIAN: ("监护人长期不能履行监护责任，村委会已核实", "村委会证明"),
    Category.DE_FACTO_UNSUPPORTED: ("父母双方都符合规定的情形，民政局已认定", "民政局认定书"),
}
Row = dict[str, str]


def enter_places(at: dt.datetime) -> dict[str, Place]:
    """Enter the places in which the cast works; the village of its child director is one."""
    return {
        name: places.add_place(kind=PlaceKind(kind), name=name, by=system(AGENCY), at=at)
        for name, kind in WORK_IN
    }


def enter_teams(found: dict[str, Place], at: dt.datetime) -> None:
    """Put the workers into their teams, and let the supervisor answer for them."""
    people = {one.login: one for one in Account.objects.filter(is_cast=True)}
    by, on = system(AGENCY), _first_day(at)
    for login, names in TEAMS.items():
        for name in names:
            places.put_in_team(account=people[login], place=found[name], from_on=on, by=by, at=at)
    for login in ("liumin", "yangfan"):
        places.supervise(
            worker=people[login], supervisor=people["zhanglan"], from_on=on, by=by, at=at
        )


def enter_children(
    found: dict[str, Place], workers: dict[str, Actor], at: dt.datetime
) -> "dict[str, Home]":
    """Put the sixty on the list, home by home, with all that is known of them."""
    at_home: dict[str, list[Row]] = {}
    of_child = answers()
    for row in rows_of("children.csv"):
        at_home.setdefault(row["home"], []).append(row)
    homes = {}
    for row in rows_of("homes.csv"):
        home = Home(row, found[row["place"]], workers, at)
        for one in at_home[row["home"]]:
            child = home.enter(one)
            for answer in of_child.get(one["name"], ()):
                enter_benefit(child, answer, home.by, at)
        if row["home"] == WITH_PAPERS:
            put_papers_on(home.children[0], home.by, at)
        homes[row["home"]] = home
    return homes


def bring_the_list(found: dict[str, Place], by: Actor, at: dt.datetime) -> None:
    """Bring and import the village's newest list; what a person must decide stays open."""
    roster = rosters.bring_roster(
        place=found[VILLAGE],
        kind=KeeperKind.COMMITTEE,
        source=f"{VILLAGE}村委会",
        file_name="石桥村留守儿童花名册.csv",
        content=(HERE / "list.csv").read_bytes(),
        by=by,
        at=at,
    )
    import_whole(rosters.begin_import(roster=roster, by=by, at=at), by, at)


def rows_of(name: str) -> Iterator[Row]:
    """Yield the lines of one of the files beside this one."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _first_day(at: dt.datetime) -> dt.date:
    return min(FIRST_DAY, clock.day(at))


@dataclass
class Home:
    """One household of the demonstration while it is entered."""

    row: Row
    place: Place
    workers: dict[str, Actor]
    at: dt.datetime
    family: dict[Relation, Person] = field(default_factory=dict)
    household: Household | None = None
    children: list[Child] = field(default_factory=list)

    @property
    def by(self) -> Actor:
        """Return the worker of the place who enters what is known."""
        return self.workers[self.row["holder"] or "liumin"]

    def enter(self, one: Row) -> Child:
        """Enter one child of this home and return it."""
        child = self._registered(one)
        self._family_of(child)
        self._under_one_roof(child)
        self._cared_for(child, one)
        self._at_school(child, one)
        self._registered_in(child)
        self._belongs_to(child, one)
        self.children.append(child)
        return child

    def _registered(self, one: Row) -> Child:
        by, at = self.by, self.at
        child = registering.register_child(
            name=one["name"],
            latin_name=one["latin"],
            sex=one["sex"],
            born_on=dt.date.fromisoformat(one["born"]),
            precision=Precision(one["exact"]),
            place=self.place,
            address=self.row["address"],
            registered_on=_first_day(at),
            by=by,
            at=at,
        )
        if self.row["holder"] and by.account:
            registering.assign_child(
                child=child, worker=by.account, from_on=clock.day(at), by=by, at=at
            )
        if one["number"]:
            describing.note_identity_number(child=child, number=one["number"], by=by, at=at)
        if one["nick"]:
            describing.add_name(child=child, kind=NameKind.NICK, name=one["nick"], by=by, at=at)
        return child

    def _family_of(self, child: Child) -> None:
        """Add the family once; brothers and sisters share it."""
        by, at = self.by, self.at
        if self.children:
            eldest = self.children[0]
            for relation, person in self.family.items():
                families.share_relative(
                    child=child, of=eldest, relative=person, relation=relation, by=by, at=at
                )
            families.share_relative(
                child=eldest,
                of=child,
                relative=child.person,
                relation=Relation.SIBLING,
                by=by,
                at=at,
            )
        else:
            self._meet_the_family(child)
        for parent in (Relation.FATHER, Relation.MOTHER):
            families.begin_guardianship(
                child=child,
                guardian=self.family[parent],
                basis=GuardianshipBasis.PARENTS,
                from_on=child.person.born_on or _first_day(at),
                by=by,
                at=at,
            )

    def _meet_the_family(self, child: Child) -> None:
        by, at, row = self.by, self.at, self.row
        named = {Relation.FATHER: row["father"], Relation.MOTHER: row["mother"]}
        if row["carer"]:
            named[Relation(row["carer_is"])] = row["carer"]
        for relation, name in named.items():
            kin = families.add_relative(child=child, name=name, relation=relation, by=by, at=at)
            self.family[relation] = kin.relative
        for relation, state in (
            (Relation.FATHER, row["father_is"]),
            (Relation.MOTHER, row["mother_is"]),
        ):
            families.note_parent_status(
                child=child,
                parent=self.family[relation],
                status=ParentStatus(state),
                from_on=_first_day(at),
                since_known=False,
                by=by,
                at=at,
            )
        describing.note_phone(child=child, person=self.carer, number=row["phone"], by=by, at=at)

    @property
    def carer(self) -> Person:
        """Return who cares day by day."""
        return self.family[Relation(self.row["carer_is"])]

    def _under_one_roof(self, child: Child) -> None:
        by, at = self.by, self.at
        if self.household is None:
            here = [self.carer] if self.row["carer"] else self._parents_at_home()
            self.household = families.begin_household(
                child=child,
                members=here,
                from_on=_first_day(at),
                best_time=self.row["best_time"],
                since_known=False,
                by=by,
                at=at,
            )
        else:
            families.join_household(
                child=self.children[0],
                household=self.household,
                person=child.person,
                from_on=_first_day(at),
                since_known=False,
                by=by,
                at=at,
            )

    def _parents_at_home(self) -> list[Person]:
        at_home = {
            Relation.FATHER: self.row["father_is"],
            Relation.MOTHER: self.row["mother_is"],
        }
        return [self.family[who] for who, how in at_home.items() if how == ParentStatus.HEALTHY]

    def _cared_for(self, child: Child, one: Row) -> None:
        by, at, row = self.by, self.at, self.row
        born = child.person.born_on or _first_day(at)
        came = row["came_on"] and dt.date.fromisoformat(row["came_on"])
        if came and came > born:
            # The list knows since when she lives here; before, the family lived elsewhere.
            spans.move(child=child, place=None, address=row["town"], from_on=born, by=by, at=at)
            spans.move(
                child=child, place=self.place, address=row["address"], from_on=came, by=by, at=at
            )
        if not row["care_since"]:
            spans.arrange_care(
                child=child,
                arrangement=CareArrangement(one["care"]),
                carer=self._parents_at_home()[0],
                from_on=born,
                by=by,
                at=at,
            )
            return
        spans.arrange_care(
            child=child, arrangement=CareArrangement.PARENT_BOTH, from_on=born, by=by, at=at
        )
        spans.arrange_care(
            child=child,
            arrangement=CareArrangement(one["care"]),
            carer=self.carer,
            is_entrusted=True,
            fitness=Fitness(row["fitness"]),
            school_told_on=_day(row["school_told"]),
            committee_told_on=_day(row["committee_told"]),
            weekly_contact={"yes": True, "no": False}.get(row["weekly"]),
            from_on=max(dt.date.fromisoformat(row["care_since"]), born + dt.timedelta(days=90)),
            by=by,
            at=at,
        )

    def _at_school(self, child: Child, one: Row) -> None:
        years = (
            (LAST_SCHOOL_YEAR, one["school"], one["grade"], ""),
            (SCHOOL_YEAR, one["school_now"], one["grade_now"], one["class_now"]),
        )
        for begins, school, grade, class_name in years:
            if begins > clock.day(self.at):
                continue
            small = school.endswith(KINDERGARTEN)
            spans.enrol(
                child=child,
                state=SchoolState.PRESCHOOL if small else SchoolState.IN_SCHOOL,
                school=school,
                grade=grade,
                class_name=class_name,
                from_on=begins,
                by=self.by,
                at=self.at,
            )

    def _registered_in(self, child: Child) -> None:
        """Say where the family is registered: who came from elsewhere, at home; others, here."""
        came = bool(self.row["came_on"])
        spans.note_hukou(
            child=child,
            region=self.row["town"] if came else f"渭南市白水县{self.place.name}",
            kind=HukouKind.RURAL,
            reach=Reach.OTHER_COUNTY if came else Reach.SAME_TOWNSHIP,
            from_on=child.person.born_on or _first_day(self.at),
            by=self.by,
            at=self.at,
        )

    def _belongs_to(self, child: Child, one: Row) -> None:
        for kind in one["kinds"].split("|"):
            reason, paper = REASONS[Category(kind)]
            spans.confirm_category(
                child=child,
                category=Category(kind),
                from_on=_first_day(self.at),
                reason=reason,
                evidence=paper,
                by=self.by,
                at=self.at,
            )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def of_the_village(found: dict[str, Place]) -> UUID:
    """Return the village of the child director."""
    return found[VILLAGE].pk
