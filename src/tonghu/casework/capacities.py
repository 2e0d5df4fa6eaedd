"""Questions about guardianship assessments: what they say, what is missing, who can be second."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.models import Account, Membership
from tonghu.access.roles import SocialWorker, Supervisor
from tonghu.access.sheets import Action
from tonghu.casework.models import CapacityAssessment, CapacityScore, Case
from tonghu.casework.policy import ASSESSMENTS
from tonghu.casework.reviewing import Part
from tonghu.casework.schemes.reading import Item, Scheme, schemes
from tonghu.kernel.periods import in_force

TEXTS = ("guardian", "asked_by", "reason", "child_opinion", "objection", "objection_result")


@dataclass(frozen=True)
class Scored:
    """One item with its points and the evidence."""

    item: Item
    points: int
    evidence: str


def capacities_of(case: Case, by: Actor, *, on: dt.date) -> "QuerySet[CapacityAssessment]":
    """Return the guardianship assessments of a case, the newest first, for screens and paper."""
    rows = CapacityAssessment.objects.filter(case=case).select_related("first", "second")
    return ASSESSMENTS.rows(Action.READ, rows, by, on=on).order_by("-done_on", "-id")


def capacity_for(
    by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ
) -> CapacityAssessment:
    """Return one guardianship assessment.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    :raises Forbidden: when it is not hers to do.
    """
    rows = CapacityAssessment.objects.select_related("case__child__person", "first", "second")
    return ASSESSMENTS.get(action, rows, by, pk, on=on)


def scheme_of(paper: CapacityAssessment) -> Scheme | None:
    """Return the scheme of an assessment, unless it left the folder since."""
    return schemes().get(paper.scheme)


def scored_in(paper: CapacityAssessment) -> list[Scored]:
    """Return the items that were scored, in the order of the scheme."""
    rows = CapacityScore.objects.unscoped("of an assessment that was found under its Rule")
    found = {one.item: one for one in rows.filter(assessment=paper)}
    scheme = scheme_of(paper)
    return [
        Scored(item, found[key].points, found[key].evidence)
        for key, item in (scheme.items if scheme else {}).items()
        if key in found
    ]


def sum_in(paper: CapacityAssessment) -> tuple[int, int]:
    """Return the weighted sum and the highest there can be; it decides nothing."""
    scheme = scheme_of(paper)
    if scheme is None:
        return 0, 0
    points = {one.item.key: one.points for one in scored_in(paper)}
    return scheme.sum_of(points), scheme.most


def what_is_missing(paper: CapacityAssessment) -> list[str | Promise]:
    """Say in words what it lacks before a supervisor sees it."""
    scored = scored_in(paper)
    scheme = scheme_of(paper)
    lacking = (
        (scheme is not None and len(scored) < len(scheme.items), gettext_lazy("items are open;")),
        (any(not one.evidence for one in scored), gettext_lazy("points without evidence;")),
        (not paper.level, gettext_lazy("nobody has said how guardianship stands;")),
        (
            not paper.child_opinion,
            gettext_lazy("no child’s opinion yet, nor why there is none;"),
        ),
    )
    return [words for lacks, words in lacking if lacks]


def parts_of(paper: CapacityAssessment) -> list[Part]:
    """Return what it says, part by part, as it is read, compared and printed."""
    total, most = sum_in(paper)
    whole = [Part("sum", _("Sum"), _("%(n)s of %(most)s") % {"n": total, "most": most})]
    if paper.level:
        whole.append(Part("level", _label("level"), paper.get_level_display()))
    whole += [
        Part(name, _label(name), getattr(paper, name)) for name in TEXTS if getattr(paper, name)
    ]
    items = [
        Part(
            one.item.key,
            one.item.name,
            "\n".join(filter(None, [_("%(n)s points") % {"n": one.points}, one.evidence])),
        )
        for one in scored_in(paper)
    ]
    return [*whole, *items]


def _label(name: str) -> str:
    return str(CapacityAssessment._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def can_be_second(by: Actor, *, on: dt.date) -> list[Account]:
    """Return the colleagues who can look at it as the second: workers and supervisors."""
    held = Membership.objects.unscoped("colleagues by name, for who assesses")
    held = held.filter(
        in_force(on), agency_id=by.agency_id, role__in=(SocialWorker.key, Supervisor.key)
    )
    accounts = Account.objects.filter(is_active=True, pk__in=held.values("account_id"))
    return [one for one in accounts.order_by("name", "pk") if one.pk != by.account_id]
