"""What is known of a child on a day, as far as a definition asks for it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from tonghu.kernel.periods import in_force
from tonghu.people.ages import Birth
from tonghu.people.constants import BenefitState, ParentStatus, Reach, Relation
from tonghu.people.models import (
    BenefitCheck,
    CareSpan,
    CategorySpan,
    Child,
    Guardianship,
    HukouSpan,
    Kinship,
    ParentStatusSpan,
    ResidenceSpan,
)

ARRIVING = (BenefitState.FULL, BenefitState.PARTIAL)
COUNTY, TOWNSHIP = 6, 9
"""Digits of a region code that name the county, and the township in it."""


@dataclass(frozen=True)
class How:
    """How a parent is, since when, and whether that first day is known."""

    status: ParentStatus
    from_on: dt.date
    since_known: bool


@dataclass
class Facts:
    """A child on a day; what nobody has noted is missing, never assumed."""

    on: dt.date
    birth: Birth | None = None
    father: How | None = None
    mother: How | None = None
    home: ResidenceSpan | None = None
    hukou: HukouSpan | None = None
    care: CareSpan | None = None
    guardians: list[Guardianship] = field(default_factory=list)
    benefits: dict[str, BenefitCheck] = field(default_factory=dict)
    held: dict[str, CategorySpan] = field(default_factory=dict)

    @property
    def reach(self) -> Reach | None:
        """Return how far from its home the child is registered: by codes, else as it was said."""
        if self.hukou is None:
            return None
        place = self.home.place if self.home else None
        here, there = place.region_code if place else "", self.hukou.region_code
        if len(here) >= COUNTY and len(there) >= COUNTY:
            if here[:COUNTY] != there[:COUNTY]:
                return Reach.OTHER_COUNTY
            if len(here) >= TOWNSHIP and len(there) >= TOWNSHIP:
                same = here[:TOWNSHIP] == there[:TOWNSHIP]
                return Reach.SAME_TOWNSHIP if same else Reach.OTHER_TOWNSHIP
        return Reach(self.hukou.reach) if self.hukou.reach else None

    @property
    def receives(self) -> set[str]:
        """Return the benefits that arrive, whole or short."""
        return {one.benefit for one in self.benefits.values() if one.state in ARRIVING}


def facts_of(children: Iterable[Child], *, on: dt.date) -> dict[UUID, Facts]:
    """Return what is known of these children on a day, in a fixed number of questions.

    Whoever asks has found the files under their Rule.
    """
    files = list(children)
    found = {
        one.pk: Facts(on, Birth.known(one.person.born_on, one.person.precision)) for one in files
    }
    for home in _holding(ResidenceSpan, on, person__in=found).select_related("place"):
        found[home.person_id].home = None if home.is_hidden else home  # R67: no list says it
    for hukou in _holding(HukouSpan, on, person__in=found):
        found[hukou.person_id].hukou = hukou
    for care in _holding(CareSpan, on, child__in=found):
        found[care.child_id].care = care
    for guardian in _holding(Guardianship, on, child__in=found):
        found[guardian.child_id].guardians.append(guardian)
    for benefit in _holding(BenefitCheck, on, child__in=found):
        found[benefit.child_id].benefits[benefit.benefit] = benefit
    for category in _holding(CategorySpan, on, child__in=found):
        found[category.child_id].held[category.category] = category
    _add_parents(found, on)
    return found


def _add_parents(found: dict[UUID, Facts], on: dt.date) -> None:
    kin = Kinship.objects.unscoped("of files that were found under their Rule")
    parents = kin.filter(child__in=found, relation__in=(Relation.FATHER, Relation.MOTHER))
    of_parent: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for child, parent, relation in parents.values_list("child_id", "relative_id", "relation"):
        of_parent[parent].append((child, relation))
    for span in _holding(ParentStatusSpan, on, parent__in=of_parent):
        how = How(ParentStatus(span.status), span.from_on, span.since_known)
        for child, relation in of_parent[span.parent_id]:
            setattr(found[child], "father" if relation == Relation.FATHER else "mother", how)


def _holding(model: type, on: dt.date, **of: Any) -> "QuerySet[Any]":
    rows: QuerySet[Any] = model.objects.unscoped(  # type: ignore[attr-defined]
        "of files that were found under their Rule"
    )
    return rows.filter(in_force(on), **of).order_by("from_on", "id")
