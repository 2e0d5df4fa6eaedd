"""A case whose assessment was written and approved: it stands at the plan."""

from tests.casework.conftest import judged
from tests.conftest import AT
from tonghu.access.actors import Actor
from tonghu.casework.assessing import newest_of
from tonghu.casework.constants import Need
from tonghu.casework.models import Assessment, Case, Submission
from tonghu.casework.operations import assessing
from tonghu.casework.operations.submitting import approve, submit

NEED = assessing.NeedSaid(
    facts="奶奶七十一岁，腿脚不便，晚上孩子自己睡",
    needed="夜里有人应门",
    strength="姑姑住同村，愿意照看",
    evidence="入户看到，姑姑电话确认",
    score=4,
)
WHOLE = assessing.WholeSaid(
    informants="孩子、奶奶、班主任赵老师",
    seen_alone=True,
    child_opinion="想爸爸每周打一次电话",
    risk_factors="三周未到校；夜间无人照看",
    protective_factors="姑姑；班主任",
    problems="先回到学校",
    summary="隔代照料吃力，孩子愿意回校",
)


def written(case: Case, by: Actor) -> Assessment:
    """Write the assessment of a case: one part of life, and the whole."""
    assessing.write_need(case=case, need=Need.GUARDIANSHIP, said=NEED, base=0, by=by, at=AT)
    assessing.describe_whole(case=case, said=WHOLE, base=0, by=by, at=AT)
    paper = newest_of(case)
    assert paper is not None
    return paper


def submitted(case: Case, by: Actor) -> Submission:
    """Write the assessment, judge the risk, and put it before the supervisor."""
    written(judged(case, by), by)
    paper = newest_of(case)
    assert paper is not None
    return submit(case=case, kind="assessment", paper=paper, by=by, at=AT)


def assessed(case: Case, by: Actor, supervisor: Actor) -> Case:
    """Bring a case that was taken on to its plan."""
    approve(submission=submitted(case, by), by=supervisor, at=AT)
    case.refresh_from_db()
    return case
