"""Child and guardian say what is wrong; who works with the file answers, and can think again."""

import datetime as dt

import pytest

from tests.conftest import AT, QINHUI, TODAY
from tests.people.asking import guardian_of
from tests.people.two_files import rows
from tonghu.access.actors import system
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.kernel.working_days import working_days_after
from tonghu.people.constants import (
    CorrectionPart,
    CorrectionState,
    Relation,
    SuspensionGround,
)
from tonghu.people.models import CorrectionRequest
from tonghu.people.operations import corrections, suspensions
from tonghu.people.rights import open_requests_for


@pytest.fixture
def mother(xiaohai):
    return guardian_of(xiaohai, "郑翠英", Relation.MOTHER)


def ask(child, who, by, **said):
    words = {"part": CorrectionPart.SCHOOL, "wrong": "三年级", "right": "四年级"}
    return corrections.ask_correction(
        child=child, asked_by=who, asked_on=TODAY, by=by, at=AT, **(words | said)
    )


def test_guardian_asks_and_it_is_due_in_fifteen_working_days(xiaohai, mother, liumin):
    asked = ask(xiaohai, mother, liumin)

    assert asked.due_on == dt.date(2026, 6, 22)
    assert [one.pk for one in open_requests_for(liumin, on=TODAY)] == [asked.pk]


@pytest.mark.parametrize(
    ("first", "number", "last"),
    [
        (dt.date(2026, 6, 5), 1, dt.date(2026, 6, 8)),
        (dt.date(2026, 6, 6), 1, dt.date(2026, 6, 8)),
        (dt.date(2026, 6, 1), 5, dt.date(2026, 6, 8)),
        (dt.date(2026, 6, 1), 0, dt.date(2026, 6, 1)),
    ],
)
def test_weekends_are_no_working_days(first, number, last):
    assert working_days_after(first, number) == last


def test_child_asks_itself_and_a_suspended_guardian_cannot(xiaohai, mother, liumin, zhanglan):
    suspensions.suspend_guardian(
        child=xiaohai,
        guardian=mother,
        ground=SuspensionGround.SUSPECT,
        reason="孩子说母亲打她",
        by=zhanglan,
        at=AT,
    )

    ask(xiaohai, xiaohai.person, liumin)
    with pytest.raises(corrections.NotTheirs):
        ask(xiaohai, mother, liumin)
    assert rows(CorrectionRequest).count() == 1


@pytest.mark.parametrize("said", [{"wrong": " "}, {"right": ""}])
def test_what_is_wrong_and_what_is_right_is_said(xiaohai, mother, liumin, said):
    with pytest.raises(corrections.SaidTooLittle):
        ask(xiaohai, mother, liumin, **said)


def test_answered_once_and_taken_up_again(xiaohai, mother, liumin, zhanglan):
    asked = ask(xiaohai, mother, liumin)
    said = {"request": asked, "by": liumin, "at": AT}

    with pytest.raises(corrections.SaidTooLittle):
        corrections.answer_correction(accepted=True, answer="", **said)
    done = corrections.answer_correction(accepted=True, answer="已改为四年级", **said)
    with pytest.raises(corrections.AnsweredAlready):
        corrections.answer_correction(accepted=False, answer="没有错", **said)
    again = corrections.reopen_correction(request=asked, by=zhanglan, at=AT)

    assert done.state == CorrectionState.ACCEPTED
    assert (again.state, again.answer, again.answered_by) == (CorrectionState.OPEN, "", None)
    with pytest.raises(corrections.NotAnswered):
        corrections.reopen_correction(request=asked, by=zhanglan, at=AT)


def test_who_does_not_work_with_the_file_neither_asks_nor_answers(
    xiaohai, mother, liumin, yangfan, qinhui, stranger
):
    asked = ask(xiaohai, mother, liumin)

    for by, refusal in ((qinhui, Forbidden), (stranger, Hidden)):
        with pytest.raises(refusal):
            ask(xiaohai, mother, by)
        with pytest.raises(refusal):
            corrections.answer_correction(request=asked, accepted=True, answer="x", by=by, at=AT)
    with pytest.raises(Forbidden):
        corrections.answer_correction(
            request=asked, accepted=True, answer="x", by=system(QINHUI), at=AT
        )
    assert list(open_requests_for(yangfan, on=TODAY)) == []
