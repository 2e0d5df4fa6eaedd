"""How able a family is to care: two people look by a scheme, persons say how it stands."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.models import Account
from tonghu.access.sheets import Action
from tonghu.casework.capacities import can_be_second, parts_of, what_is_missing
from tonghu.casework.constants import OPEN, Decision, PaperKind
from tonghu.casework.editions import ChangedMeanwhile
from tonghu.casework.measures import Capacity
from tonghu.casework.models import CapacityAssessment, CapacityScore, Case, Submission
from tonghu.casework.moving import NotInThisState, ReasonMissing
from tonghu.casework.operations.submitting import Decided, WithTheSupervisor
from tonghu.casework.policy import CASES_ASSESSED
from tonghu.casework.reviewing import KINDS, Reviewed
from tonghu.casework.schemes.reading import schemes
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation
from tonghu.look.addresses import address


class TwoPeople(Refused):
    """Two different people look at it."""


class NotAnItem(Refused):
    """The points are none the scheme knows."""


@dataclass(frozen=True)
class ItemSaid:
    """Points of one item, and what was seen that says so."""

    points: int
    evidence: str = ""


@dataclass(frozen=True)
class CapacitySaid:
    """What two people write of a family's ability to care."""

    items: Mapping[str, ItemSaid] = field(default_factory=dict)
    level: Capacity | str = ""
    reason: str = ""
    child_opinion: str = ""
    objection: str = ""
    objection_result: str = ""


@operation("casework.capacity.begun")
@upholds("R28")
def begin_capacity(
    *,
    case: Case,
    scheme: str,
    guardian: str,
    second: Account,
    asked_by: str = "",
    done_on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Outcome[CapacityAssessment]:
    """Begin to look at how able a family is to care, two people by one scheme.

    :raises Forbidden: unless ``by`` may assess the case.
    :raises NotInThisState: unless the case is open.
    :raises TwoPeople: when the second is the same, or does not work with children here.
    :raises NotAnItem: when the scheme is unknown or the day has not come.
    :raises ReasonMissing: without a word of whose guardianship it is.
    """
    CASES_ASSESSED.require(Action.WRITE, by, case, on=day(at))
    if by.account is None:
        raise Forbidden(_("A social worker looks at it herself."))
    if second not in can_be_second(by, on=day(at)):
        raise TwoPeople(_("Two different people look at it. Choose a colleague."))
    _require_sound(case, scheme, guardian, done_on, day(at))
    row = CapacityAssessment(
        agency_id=case.agency_id,
        case=case,
        scheme=scheme,
        scheme_version=schemes()[scheme].version,
        guardian=guardian.strip(),
        asked_by=asked_by.strip(),
        first=by.account,
        second=second,
        done_on=done_on,
        changed_by=by.account,
        changed_at=at,
    )
    row.save(force_insert=True)
    return changed(row, {"scheme": (None, scheme)}, about=case.child_id)


def _require_sound(
    case: Case, scheme: str, guardian: str, done_on: dt.date, today: dt.date
) -> None:
    if case.state not in OPEN:
        raise NotInThisState(_("The case is not open. Nothing changed."))
    if scheme not in schemes() or done_on > today:
        raise NotAnItem(_("Choose a scheme of the list, and a day up to today."))
    if not guardian.strip():
        raise ReasonMissing(_("Write whose guardianship it is. Nothing is lost."))


@operation("casework.capacity.judged")
@upholds("R28")
def write_capacity(
    *, paper: CapacityAssessment, said: CapacitySaid, base: int, by: Actor, at: dt.datetime
) -> Outcome[CapacityAssessment]:
    """Write the points with their evidence, and how guardianship stands, which no sum decides.

    :raises Refused: unless ``by`` may assess the case.
    :raises Decided: when it is approved.
    :raises WithTheSupervisor: while the supervisor has it.
    :raises ChangedMeanwhile: when somebody saved another text since.
    :raises NotAnItem: when points are none of the scheme.
    :raises ReasonMissing: when a level has no reason.
    """
    CASES_ASSESSED.require(Action.WRITE, by, paper.case, on=day(at))
    rows = CapacityAssessment.objects.unscoped("its Rule was asked above").select_for_update()
    now = rows.get(pk=paper.pk)
    _require_at_hand(now)
    if now.version != base:
        raise ChangedMeanwhile(
            _("Somebody saved another text meanwhile. Both stand here; yours is not saved yet.")
        )
    if said.level and not said.reason.strip():
        raise ReasonMissing(_("Write in a sentence why it is judged so. Nothing is lost."))
    _score(now, said.items)
    words = {key: one.strip() for key, one in vars(said).items() if isinstance(one, str)}
    changes = assign(now, **words, version=base + 1, changed_by=by.account, changed_at=at)
    return changed(now, changes, reason=said.reason, about=paper.case.child_id)


def _require_at_hand(paper: CapacityAssessment) -> None:
    if paper.approved_at is not None:
        raise Decided(_("It is approved; what comes later is a new one. Nothing changed."))
    waiting = Submission.objects.unscoped("its Rule was asked above")
    if waiting.filter(paper=paper.pk, decision="").exists():
        raise WithTheSupervisor(
            _("The supervisor has it. Wait for the answer; your text stays on this page.")
        )


def _score(paper: CapacityAssessment, items: Mapping[str, ItemSaid]) -> None:
    scheme = schemes().get(paper.scheme)
    rows = CapacityScore.objects.unscoped("its Rule was asked by the operation")
    for key, said in items.items():
        known = scheme is not None and key in scheme.items
        if scheme is None or not known or not 0 <= said.points <= scheme.most_per_item:
            raise NotAnItem(
                _("These points are none of the scheme. Correct them; nothing is lost.")
            )
        rows.update_or_create(
            assessment=paper,
            item=key,
            defaults={
                "agency_id": paper.agency_id,
                "points": said.points,
                "evidence": said.evidence.strip(),
            },
        )


def _load(pk: UUID) -> CapacityAssessment:
    rows = CapacityAssessment.objects.unscoped("the operation asks its Rule")
    return rows.select_related("case__child__person").get(pk=pk)


def _decided(paper: CapacityAssessment, submission: Submission, by: Actor, at: dt.datetime) -> None:
    """Let an approved one stand; neither of the two who looked decides about it (R38)."""
    if by.account_id in (paper.first_id, paper.second_id):
        raise Forbidden(_("You looked at it yourself; the decision is somebody else’s (R38)."))
    if submission.decision == Decision.APPROVED:
        paper.approved_at = at
        paper.save(update_fields=["approved_at"])


KINDS.register(
    PaperKind.CAPACITY,
    Reviewed(
        key=PaperKind.CAPACITY,
        sheet=CASES_ASSESSED,
        load=_load,
        parts=parts_of,
        missing=what_is_missing,
        decided=_decided,
        address=lambda paper: address("capacity", paper.pk),
    ),
)
