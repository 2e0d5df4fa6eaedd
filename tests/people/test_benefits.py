import datetime as dt

import pytest

from tests.access.conftest import last_row
from tests.conftest import AT, FIRST_DAY, TODAY
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.people.constants import Benefit, BenefitState, Category
from tonghu.people.entitled import (
    checks_of,
    dues_of,
    never_asked_for,
    not_arriving_for,
    to_ask_again_for,
)
from tonghu.people.models import BenefitCheck
from tonghu.people.operations import spans
from tonghu.people.operations.benefits import AmountsDisagree, NextCheckPassed, check_benefit

FULL, SHORT = BenefitState.FULL, BenefitState.PARTIAL
NOT_GIVEN, NOT_DUE = BenefitState.ELIGIBLE_NOT_GIVEN, BenefitState.NOT_ELIGIBLE
MAY = dt.date(2026, 5, 10)


def _check(child, state, by, checked_on=TODAY, **said):
    return check_benefit(
        child=child,
        benefit=said.pop("benefit", Benefit.DIBAO),
        state=state,
        checked_on=checked_on,
        by=by,
        at=AT,
        **said,
    )


def _poor(child, by):
    spans.confirm_category(
        child=child,
        category=Category.DIFF_ECONOMIC,
        from_on=FIRST_DAY,
        reason="低保家庭",
        by=by,
        at=AT,
    )


def test_a_check_holds_until_it_is_asked_again(liumin, xiaohai):
    _check(xiaohai, NOT_GIVEN, liumin, MAY, asked="村会计")
    _check(xiaohai, FULL, liumin, monthly=42000, received_from=TODAY)

    told = [(one.state, one.from_on, one.until_on, one.monthly) for one in checks_of(xiaohai)]

    assert told == [
        (FULL, TODAY, None, 42000),
        (NOT_GIVEN, MAY, TODAY - dt.timedelta(1), None),
    ]
    assert last_row("people.benefit.checked").about_id == xiaohai.pk


def test_a_check_of_the_same_day_is_corrected(liumin, xiaohai):
    _check(xiaohai, FULL, liumin)
    _check(xiaohai, SHORT, liumin, monthly=20000, due=42000)

    assert [(one.state, one.monthly, one.due) for one in checks_of(xiaohai)] == [
        (SHORT, 20000, 42000)
    ]


@pytest.mark.parametrize(
    ("state", "monthly", "due"), [(NOT_GIVEN, 100, None), (NOT_DUE, 100, None), (SHORT, 100, 100)]
)
def test_amounts_that_do_not_fit_are_refused_and_leave_nothing(
    state, monthly, due, liumin, xiaohai
):
    with pytest.raises(AmountsDisagree):
        _check(xiaohai, state, liumin, monthly=monthly, due=due)

    assert BenefitCheck.objects.unscoped("tests").count() == 0


def test_the_next_check_lies_ahead(liumin, xiaohai):
    with pytest.raises(NextCheckPassed):
        _check(xiaohai, FULL, liumin, next_on=TODAY)


@pytest.mark.parametrize(("who", "refusal"), [("yangfan", Forbidden), ("stranger", Hidden)])
def test_only_who_answers_for_the_file_notes_a_benefit(who, refusal, xiaohai, request):
    with pytest.raises(refusal):
        _check(xiaohai, FULL, request.getfixturevalue(who))

    assert BenefitCheck.objects.unscoped("tests").count() == 0


def test_due_is_what_follows_and_what_was_asked_besides(liumin, xiaohai):
    short = _check(xiaohai, SHORT, liumin)
    besides = _check(xiaohai, NOT_DUE, liumin, benefit=Benefit.MEDICAL_AID)
    checks = {one.benefit: one for one in (short, besides)}

    dues = dues_of([Category.DIFF_ECONOMIC], checks, on=TODAY)

    assert [(one.benefit, one.check, one.is_missing) for one in dues] == [
        (Benefit.DIBAO, short, True),
        (Benefit.SCHOOL_AID, None, False),
        (Benefit.MEDICAL_AID, besides, False),
    ]
    assert [str(one.follows_from) for one in dues][2] == ""


def test_due_and_not_received_is_listed_for_who_answers(
    liumin, yangfan, zhanglan, qinhui, xiaohai, registered, team
):
    others = registered("余若静", team, holder=yangfan)
    mine = [
        _check(xiaohai, SHORT, liumin),
        _check(xiaohai, NOT_GIVEN, liumin, benefit=Benefit.SCHOOL_AID),
    ]
    _check(xiaohai, FULL, liumin, benefit=Benefit.MEDICAL_AID)
    theirs = _check(others, NOT_GIVEN, yangfan)

    assert list(not_arriving_for(liumin, on=TODAY)) == mine
    assert list(not_arriving_for(yangfan, on=TODAY)) == [theirs]
    assert list(not_arriving_for(zhanglan, on=TODAY)) == mine
    assert list(not_arriving_for(qinhui, on=TODAY)) == []


def test_what_arrives_again_leaves_the_list(liumin, xiaohai):
    _check(xiaohai, NOT_GIVEN, liumin, MAY)
    _check(xiaohai, FULL, liumin)

    assert list(not_arriving_for(liumin, on=TODAY)) == []


def test_a_check_is_asked_again_when_its_day_has_come(liumin, yangfan, xiaohai):
    again = _check(xiaohai, FULL, liumin, MAY, next_on=TODAY)
    _check(xiaohai, NOT_GIVEN, liumin, MAY, benefit=Benefit.SCHOOL_AID, next_on=TODAY)

    assert list(to_ask_again_for(liumin, on=TODAY - dt.timedelta(1))) == []
    assert list(to_ask_again_for(liumin, on=TODAY)) == [again]
    assert list(to_ask_again_for(yangfan, on=TODAY)) == []


def test_a_category_from_which_something_follows_is_asked_about(liumin, yangfan, xiaohai, wangyan):
    for child in (xiaohai, wangyan):
        _poor(child, liumin)
    _check(wangyan, FULL, liumin)

    assert [one.child_id for one in never_asked_for(liumin, on=TODAY)] == [xiaohai.pk]
    assert list(never_asked_for(yangfan, on=TODAY)) == []
