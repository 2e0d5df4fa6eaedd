import pytest
from django.db import IntegrityError, transaction

from tests.access.conftest import last_row
from tests.casework.assessed import NEED, WHOLE, assessed, submitted, written
from tests.casework.conftest import judged
from tests.conftest import AT, TODAY
from tonghu.casework.assessing import assessments_of, needs_of, newest_of, parts_of, what_is_missing
from tonghu.casework.constants import CaseState, Need
from tonghu.casework.models import AssessedNeed, Assessment, Case, CaseStep, Submission
from tonghu.casework.moving import NotInThisState
from tonghu.casework.operations import assessing
from tonghu.casework.operations.submitting import (
    NotComplete,
    WithTheSupervisor,
    approve,
    comment,
    give_back,
    submit,
)
from tonghu.kernel.errors import Forbidden


def _need(case, said=NEED, base=0, need=Need.GUARDIANSHIP, **who):
    return assessing.write_need(case=case, need=need, said=said, base=base, at=AT, **who)


def test_an_approved_assessment_opens_the_planning(liumin, zhanglan, case):
    assessed(case, liumin, zhanglan)

    steps = CaseStep.objects.unscoped("tests").filter(case=case, step="assess")
    assert [(one.from_state, one.to_state, one.by) for one in steps] == [
        (CaseState.ASSESSMENT, CaseState.PLANNING, None)
    ]
    assert case.state == CaseState.PLANNING
    assert newest_of(case).approved_at == AT
    assert last_row("casework.paper.approved").account_id == zhanglan.account_id


def test_a_paper_says_what_was_written_part_by_part(liumin, case):
    paper = written(case, liumin)

    assert [(one.key, str(one.label)) for one in parts_of(paper)] == [
        ("informants", "谁提供的情况"),
        ("seen_alone", "和孩子单独谈过"),
        ("child_opinion", "孩子怎么想"),
        ("risk_factors", "危险因素"),
        ("protective_factors", "保护因素"),
        ("problems", "先解决什么"),
        ("summary", "小结"),
        ("GUARDIANSHIP", "监护照料"),
    ]
    assert parts_of(paper)[-1].text.splitlines()[-1] == "10 分里的 4 分"


def test_what_is_missing_is_said_and_holds_it_back(liumin, case):
    _need(case, by=liumin)
    paper = newest_of(case)

    assert [one.page for one in what_is_missing(paper)] == [
        *["assessment-whole"] * 4,
        "risk-new",
    ]
    with pytest.raises(NotComplete):
        submit(case=case, kind="assessment", paper=paper, by=liumin, at=AT)
    assert not Submission.objects.unscoped("tests").exists()


def test_a_text_saved_meanwhile_is_not_overwritten(liumin, case):
    _need(case, by=liumin)
    _need(case, assessing.NeedSaid(facts="姑姑搬来同住"), base=1, by=liumin)

    with pytest.raises(assessing.ChangedMeanwhile):
        _need(case, assessing.NeedSaid(facts="别的话"), base=1, by=liumin)

    row = AssessedNeed.objects.unscoped("tests").get()
    assert (row.facts, row.version) == ("姑姑搬来同住", 2)


def test_the_same_text_again_is_no_news(liumin, case):
    _need(case, by=liumin)

    _need(case, base=0, by=liumin)

    assert AssessedNeed.objects.unscoped("tests").get().version == 1


def test_the_whole_is_kept_from_two_hands_too(liumin, case):
    written(case, liumin)

    with pytest.raises(assessing.ChangedMeanwhile):
        assessing.describe_whole(
            case=case, said=assessing.WholeSaid(summary="旧稿"), base=0, by=liumin, at=AT
        )

    assert newest_of(case).summary == WHOLE.summary


def test_nothing_is_written_while_the_supervisor_has_it(liumin, zhanglan, case):
    submission = submitted(case, liumin)

    with pytest.raises(WithTheSupervisor):
        _need(case, assessing.NeedSaid(facts="再改"), base=1, by=liumin)

    give_back(submission=submission, reason="补夜间照看", by=zhanglan, at=AT)
    _need(case, assessing.NeedSaid(facts="再改"), base=1, by=liumin)
    assert newest_of(case).approved_at is None


def test_only_who_holds_the_file_assesses(liumin, yangfan, zhanglan, case):
    for by in (yangfan, zhanglan):
        with pytest.raises(Forbidden):
            _need(case, by=by)

    assert not Assessment.objects.unscoped("tests").exists()


def test_a_lead_is_not_assessed(liumin, lead):
    with pytest.raises(NotInThisState):
        _need(lead, by=liumin)


def test_a_number_goes_to_ten(liumin, case):
    with pytest.raises(assessing.OutOfTen):
        _need(case, assessing.NeedSaid(score=11), by=liumin)

    row = _need(case, by=liumin)
    with pytest.raises(IntegrityError), transaction.atomic():
        AssessedNeed.objects.unscoped("tests").filter(pk=row.pk).update(score=11)


def test_nobody_approves_her_own_assessment_through_any_door(liumin, zhanglan, case):
    submission = submitted(case, liumin)
    rows = Submission.objects.unscoped("tests").filter(pk=submission.pk)

    with pytest.raises(Forbidden):
        approve(submission=submission, by=liumin, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(decision="approved", decided_by=liumin.account)

    rows.update(submitted_by=zhanglan.account)
    submission.refresh_from_db()
    for refused in (approve, comment, give_back):
        also = {"part": "summary", "words": "x"} if refused is comment else {}
        also |= {"reason": "x"} if refused is give_back else {}
        with pytest.raises(Forbidden):
            refused(submission=submission, by=zhanglan, at=AT, **also)
    assert Case.objects.unscoped("tests").get(pk=case.pk).state == CaseState.ASSESSMENT


def test_the_case_goes_on_only_when_approved_and_judged(liumin, zhanglan, case):
    with pytest.raises(NotComplete):
        assessing.finish_assessment(case=case, by=liumin, at=AT)

    paper = written(case, liumin)
    Assessment.objects.unscoped("tests").filter(pk=paper.pk).update(approved_at=AT)
    with pytest.raises(NotComplete):
        assessing.finish_assessment(case=case, by=liumin, at=AT)

    judged(case, liumin)
    assert assessing.finish_assessment(case=case, by=liumin, at=AT).state == CaseState.PLANNING


def test_a_second_assessment_begins_anew(liumin, zhanglan, case):
    assessed(case, liumin, zhanglan)

    _need(case, assessing.NeedSaid(facts="爸爸回来了"), by=liumin)

    papers = list(assessments_of(case, liumin, on=TODAY))
    assert [one.approved_at for one in papers] == [None, AT]
    assert list(needs_of(papers[0])) == [Need.GUARDIANSHIP]
    assert not assessments_of(case, zhanglan, on=TODAY).filter(case__child=None).exists()
