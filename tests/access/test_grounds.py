import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.access.conftest import CHILD, a_file, events, give_duty, last_row, supervises
from tests.access.triggers import accept, refuse
from tests.conftest import AT, TODAY, YULAN, entered
from tonghu.access.constants import ClosingKind, DutyKind, ReasonCode
from tonghu.access.journal import said_in
from tonghu.access.models import BreakGlass, Notice, Organisation, Reason
from tonghu.access.operations import grounds, two_persons
from tonghu.access.sheets import Action
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden

WORDS = "母亲来电说孩子在河边"
END_OF_DAY = dt.datetime(2026, 6, 1, 16, 0, tzinfo=dt.UTC)
"""Midnight in Xi'an."""


def reason_for(by, child, *, words="替同事去看这个孩子", at=AT):
    return grounds.give_reason(
        target_kind=CHILD, target_id=child.pk, code=ReasonCode.COVER, words=words, by=by, at=at
    )


def broken(by, child, *, words=WORDS, at=AT):
    return grounds.break_glass(target_kind=CHILD, target_id=child.pk, words=words, by=by, at=at)


def closed_to(actor, child, kind=ClosingKind.CONFLICT):
    return grounds.close_to(
        account=actor.account,
        kind=kind,
        target_kind=CHILD,
        target_id=child.pk,
        words="",
        by=actor,
        at=AT,
    )


def answers(sheet, by, child) -> dict[str, str]:
    return {action: sheet.judge(action, by, child, on=TODAY).value for action in Action}


def told() -> set:
    return set(Notice.objects.unscoped("tests").values_list("account_id", flat=True))


def test_reason_opens_reading_to_the_end_of_the_local_day(child_sheet, liumin):
    child, other = a_file(), a_file(name="另一个孩子")
    for file in (child, other):
        give_duty(liumin, file, DutyKind.TEAM)
    before = answers(child_sheet, liumin, child)

    reason_for(liumin, child)

    after = answers(child_sheet, liumin, child)
    reading = []
    for moment in (END_OF_DAY - dt.timedelta(seconds=1), END_OF_DAY):
        with clock.at(moment):
            reading.append(child_sheet.judge(Action.READ, liumin, child, on=TODAY).value)
    assert before == _said("allow reason forbidden forbidden forbidden")
    assert after == _said("allow allow forbidden forbidden forbidden")
    assert answers(child_sheet, liumin, other) == before
    assert reading == ["allow", "reason"]


def test_reason_late_in_the_evening_of_utc_holds_for_the_next_local_day(liumin, child_sheet):
    late = dt.datetime(2026, 6, 1, 17, 30, tzinfo=dt.UTC)

    reason = reason_for(liumin, a_file(), at=late)

    assert reason.until_at == END_OF_DAY + dt.timedelta(days=1)


def test_reason_opens_nothing_where_the_sheet_offers_none(child_sheet, liumin, hanxue, stranger):
    child = a_file()

    for by in (liumin, hanxue, stranger):
        reason_for(by, child)

    assert [answers(child_sheet, by, child) for by in (liumin, hanxue, stranger)] == [
        _said("hidden hidden hidden hidden hidden")
    ] * 3


def test_reason_is_one_persons(child_sheet, liumin, yangfan):
    child = a_file()
    for by in (liumin, yangfan):
        give_duty(by, child, DutyKind.TEAM)

    reason_for(liumin, child)

    assert child_sheet.judge(Action.READ, yangfan, child, on=TODAY).value == "reason"


@pytest.mark.parametrize("words", ["", "   ", "看看"])
def test_reason_says_something(words, liumin, child_sheet):
    with pytest.raises(grounds.TooShort):
        reason_for(liumin, a_file(), words=words)

    assert Reason.objects.unscoped("tests").count() == 0


def test_reason_of_an_unknown_kind_is_for_nothing(liumin):
    with pytest.raises(Hidden):
        grounds.give_reason(
            target_kind="no.such" * 30,
            target_id=liumin.account_id,
            code=ReasonCode.COVER,
            words="替同事去看",
            by=liumin,
            at=AT,
        )


def test_reason_is_sealed_and_on_record(liumin, child_sheet):
    child = a_file()

    reason_for(liumin, child)

    row = last_row("access.reason.given")
    stored = Reason.objects.unscoped("tests").values_list("words", flat=True)[0]
    assert (row.about_id, row.account_id) == (child.pk, liumin.account_id)
    assert said_in(row).reason == "替同事去看这个孩子"
    assert "替同事" not in row.sealed + row.fields + stored


@pytest.mark.parametrize("role", ["worker", "supervisor", "head"])
def test_glass_opens_reading_alone_for_a_day(role, child_sheet, in_role, qinhui, zhanglan, yangfan):
    by, child, other = in_role(role), a_file(), a_file(name="另一个孩子")
    give_duty(yangfan, child)

    broken(by, child)

    opened = answers(child_sheet, by, child)
    reading = []
    for hours in (23, 24):
        with clock.at(AT + dt.timedelta(hours=hours)):
            reading.append(child_sheet.judge(Action.READ, by, child, on=TODAY).value)
    closed = "reason" if role == "head" else "hidden"
    assert opened == _said("forbidden allow forbidden forbidden forbidden")
    assert reading == ["allow", closed]
    assert child_sheet.judge(Action.READ, by, other, on=TODAY).value == closed
    assert child not in child_sheet.rows(Action.FIND, Organisation.objects.all(), by, on=TODAY)


@pytest.mark.parametrize(
    "role", ["administrator", "finance", "director", "buyer", "evaluator", "auditor"]
)
def test_glass_is_not_for_every_role(role, child_sheet, in_role, qinhui):
    by, child = in_role(role), a_file()

    with pytest.raises(Hidden):
        broken(by, child)

    assert BreakGlass.objects.unscoped("tests").count() == 0
    assert answers(child_sheet, by, child) == _said("hidden hidden hidden hidden hidden")


def test_glass_left_by_a_worker_does_not_serve_her_other_role(child_sheet, liumin, house, qinhui):
    child = a_file()
    broken(liumin, child)
    other_role = liumin.__class__(
        liumin.agency_id,
        liumin.account,
        entered(house, "x", "某", "X", "finance").membership,
    )

    assert child_sheet.judge(Action.READ, other_role, child, on=TODAY).value == "hidden"


def test_glass_reaches_no_other_agency(child_sheet, liumin, qinhui, other_house):
    child = a_file(YULAN)

    broken(liumin, child)

    assert answers(child_sheet, liumin, child) == _said("hidden hidden hidden hidden hidden")


def test_glass_tells_those_on_duty_and_the_head_at_once(liumin, yangfan, zhanglan, qinhui, hejing):
    child = a_file()
    give_duty(yangfan, child)
    supervises(zhanglan, yangfan)

    broken(liumin, child)

    assert told() == {yangfan.account_id, zhanglan.account_id, qinhui.account_id}


def test_glass_is_never_told_to_those_closed_out(liumin, yangfan, zhanglan, qinhui):
    child = a_file()
    give_duty(yangfan, child)
    supervises(zhanglan, yangfan)
    for actor in (yangfan, qinhui):
        closed_to(actor, child)

    broken(liumin, child)

    assert told() == {zhanglan.account_id}


def test_glass_with_nobody_to_tell_stays_whole(liumin, qinhui, child_sheet):
    child = a_file()
    closed_to(qinhui, child)

    with pytest.raises(grounds.NobodyToTell):
        broken(liumin, child)

    assert (told(), BreakGlass.objects.unscoped("tests").count()) == (set(), 0)
    assert child_sheet.judge(Action.READ, liumin, child, on=TODAY).value == "hidden"


def test_head_alone_cannot_break_glass_unseen(qinhui):
    with pytest.raises(grounds.NobodyToTell):
        broken(qinhui, a_file())


@pytest.mark.parametrize("kind", list(ClosingKind))
def test_glass_does_not_open_what_is_closed(kind, liumin, qinhui, child_sheet):
    child = a_file()
    closed_to(liumin, child, kind)

    with pytest.raises(Hidden):
        broken(liumin, child)

    assert (told(), child_sheet.judge(Action.READ, liumin, child, on=TODAY).value) == (
        set(),
        "hidden",
    )


def test_notice_and_access_stand_or_fall_together(liumin, qinhui):
    child, before = a_file(), len(events())
    with transaction.atomic():
        refuse("access_notice", "no notice today")
        with pytest.raises(Exception, match="no notice today"):
            broken(liumin, child)
        accept("access_notice")

    assert BreakGlass.objects.unscoped("tests").count() == 0
    assert len(events()) == before


def test_glass_is_reviewed_once_by_another_who_answers_for_safety(
    liumin, zhanglan, qinhui, hejing, stranger
):
    child = a_file()
    glass = broken(liumin, child)

    for nobody in (liumin, hejing):
        with pytest.raises(Forbidden):
            grounds.review_glass(glass=glass, finding="确有危险", by=nobody, at=AT)
    with pytest.raises(Hidden):
        grounds.review_glass(glass=glass, finding="确有危险", by=stranger, at=AT)
    grounds.review_glass(glass=glass, finding="确有危险", by=zhanglan, at=AT)
    with pytest.raises(grounds.AlreadyReviewed):
        grounds.review_glass(glass=glass, finding="改写结论", by=qinhui, at=AT)

    kept = BreakGlass.objects.unscoped("tests").get(pk=glass.pk)
    assert (kept.reviewed_by_id, kept.finding) == (zhanglan.account_id, "确有危险")


def test_head_of_another_agency_reviews_nothing(liumin, qinhui, other_house):
    glass = broken(liumin, a_file())
    foreign = entered(other_house, "tangning", "唐宁", "Tang Ning", "head")

    with pytest.raises(Hidden):
        grounds.review_glass(glass=glass, finding="确有危险", by=foreign, at=AT)


def test_reviewer_to_whom_the_file_is_closed_learns_nothing(liumin, zhanglan, qinhui):
    child = a_file()
    glass = broken(liumin, child)
    closed_to(zhanglan, child)

    with pytest.raises(Hidden):
        grounds.review_glass(glass=glass, finding="确有危险", by=zhanglan, at=AT)


def test_database_itself_refuses_a_self_review(liumin, qinhui):
    glass = broken(liumin, a_file())
    glass.reviewed_by = liumin.account

    with (
        pytest.raises(IntegrityError, match="break_glass_reviewed_by_another"),
        transaction.atomic(),
    ):
        glass.save()


def test_glass_lasts_longer_by_two_persons_only(child_sheet, liumin, zhanglan, qinhui):
    child = a_file()
    glass = broken(liumin, child)
    soon = AT + dt.timedelta(hours=23)

    with pytest.raises(Forbidden):
        grounds.propose_longer_glass(glass=glass, words="还没有找到", by=zhanglan, at=soon)
    proposal = grounds.propose_longer_glass(glass=glass, words="还没有找到", by=liumin, at=soon)
    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=proposal, by=liumin, at=soon)
    two_persons.confirm(proposal=proposal, by=zhanglan, at=soon)

    reading = []
    for hours in (46, 47):
        with clock.at(AT + dt.timedelta(hours=hours)):
            reading.append(child_sheet.judge(Action.READ, liumin, child, on=TODAY).value)
    assert reading == ["allow", "hidden"]


def test_duty_is_not_given_to_somebody_closed_out(liumin):
    child = a_file()
    closed_to(liumin, child)

    with pytest.raises(Forbidden):
        give_duty(liumin, child)


def _said(words: str) -> dict[str, str]:
    return dict(zip(Action, words.split(), strict=True))
