import datetime as dt

import pytest

from tests.access.conftest import last_row
from tests.casework.conftest import accepted, heard, judged
from tests.conftest import AT, TODAY
from tonghu.access.constants import ClosingKind
from tonghu.access.operations import grounds
from tonghu.access.sheets import Action, NeedsReason
from tonghu.casework.constants import CaseState, NotAccepted, RiskLevel
from tonghu.casework.due import answered_for, due_in, own_cases
from tonghu.casework.models import Case, CaseChild, CaseStep
from tonghu.casework.moving import NotInThisState, OpenCase, ReasonMissing
from tonghu.casework.operations import leads
from tonghu.casework.operations.risk import NextLookMissing, judge_risk
from tonghu.casework.policy import CASES
from tonghu.casework.queries import case_for, cases_for, cases_of
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.people.models import Person
from tonghu.people.policy import FILE


def _steps(case):
    rows = CaseStep.objects.unscoped("tests").filter(case=case).order_by("at", "id")
    return [(one.step, one.from_state, one.to_state) for one in rows]


def test_a_worry_becomes_a_case_step_by_step(liumin, xiaohai):
    case = accepted(xiaohai, liumin)

    assert _steps(case) == [
        ("lead", "", "LEAD"),
        ("screen", "LEAD", "SCREENING"),
        ("accept", "SCREENING", "ASSESSMENT"),
    ]
    assert (case.state, case.accepted_on) == (CaseState.ASSESSMENT, TODAY)
    assert last_row("casework.case.accepted").about_id == xiaohai.pk


def test_whoever_begins_the_intake_of_nobodys_child_holds_the_file(yangfan, wangyan):
    case = heard(wangyan, yangfan)

    leads.begin_screening(case=case, by=yangfan, at=AT)

    assert own_cases(yangfan, on=TODAY) == [case]


def test_a_child_has_one_open_case_and_the_second_lead_belongs_to_it(liumin, case):
    again = heard(case.child, liumin)

    with pytest.raises(OpenCase):
        leads.begin_screening(case=again, by=liumin, at=AT)
    assert Case.objects.unscoped("tests").get(pk=again.pk).state == CaseState.LEAD

    leads.mark_known(case=again, as_=case, by=liumin, at=AT)
    assert (again.state, again.same_as) == (CaseState.DUPLICATE, case)


def test_a_child_in_danger_is_not_sent_away(liumin, xiaohai):
    case = heard(xiaohai, liumin, in_danger=True)

    with pytest.raises(leads.InDanger):
        leads.decline(case=case, instead=NotAccepted.REFUSED, reason="家长不愿意", by=liumin, at=AT)
    leads.end_danger(case=case, reason="当天见到孩子，平安", by=liumin, at=AT)
    leads.decline(case=case, instead=NotAccepted.CONSULT, reason="已答疑", by=liumin, at=AT)

    assert case.state == CaseState.NOT_ACCEPTED


@pytest.mark.parametrize(
    ("also", "refusal"),
    [
        ({"problem": "  "}, leads.WorryMissing),
        ({"heard_on": TODAY + dt.timedelta(days=1)}, leads.HeardLater),
    ],
)
def test_a_lead_says_what_and_when(liumin, xiaohai, also, refusal):
    with pytest.raises(refusal):
        heard(xiaohai, liumin, **also)

    assert not Case.objects.unscoped("tests").exists()


def test_nobody_of_eighteen_is_a_lead(liumin, xiaohai):
    Person.objects.unscoped("tests").filter(pk=xiaohai.pk).update(born_on=dt.date(2008, 5, 1))
    xiaohai.person.refresh_from_db()

    with pytest.raises(leads.OfAge):
        heard(xiaohai, liumin)


def test_a_step_from_a_state_it_does_not_lead_from_is_refused(liumin, lead):
    with pytest.raises(NotInThisState):
        leads.accept(case=lead, by=liumin, at=AT)

    assert _steps(lead) == [("lead", "", "LEAD")]


def test_a_stale_page_changes_nothing(liumin, lead):
    stale = Case.objects.unscoped("tests").get(pk=lead.pk)
    leads.begin_screening(case=lead, by=liumin, at=AT)

    with pytest.raises(NotInThisState):
        leads.begin_screening(case=stale, by=liumin, at=AT)


def test_reopening_needs_a_reason_and_no_other_open_case(liumin, lead):
    leads.decline(case=lead, instead=NotAccepted.CONSULT, reason="已答疑", by=liumin, at=AT)

    with pytest.raises(ReasonMissing):
        leads.reopen(case=lead, reason=" ", by=liumin, at=AT)
    leads.reopen(case=lead, reason="母亲又来电", by=liumin, at=AT)

    assert lead.state == CaseState.SCREENING


def test_a_colleague_finds_the_case_and_reads_it_with_a_reason(yangfan, hanxue, case):
    assert list(cases_of(case.child, yangfan, on=TODAY)) == [case]
    with pytest.raises(NeedsReason):
        case_for(yangfan, case.pk, on=TODAY)
    with pytest.raises(Forbidden):
        leads.suspend(case=case, reason="x", by=yangfan, at=AT)
    assert not cases_of(case.child, hanxue, on=TODAY).exists()


def test_a_family_case_is_closed_with_any_of_its_childrens_files(liumin, team, case, registered):
    sister = registered("谭小月", team, holder=liumin)
    CaseChild(agency_id=case.agency_id, case=case, child=sister).save(force_insert=True)
    assert CASES.rows(Action.READ, Case.objects.all(), liumin, on=TODAY).count() == 1

    grounds.close_to(
        account=liumin.account,
        kind=ClosingKind.CONFLICT,
        target_kind=FILE,
        target_id=sister.pk,
        words="我的外甥女",
        by=liumin,
        at=AT,
    )

    assert not CASES.rows(Action.READ, Case.objects.all(), liumin, on=TODAY).exists()
    with pytest.raises(Hidden):
        case_for(liumin, case.pk, on=TODAY)


def test_a_level_is_a_persons_with_a_reason_and_a_next_look(liumin, yangfan, case):
    with pytest.raises(ReasonMissing):
        judge_risk(case=case, level=RiskLevel.L2_HIGH, reason="", review_on=TODAY, by=liumin, at=AT)
    with pytest.raises(NextLookMissing):
        judge_risk(
            case=case,
            level=RiskLevel.L2_HIGH,
            reason="未到校",
            review_on=TODAY - dt.timedelta(days=1),
            by=liumin,
            at=AT,
        )
    with pytest.raises(Forbidden):
        judged(case, yangfan)

    assert judged(case, liumin).risk_level == RiskLevel.L2_HIGH


def test_nobody_in_immediate_danger_is_paused(liumin, case):
    case.state = CaseState.ACTIVE
    case.save(update_fields=["state"])
    judged(case, liumin, RiskLevel.L1_URGENT, days=3)

    with pytest.raises(leads.InDanger):
        leads.suspend(case=case, reason="回老家", by=liumin, at=AT)


def test_what_a_case_owes_follows_its_risk(liumin, zhanglan, hanxue, case):
    judged(case, liumin, RiskLevel.L2_HIGH, days=14)

    owed = [
        (one.icon, one.on)
        for one in due_in(own_cases(liumin, on=TODAY), on=TODAY)
        if one.icon in ("home-heart", "alert-triangle")
    ]

    assert owed == [
        ("alert-triangle", TODAY),
        ("home-heart", TODAY + dt.timedelta(days=3)),
        ("alert-triangle", TODAY + dt.timedelta(days=14)),
    ]
    assert answered_for(zhanglan, on=TODAY) == [case]
    assert answered_for(hanxue, on=TODAY) == []
    assert list(cases_for(hanxue, on=TODAY)) == []
