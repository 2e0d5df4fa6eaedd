"""Questions about children and families; each asks its Rule."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action, Sheet
from tonghu.kernel.clock import now
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.people import lives
from tonghu.people.constants import DoubleState, LineOutcome
from tonghu.people.entitled import not_arriving
from tonghu.people.models import (
    CareSpan,
    CategorySpan,
    Child,
    Guardianship,
    HouseholdMember,
    HukouSpan,
    Kinship,
    Merge,
    ParentStatusSpan,
    PersonName,
    Place,
    PossibleDouble,
    ResidenceSpan,
    Roster,
    RosterLine,
    RosterQuestion,
    SchoolSpan,
)
from tonghu.people.numbers import read as read_number
from tonghu.people.policy import (
    CHILDREN,
    CONTACT_DATA,
    DOUBLES,
    MERGES,
    PLACES,
    ROSTERS,
)
from tonghu.people.takeover.answers import ARRIVED, DIFFERENCES, GONE, KNOWN_CHILD, REACHED_BY
from tonghu.people.takeover.undoing import used_since


@dataclass(frozen=True)
class ChildFilter:
    """What the list of children is narrowed to; each part is a chip that can be taken off."""

    place: UUID | None = None
    category: str = ""
    care: str = ""
    benefit: str = ""


def children_for(by: Actor, wanted: ChildFilter | None = None, *, on: dt.date) -> "QuerySet[Child]":
    """Return the children the actor may find on the day, without those merged into another.

    Category, care and benefit narrow only among the files open to her: of a colleague's child
    she knows the card, and a filter must not tell more. A hidden place stands in none of them.
    """
    rows = CHILDREN.rows(Action.FIND, Child.objects.filter(merged_into=None), by, on=on)
    rows = rows.select_related("person").order_by("person__sort_key")
    rows = _beginning_with_the_fewest(rows, by, wanted, on)
    if wanted is None:
        return rows
    if wanted.place:
        here = _holding(ResidenceSpan, "person", on, place=wanted.place)
        rows = rows.filter(pk__in=here)
    if wanted.category or wanted.care or wanted.benefit:
        rows = CHILDREN.rows(Action.READ, rows, by, on=on)
    if wanted.category:
        rows = rows.filter(pk__in=_holding(CategorySpan, "child", on, category=wanted.category))
    if wanted.benefit:
        rows = rows.filter(pk__in=not_arriving())
    if wanted.care:
        rows = rows.filter(pk__in=_holding(CareSpan, "child", on, arrangement=wanted.care))
    return rows


def _beginning_with_the_fewest(
    rows: "QuerySet[Child]", by: Actor, wanted: ChildFilter | None, on: dt.date
) -> "QuerySet[Child]":
    """Say once more what the Rule says, so that a page costs what it shows, not what there is.

    Who finds a few is shown those, whoever else is on the list; who finds all gets them in the
    order of the index of names, which ends after a page.
    """
    few = CHILDREN.within(Action.FIND, by, on=on)
    if few is not None:
        return rows.filter(pk__in=few)
    if wanted is None or wanted == ChildFilter():
        return rows.filter(person__agency_id=by.agency_id)
    return rows


def child_for(
    by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ, sheet: Sheet = CHILDREN
) -> Child:
    """Return one child's file, or what it was merged into, as the sheet of a class has it.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    :raises Forbidden: when she may find it, but not do this.
    """
    rows = Child.objects.select_related("person")
    return sheet.get(action, rows, by, unscoped_surviving(pk), on=on)


@upholds("R54", says=_("a number that was given up leads to the surviving file and its Rules"))
def unscoped_surviving(pk: UUID) -> UUID:
    """Return the number of the file that a file was merged into, or its own; tells nothing else."""
    merged = Child.objects.unscoped("a merged number leads to the surviving file's Rules (R54)")
    return merged.filter(pk=pk).values_list("merged_into_id", flat=True).first() or pk


def child_of_number(text: str, by: Actor, *, on: dt.date) -> Child | None:
    """Return the file of a number, or the one it leads to, if the actor may find that."""
    files = Child.objects.unscoped("narrows a question that asks its Rule")
    found = files.filter(number=read_number(text), agency_id=by.agency_id)
    leads_to = found.values_list(Coalesce("merged_into_id", "pk"), flat=True)
    rows = CHILDREN.rows(Action.FIND, Child.objects.filter(pk__in=leads_to), by, on=on)
    return rows.first()


def possible_doubles_for(by: Actor, *, on: dt.date) -> "QuerySet[PossibleDouble]":
    """Return the pairs that wait for whoever answers for both files, the likeliest first."""
    return _pairs_for(by, (DoubleState.OPEN, DoubleState.UNSURE), on).order_by("-score", "id")


def told_apart_for(by: Actor, *, on: dt.date) -> "QuerySet[PossibleDouble]":
    """Return the pairs known to be two children, of whoever answers for both, the newest first."""
    return _pairs_for(by, (DoubleState.DIFFERENT,), on).order_by("-decided_at", "id")


def _pairs_for(
    by: Actor, states: tuple[DoubleState, ...], on: dt.date
) -> "QuerySet[PossibleDouble]":
    pairs = PossibleDouble.objects.filter(
        state__in=states, one__merged_into=None, other__merged_into=None
    )
    rows = DOUBLES.rows(Action.WRITE, pairs, by, on=on)
    return rows.select_related("one__person", "other__person", "decided_by")


def double_for(by: Actor, pk: UUID, *, on: dt.date) -> PossibleDouble:
    """Return a pair that whoever answers for both files is to decide.

    Two that were merged are found by whoever may find the file they became: what was sent twice
    is answered by the operation.

    :raises Hidden: when the actor may not know of one of the two.
    :raises Forbidden: when she may find both, but does not answer for both.
    """
    rows = PossibleDouble.objects.select_related("one__person", "other__person")
    merged = rows.unscoped("the Rule of the file they became is asked below")
    pair = merged.filter(pk=pk, state=DoubleState.SAME).first()
    if pair is None:
        return DOUBLES.get(Action.WRITE, rows, by, pk, on=on)
    child_for(by, pair.one_id, on=on, action=Action.FIND)
    child_for(by, pair.other_id, on=on, action=Action.FIND)
    return pair


def merge_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> Merge:
    """Return how a file came of two.

    :raises Hidden: when the actor may not know of the file.
    :raises NeedsReason: when a written reason would open it.
    """
    rows = Merge.objects.select_related("survivor__person", "loser__person", "decided_by")
    return MERGES.get(action, rows, by, pk, on=on)


def merges_of(child: Child, by: Actor, *, on: dt.date) -> "QuerySet[Merge]":
    """Return which files went into this one and stand, the newest first."""
    rows = Merge.objects.filter(survivor=child, undone_at=None).select_related("loser")
    return MERGES.rows(Action.READ, rows, by, on=on).order_by("-decided_at", "-id")


def places_for(by: Actor, *, on: dt.date, action: Action = Action.FIND) -> "QuerySet[Place]":
    """Return the places in which the agency works; to write, those of the actor's own teams."""
    return PLACES.rows(action, Place.objects.all(), by, on=on).order_by("name")


@dataclass(frozen=True)
class Family:
    """Who belongs to a child, as its page shows it; the page asked the file's Rule."""

    kin: list[Kinship]
    guardians: list[Guardianship]
    household: list[HouseholdMember]
    statuses: list[ParentStatusSpan]


def family_of(child: Child, by: Actor, *, on: dt.date) -> Family:
    """Return who is kin, guardian or of the household on the day.

    A brother or sister whose file is closed to the actor is not among them (R55).
    """
    said = {"child": child.pk, "on": on, "account": by.account_id, "at": now()}
    return Family(
        kin=lives.kin.all(**said),
        guardians=lives.guardians.all(**said),
        household=lives.household.all(**said),
        statuses=lives.statuses.all(**said),
    )


@dataclass(frozen=True)
class Life:
    """A child's spans, the oldest first: the lanes of its page."""

    residences: list[ResidenceSpan]
    care: list[CareSpan]
    schooling: list[SchoolSpan]
    hukou: list[HukouSpan]
    categories: list[CategorySpan]
    names: list[PersonName]


def life_of(child: Child) -> Life:
    """Return all spans of a child; its page asked the file's Rule."""
    return Life(
        residences=lives.residences.all(child=child.pk),
        care=lives.care.all(child=child.pk),
        schooling=lives.schooling.all(child=child.pk),
        hukou=lives.hukou.all(child=child.pk),
        categories=lives.categories.all(child=child.pk),
        names=lives.names.all(child=child.pk),
    )


def _holding(model: type, owner: str, on: dt.date, **said: object) -> "QuerySet":
    """Return whose span of that kind holds on the day; the list itself asks its Rule."""
    rows: QuerySet = model.objects.unscoped(  # type: ignore[attr-defined]
        "narrows a list that asked its Rule"
    )
    return rows.filter(in_force(on), **said).values(f"{owner}_id")


def rosters_for(by: Actor, *, on: dt.date) -> "QuerySet[Roster]":
    """Return the lists of the own places, the newest first."""
    rows = Roster.objects.select_related("source", "place", "brought_by")
    return ROSTERS.rows(Action.FIND, rows, by, on=on).order_by("-brought_at", "-id")


def roster_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> Roster:
    """Return one list.

    :raises Hidden: when it belongs to a place in which the actor does not work.
    """
    rows = Roster.objects.select_related("source", "place", "brought_by")
    return ROSTERS.get(action, rows, by, pk, on=on)


def lines_for(by: Actor, roster: Roster, *, on: dt.date) -> "QuerySet[RosterLine]":
    """Return the lines of a list, without those of children whom the actor may not find.

    A line that waits because it may be such a child is left out as well: that it waits would tell.
    """
    rows = ROSTERS.rows(Action.READ, Roster.objects.filter(pk=roster.pk), by, on=on)
    children = CHILDREN.rows(Action.FIND, Child.objects.all(), by, on=on)
    asked = RosterQuestion.objects.unscoped("the Rules of the list and of the children are inside")
    of_others = asked.filter(roster=roster, line__isnull=False, proposed__isnull=False)
    of_others = of_others.exclude(proposed__in=children)
    lines = RosterLine.objects.unscoped("the Rules of the list and of the children are inside")
    return (
        lines.filter(Q(child=None) | Q(child__in=children), roster__in=rows)
        .exclude(pk__in=of_others.values("line_id"))
        .select_related("child__person", "roster")
        .order_by("position")
    )


@upholds(
    "R22", "R55", "R77", says=_("a list asks about a file only those who may find it, or write it")
)
def _asked_of(by: Actor, on: dt.date) -> Q:
    """Return which questions of a list are the actor's: none about a file closed to her.

    What differs from a file is asked of who may write it; that another line may be a child is
    asked of who may find the child. Who stands on the list after all is not gone.
    """
    children = CHILDREN.rows(Action.FIND, Child.objects.all(), by, on=on)
    writable = CHILDREN.rows(Action.WRITE, Child.objects.all(), by, on=on)
    contact = CONTACT_DATA.rows(Action.WRITE, Child.objects.all(), by, on=on)
    lines = RosterLine.objects.unscoped("who stands on the list after all is not gone")
    here = lines.filter(roster=OuterRef("roster"), child=OuterRef("proposed"))
    asked = RosterQuestion.objects.unscoped("who may stand on the list after all")
    perhaps = asked.filter(
        roster=OuterRef("roster"), code=KNOWN_CHILD, answer="", proposed=OuterRef("proposed")
    )
    of_file = Q(code__in=DIFFERENCES)
    return (
        (Q(line=None) | Q(line__child=None) | Q(line__child__in=children))
        & (
            (~of_file & (Q(proposed=None) | Q(proposed__in=children)))
            | (of_file & Q(proposed__in=writable))
            | Q(code=ARRIVED, proposed=None)
        )
        & (~Q(field__in=REACHED_BY) | ~of_file | Q(proposed__in=contact))
        & (~Q(code=GONE) | (~Exists(here) & ~Exists(perhaps)))
    )


def open_questions_for(by: Actor, roster: Roster, *, on: dt.date) -> "QuerySet[RosterQuestion]":
    """Return what is open about a list, of children whom the actor may find."""
    return questions_for(by, roster, on=on).filter(answer="")


def questions_for(by: Actor, roster: Roster, *, on: dt.date) -> "QuerySet[RosterQuestion]":
    """Return what is or was open about a list and is the actor's to know."""
    rows = ROSTERS.rows(Action.READ, Roster.objects.filter(pk=roster.pk), by, on=on)
    asked = RosterQuestion.objects.unscoped("the Rules of the list and the children are inside")
    return (
        asked.filter(_asked_of(by, on), roster__in=rows)
        .select_related("line__child", "line__roster", "proposed__person", "roster__source")
        .order_by("code", "line__position", "id")
    )


def own_places_for(by: Actor, *, on: dt.date) -> "QuerySet[Place]":
    """Return the places whose lists the actor may bring."""
    return PLACES.rows(Action.WRITE, Place.objects.all(), by, on=on).order_by("name")


def open_counts_for(
    by: Actor, rosters: list[Roster], *, on: dt.date, differences: bool = False
) -> dict[UUID, int]:
    """Return how many questions each of these lists leaves open, or how many differences."""
    rows = ROSTERS.rows(Action.READ, Roster.objects.all(), by, on=on)
    asked = RosterQuestion.objects.unscoped("the Rules of the lists and children are inside")
    of_files = Q(code__in=DIFFERENCES)
    counted = (
        asked.filter(
            _asked_of(by, on),
            of_files if differences else ~of_files,
            roster__in=rows.filter(pk__in=[one.pk for one in rosters]),
            answer="",
        )
        .values("roster_id")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return {row["roster_id"]: row["n"] for row in counted}


def used_since_import(by: Actor, roster: Roster, *, on: dt.date) -> list[Child]:
    """Return the files that an undo would keep, because somebody has used them since."""
    opened = lines_for(by, roster, on=on).filter(outcome=LineOutcome.NEW)
    kept = used_since([row.child_id for row in opened if row.child_id], roster)
    rows = CHILDREN.rows(Action.FIND, Child.objects.filter(pk__in=kept), by, on=on)
    return list(rows.select_related("person").order_by("person__sort_key"))
