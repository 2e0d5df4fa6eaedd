"""A review: everything is looked at again together, then the work goes on."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.constants import PaperKind
from tonghu.casework.editions import ChangedMeanwhile, edition_of
from tonghu.casework.endings import unscoped_open_stage
from tonghu.casework.fields import require_open
from tonghu.casework.models import Case, StageReview, Submission
from tonghu.casework.moving import move
from tonghu.casework.operations.submitting import NotComplete, submit
from tonghu.casework.plans import unscoped_in_force
from tonghu.casework.policy import CASES_PLANNED
from tonghu.kernel.clock import day
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged

STAGE_SAYS = ("child_helps", "guardian_helps", "child_view", "guardian_view", "changes")


@operation("casework.case.review_begun")
@upholds("R29")
def begin_review(*, case: Case, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """Begin a review; what child and guardian say goes into it, with the goals rated again.

    :raises Refused: unless ``by`` may do this in the case.
    :raises NotInThisState: unless the case is under way.
    """
    changes = move(case, "review", by=by, at=at)
    if unscoped_open_stage(case) is None:
        StageReview(
            agency_id=case.agency_id,
            case=case,
            plan=unscoped_in_force(case),
            begun_on=day(at),
            written_by=by.account,
            written_at=at,
        ).save(force_insert=True)
    return changed(case, changes, about=case.child_id)


@operation("casework.review.described")
@upholds("R29")
def describe_review(
    *, stage: StageReview, said: Mapping[str, Any], base: str = "", by: Actor, at: dt.datetime
) -> Outcome[StageReview]:
    """Write what child and guardian say of the work, and what changes in the plan.

    :raises Refused: unless ``by`` may plan in the case, while it is reviewed.
    :raises ChangedMeanwhile: when somebody else wrote in it since.
    """
    CASES_PLANNED.require(Action.WRITE, by, stage.case, on=day(at))
    state = Case.objects.unscoped("its Rule was asked above").get(pk=stage.case_id).state
    require_open(state, ["stage"])
    rows = StageReview.objects.unscoped("its Rule was asked above").select_for_update()
    now = rows.get(pk=stage.pk)
    if base and edition_of(now, STAGE_SAYS) != base:
        raise ChangedMeanwhile(
            _("Somebody changed this while you wrote. Both versions stand below; nothing is lost.")
        )
    changes = assign(stage, **{name: said[name] for name in STAGE_SAYS if name in said})
    if not changes:
        return unchanged(stage)
    return changed(stage, dict.fromkeys(changes, (None, None)), about=stage.case.child_id)


@operation("casework.case.reviewed")
@upholds("R29")
def go_on(*, case: Case, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """End a review and go on; the supervisor gets it to read, and the work does not wait for her.

    :raises Refused: unless ``by`` may do this in the case.
    :raises NotInThisState: unless the case is reviewed.
    :raises NotComplete: while a goal is not rated, the risk not judged again, or nobody was asked.
    """
    changes = move(case, "go_on", by=by, at=at)
    stage = unscoped_open_stage(case)
    if stage is None:
        raise NotComplete(_("The review is not written yet. Begin with what the child says."))
    sent = Submission.objects.unscoped("the step's Rule was asked above")
    if not sent.filter(paper=stage.pk).exclude(decision="returned").exists():
        submit(case=case, kind=PaperKind.REVIEW, paper=stage, by=by, at=at)
    assign(stage, done_on=day(at))
    return changed(case, changes, about=case.child_id)
