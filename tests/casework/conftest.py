"""The children of the people's tests, and a case of one of them at each of its stations."""

import datetime as dt

import pytest

from tests.conftest import AT, TODAY
from tests.people.conftest import (  # noqa: F401 -- fixtures are found by their names
    elsewhere,
    liuwan,
    qingshi,
    registered,
    shiqiao,
    team,
    wangyan,
    xiaohai,
)
from tonghu.access.actors import Actor
from tonghu.casework.constants import RiskLevel, Source
from tonghu.casework.models import Case
from tonghu.casework.operations import leads
from tonghu.casework.operations.risk import judge_risk
from tonghu.people.models import Child

PROBLEM = "奶奶说孩子三周没去上学了"


def heard(child: Child, by: Actor, **also: object) -> Case:
    """Write a lead down."""
    words = {"problem": PROBLEM, "source": Source.SCHOOL, "heard_on": TODAY} | also
    return leads.record_lead(child=child, **words, by=by, at=AT)


def accepted(child: Child, by: Actor) -> Case:
    """Take a case on."""
    case = heard(child, by)
    leads.begin_screening(case=case, by=by, at=AT)
    return leads.accept(case=case, by=by, at=AT)


def judged(case: Case, by: Actor, level: RiskLevel = RiskLevel.L2_HIGH, days: int = 30) -> Case:
    """Judge the risk of a case."""
    review_on = TODAY + dt.timedelta(days=days)
    judge_risk(case=case, level=level, reason="三周未到校", review_on=review_on, by=by, at=AT)
    return case


@pytest.fixture
def lead(xiaohai, liumin) -> Case:
    """Somebody worries about Tan Xiaohai, whose file Liu Min holds."""
    return heard(xiaohai, liumin)


@pytest.fixture
def case(xiaohai, liumin) -> Case:
    """Tan Xiaohai's case, taken on by Liu Min, its assessment to be written."""
    return accepted(xiaohai, liumin)
