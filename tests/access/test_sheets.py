import datetime as dt

import pytest
from django.db.models import Model

from tests.access.conftest import (
    ROLES_OF_THE_CAST,
    a_file,
    give_duty,
    last_row,
    propose_newcomer,
    supervises,
)
from tests.conftest import AT, QINHUI, TODAY, YULAN
from tonghu.access.actors import Actor
from tonghu.access.constants import ClosingKind, DutyKind
from tonghu.access.models import Membership, Organisation
from tonghu.access.operations import grounds, sign_in
from tonghu.access.policy import CONFIGURATION, JOURNAL, PROPOSALS, STAFF
from tonghu.access.sheets import Action, Sheet

ROLES = list(ROLES_OF_THE_CAST)
A_COLLEAGUE = """
                find       read       write      approve    export
head            allow      allow      allow      allow      reason
administrator   allow      allow      allow      forbidden  forbidden
supervisor      allow      allow      forbidden  forbidden  forbidden
worker          hidden     hidden     hidden     hidden     hidden
finance         hidden     hidden     hidden     hidden     hidden
director        hidden     hidden     hidden     hidden     hidden
buyer           hidden     hidden     hidden     hidden     hidden
evaluator       hidden     hidden     hidden     hidden     hidden
auditor         hidden     hidden     hidden     hidden     hidden
"""
ONESELF = """
                find       read       write      approve    export
head            allow      allow      allow      allow      reason
administrator   allow      allow      allow      forbidden  forbidden
supervisor      allow      allow      forbidden  forbidden  forbidden
worker          allow      allow      forbidden  forbidden  forbidden
finance         allow      allow      forbidden  forbidden  forbidden
director        allow      allow      forbidden  forbidden  forbidden
buyer           allow      allow      forbidden  forbidden  forbidden
evaluator       allow      allow      forbidden  forbidden  forbidden
auditor         allow      allow      forbidden  forbidden  forbidden
"""
A_COLLEAGUES_SETTING = """
                find       read       write      approve    export
head            hidden     reason     hidden     hidden     reason
administrator   allow      allow      forbidden  forbidden  forbidden
supervisor      hidden     hidden     hidden     hidden     hidden
worker          hidden     hidden     hidden     hidden     hidden
finance         hidden     hidden     hidden     hidden     hidden
director        hidden     hidden     hidden     hidden     hidden
buyer           hidden     hidden     hidden     hidden     hidden
evaluator       hidden     hidden     hidden     hidden     hidden
auditor         allow      allow      forbidden  forbidden  allow
"""
A_COLLEAGUES_REASON = """
                find       read       write      approve    export
head            hidden     reason     hidden     hidden     reason
administrator   hidden     hidden     hidden     hidden     hidden
supervisor      hidden     hidden     hidden     hidden     hidden
worker          hidden     hidden     hidden     hidden     hidden
finance         hidden     hidden     hidden     hidden     hidden
director        hidden     hidden     hidden     hidden     hidden
buyer           hidden     hidden     hidden     hidden     hidden
evaluator       hidden     hidden     hidden     hidden     hidden
auditor         allow      allow      forbidden  forbidden  allow
"""
OWN_ACT = """
                find       read       write      approve    export
head            allow      allow      forbidden  forbidden  reason
administrator   allow      allow      forbidden  forbidden  forbidden
supervisor      allow      allow      forbidden  forbidden  forbidden
worker          allow      allow      forbidden  forbidden  forbidden
finance         allow      allow      forbidden  forbidden  forbidden
director        allow      allow      forbidden  forbidden  forbidden
buyer           allow      allow      forbidden  forbidden  forbidden
evaluator       allow      allow      forbidden  forbidden  forbidden
auditor         allow      allow      forbidden  forbidden  allow
"""
THE_AGENCY = """
                find       read       write      approve    export
head            allow      allow      allow      allow      forbidden
administrator   allow      allow      allow      forbidden  allow
supervisor      allow      allow      forbidden  forbidden  forbidden
worker          allow      allow      forbidden  forbidden  forbidden
finance         allow      allow      forbidden  forbidden  forbidden
director        allow      allow      forbidden  forbidden  forbidden
buyer           allow      allow      forbidden  forbidden  forbidden
evaluator       allow      allow      forbidden  forbidden  forbidden
auditor         allow      allow      forbidden  forbidden  forbidden
"""
A_ROLE_PROPOSED = """
                find       read       write      approve    export
head            allow      allow      forbidden  forbidden  forbidden
administrator   allow      allow      allow      forbidden  forbidden
supervisor      hidden     hidden     hidden     hidden     hidden
worker          hidden     hidden     hidden     hidden     hidden
finance         hidden     hidden     hidden     hidden     hidden
director        hidden     hidden     hidden     hidden     hidden
buyer           hidden     hidden     hidden     hidden     hidden
evaluator       hidden     hidden     hidden     hidden     hidden
auditor         hidden     hidden     hidden     hidden     hidden
"""
LONGER_EMERGENCY_PROPOSED = """
                find       read       write      approve    export
head            allow      allow      forbidden  forbidden  forbidden
administrator   hidden     hidden     hidden     hidden     hidden
supervisor      hidden     hidden     hidden     hidden     hidden
worker          allow      allow      allow      forbidden  forbidden
finance         hidden     hidden     hidden     hidden     hidden
director        hidden     hidden     hidden     hidden     hidden
buyer           hidden     hidden     hidden     hidden     hidden
evaluator       hidden     hidden     hidden     hidden     hidden
auditor         hidden     hidden     hidden     hidden     hidden
"""


def expected(table: str, role: str) -> list[str]:
    lines = [line.split() for line in table.strip().splitlines()]
    assert lines[0] == [action.value for action in Action]
    return next(line[1:] for line in lines[1:] if line[0] == role)


def judged(sheet: Sheet, by: Actor, thing: Model) -> list[str]:
    """Ask for one thing, and hold the list's answer against it: they are one filter (R2)."""
    answers = [sheet.judge(action, by, thing, on=TODAY).value for action in Action]
    rows = type(thing).objects.all()
    listed = [thing in sheet.rows(action, rows, by, on=TODAY) for action in Action]
    assert listed == [answer == "allow" for answer in answers]
    return answers


@pytest.fixture
def elsewhere(stranger):
    """The other agency is busy too: its rows are there and could leak."""
    sign_in.choose_language(account=stranger.account, language="en", by=stranger, at=AT)
    return stranger


@pytest.mark.parametrize("role", ROLES)
def test_colleagues_row_is_for_those_who_set_up_and_supervise(role, in_role, yangfan, elsewhere):
    by = in_role(role)

    assert judged(STAFF, by, yangfan.membership) == expected(A_COLLEAGUE, role)


@pytest.mark.parametrize("role", ROLES)
def test_own_row_is_found_and_read_by_everybody(role, in_role, elsewhere):
    by = in_role(role)

    assert judged(STAFF, by, by.membership) == expected(ONESELF, role)


@pytest.mark.parametrize("role", ROLES)
def test_nothing_of_another_agency_exists_for_anybody(role, in_role, elsewhere, hejing):
    by = in_role(role)
    _account, proposal = propose_newcomer(hejing)
    proposal.__class__.objects.unscoped("tests").update(agency_id=YULAN)
    proposal.refresh_from_db()
    things = [
        (STAFF, elsewhere.membership),
        (JOURNAL, last_row("access.account.language_chosen", YULAN)),
        (CONFIGURATION, Organisation.objects.unscoped("tests").get(pk=YULAN)),
        (PROPOSALS, proposal),
    ]

    answers = [judged(sheet, by, thing) for sheet, thing in things]

    assert answers == [["hidden"] * 5] * 4


@pytest.mark.parametrize("role", ROLES)
def test_journal_of_accounts_is_for_administrator_and_auditor(role, in_role, yangfan, elsewhere):
    by = in_role(role)
    sign_in.choose_language(account=yangfan.account, language="en", by=yangfan, at=AT)
    row = last_row("access.account.language_chosen")

    assert judged(JOURNAL, by, row) == expected(A_COLLEAGUES_SETTING, role)


@pytest.mark.parametrize("role", ROLES)
def test_journal_of_files_is_not_for_the_administrator(
    role, in_role, yangfan, elsewhere, child_sheet
):
    by, child = in_role(role), a_file()
    give_duty(yangfan, child, DutyKind.TEAM)
    _reason(yangfan, child)
    row = last_row("access.reason.given")

    assert judged(JOURNAL, by, row) == expected(A_COLLEAGUES_REASON, role)


@pytest.mark.parametrize("role", ROLES)
def test_own_act_is_read_by_everybody(role, in_role, elsewhere, yangfan):
    by = in_role(role)
    sign_in.choose_language(account=yangfan.account, language="en", by=yangfan, at=AT)
    sign_in.choose_language(account=by.account, language="en", by=by, at=AT)
    row = last_row("access.account.language_chosen")

    assert judged(JOURNAL, by, row) == expected(OWN_ACT, role)


@pytest.mark.parametrize("role", ROLES)
def test_set_up_is_read_by_all_and_written_by_two(role, in_role, house, elsewhere):
    assert judged(CONFIGURATION, in_role(role), house) == expected(THE_AGENCY, role)


@pytest.mark.parametrize("role", ROLES)
def test_proposed_role_is_seen_by_those_who_set_up(role, in_role, hejing, elsewhere):
    by = in_role(role)
    _account, proposal = propose_newcomer(hejing)

    assert judged(PROPOSALS, by, proposal) == expected(A_ROLE_PROPOSED, role)


@pytest.mark.parametrize("role", ROLES)
def test_proposal_about_a_file_is_not_for_the_administrator(role, in_role, liumin, qinhui):
    by, child = in_role(role), a_file()
    glass = grounds.break_glass(
        target_kind="tests.child", target_id=child.pk, words="孩子有生命危险", by=liumin, at=AT
    )
    proposal = grounds.propose_longer_glass(glass=glass, words="还在医院", by=liumin, at=AT)

    assert judged(PROPOSALS, by, proposal) == expected(LONGER_EMERGENCY_PROPOSED, role)


def test_lists_hold_own_rows_only(liumin, yangfan, zhanglan, stranger):
    rows = Membership.objects.all()

    found = [
        set(STAFF.rows(Action.FIND, rows, by, on=TODAY)) for by in (liumin, zhanglan, stranger)
    ]

    ours = {liumin.membership, yangfan.membership, zhanglan.membership}
    assert found == [{liumin.membership}, ours, {stranger.membership}]


def test_duty_opens_from_its_first_to_its_last_day(child_sheet, liumin, yangfan):
    child, of_a_colleague = a_file(), a_file(name="另一个孩子")
    give_duty(liumin, child, from_on=dt.date(2026, 6, 3), until_on=dt.date(2026, 6, 5))
    give_duty(yangfan, of_a_colleague)

    answers = {
        day: child_sheet.judge(Action.READ, liumin, child, on=dt.date(2026, 6, day)).value
        for day in (2, 3, 5, 6)
    }

    assert answers == {2: "hidden", 3: "allow", 5: "allow", 6: "hidden"}
    assert list(
        child_sheet.rows(Action.READ, Organisation.objects.all(), liumin, on=dt.date(2026, 6, 4))
    ) == [child]


def test_writing_asks_for_the_day_of_the_event(child_sheet, liumin):
    child = a_file()
    give_duty(liumin, child, until_on=dt.date(2026, 5, 29))

    answers = [
        child_sheet.judge(Action.WRITE, liumin, child, on=dt.date(2026, 5, 28)).value,
        child_sheet.judge(Action.READ, liumin, child, on=TODAY).value,
    ]

    assert answers == ["allow", "hidden"]


@pytest.mark.parametrize("kind", list(ClosingKind))
def test_closing_beats_every_opening(kind, child_sheet, liumin, zhanglan):
    child = a_file()
    give_duty(liumin, child)
    supervises(zhanglan, liumin)
    _reason(liumin, child)
    grounds.break_glass(
        target_kind="tests.child", target_id=child.pk, words="孩子有生命危险", by=liumin, at=AT
    )

    grounds.close_to(
        account=liumin.account,
        kind=kind,
        target_kind="tests.child",
        target_id=child.pk,
        words="",
        by=zhanglan,
        at=AT,
    )

    assert judged(child_sheet, liumin, child) == ["hidden"] * 5
    assert judged(child_sheet, zhanglan, child) == [
        "allow",
        "allow",
        "forbidden",
        "allow",
        "forbidden",
    ]


def test_closed_file_takes_its_journal_along(child_sheet, liumin, qinhui, zhanglan):
    child, other = a_file(), a_file(name="另一个孩子")
    give_duty(qinhui, child)
    for file in (child, other):
        give_duty(liumin, file)
        _reason(qinhui, file)
    grounds.give_reason(
        target_kind="access.journal",
        target_id=QINHUI,
        code="AUDIT",
        words="季度检查看过的记录",
        by=qinhui,
        at=AT,
    )

    for account in (qinhui.account, liumin.account):
        grounds.close_to(
            account=account,
            kind=ClosingKind.CONFLICT,
            target_kind="tests.child",
            target_id=child.pk,
            words="姑姑",
            by=zhanglan,
            at=AT,
        )

    for by in (qinhui, liumin):
        rows = JOURNAL.rows(
            Action.READ, type(last_row("access.duty.begun")).objects.all(), by, on=TODAY
        )
        assert child.pk not in {row.about_id for row in rows}
        assert other.pk in {row.about_id for row in rows}


def _reason(by: Actor, child: Organisation):
    return grounds.give_reason(
        target_kind="tests.child",
        target_id=child.pk,
        code="COVER",
        words="替同事去看这个孩子",
        by=by,
        at=AT,
    )
