"""The steps of a case as a table: from which states, to which, whose, and what each needs.

An auditor reads it on the page of casework's rules; a test walks a case through it cell by cell.
Each step is one named operation. What else a step asks (a plan that was signed, a level that was
set) stands in :data:`GUARDS`, in words, and is asked by the operation.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tonghu.access.sheets import Action, Sheet
from tonghu.casework.constants import CaseState as S
from tonghu.casework.policy import CASES, CASES_ASSESSED, CASES_PLANNED


@dataclass(frozen=True)
class Step:
    """One way from a state to another."""

    key: str
    name: Promise
    event: str
    from_states: tuple[S, ...]
    to_state: S
    sheet: Sheet
    action: Action = Action.WRITE
    needs_reason: bool = False
    guard: Promise | str = ""

    def leads_from(self, state: str) -> bool:
        """Tell whether the step can be taken in a state."""
        return state in self.from_states


STEPS = {
    one.key: one
    for one in (
        Step(
            "screen", _("Begin the intake"), "casework.case.screened", (S.LEAD,), S.SCREENING, CASES
        ),
        Step(
            "decline",
            _("Do not take it on"),
            "casework.case.declined",
            (S.LEAD, S.SCREENING),
            S.NOT_ACCEPTED,
            CASES,
            needs_reason=True,
            guard=_("says what happens instead; not while the child is in danger"),
        ),
        Step(
            "known",
            _("It is known already"),
            "casework.case.known",
            (S.LEAD,),
            S.DUPLICATE,
            CASES,
            guard=_("names the case it repeats"),
        ),
        Step(
            "accept",
            _("Take it on"),
            "casework.case.accepted",
            (S.SCREENING,),
            S.ASSESSMENT,
            CASES_ASSESSED,
        ),
        Step(
            "emergency",
            _("Act at once, forms later"),
            "casework.case.begun_in_emergency",
            (S.LEAD, S.SCREENING),
            S.ACTIVE,
            CASES,
            needs_reason=True,
            guard=_("level 1; the forms follow within three working days"),
        ),
        Step(
            "assess",
            _("Assessment done"),
            "casework.case.assessed",
            (S.ASSESSMENT,),
            S.PLANNING,
            CASES_ASSESSED,
            guard=_("approved; a person set the risk level, with a reason and the next look"),
        ),
        Step(
            "agree",
            _("Plan agreed"),
            "casework.case.plan_agreed",
            (S.PLANNING,),
            S.ACTIVE,
            CASES_PLANNED,
            guard=_("approved and signed; that day decides the count of cases"),
        ),
        Step(
            "review",
            _("Begin a review"),
            "casework.case.review_begun",
            (S.ACTIVE,),
            S.REVIEW,
            CASES_PLANNED,
        ),
        Step(
            "go_on",
            _("Review done, go on"),
            "casework.case.reviewed",
            (S.REVIEW,),
            S.ACTIVE,
            CASES_PLANNED,
            guard=_("every goal rated, the risk judged again"),
        ),
        Step(
            "suspend",
            _("Pause the case"),
            "casework.case.suspended",
            (S.ACTIVE,),
            S.SUSPENDED,
            CASES,
            needs_reason=True,
            guard=_("not at level 1; with the day to look again"),
        ),
        Step("resume", _("Go on"), "casework.case.resumed", (S.SUSPENDED,), S.ACTIVE, CASES),
        Step(
            "transfer",
            _("Hand to another agency"),
            "casework.case.transferred",
            (S.ACTIVE, S.SUSPENDED),
            S.TRANSFERRED,
            CASES,
            needs_reason=True,
            guard=_("the other side has taken it over"),
        ),
        Step(
            "propose_closing",
            _("Propose to close"),
            "casework.case.closing_proposed",
            (S.ACTIVE, S.REVIEW),
            S.CLOSING,
            CASES_PLANNED,
            needs_reason=True,
        ),
        Step(
            "return_closing",
            _("Do not close yet"),
            "casework.case.closing_returned",
            (S.CLOSING,),
            S.ACTIVE,
            CASES,
            Action.APPROVE,
            needs_reason=True,
        ),
        Step(
            "close",
            _("Close the case"),
            "casework.case.closed",
            (S.CLOSING,),
            S.CLOSED,
            CASES,
            Action.APPROVE,
            guard=_("the supervisor's, never of one's own proposal"),
        ),
        Step(
            "follow",
            _("Follow-up begins"),
            "casework.case.follow_up_begun",
            (S.CLOSED,),
            S.FOLLOW_UP,
            CASES,
            guard=_("follow-ups are on their days"),
        ),
        Step(
            "archive",
            _("Archive"),
            "casework.case.archived",
            (S.FOLLOW_UP, S.CLOSED),
            S.ARCHIVED,
            CASES,
            guard=_("every follow-up is done or called off with a reason"),
        ),
        Step(
            "reopen",
            _("Open it again"),
            "casework.case.reopened",
            (S.CLOSED, S.FOLLOW_UP, S.ARCHIVED, S.NOT_ACCEPTED),
            S.SCREENING,
            CASES,
            needs_reason=True,
            guard=_("the child has no other open case"),
        ),
    )
}
