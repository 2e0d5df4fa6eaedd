import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.access.conftest import last_row
from tests.attachments import brought
from tests.conftest import AT, FIRST_DAY, QINHUI, TODAY
from tonghu.access.actors import system
from tonghu.access.journal import said_in
from tonghu.access.models import Duty
from tonghu.access.operations import grounds
from tonghu.attachments import carriers, moving, operations, queries
from tonghu.attachments.constants import AttachmentKind, AttachmentState
from tonghu.attachments.models import Attachment, AttachmentContent
from tonghu.attachments.receiving import Brought, receive
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden, ReasonNeeded, Refused
from tonghu.kernel.registry import Registry
from tonghu.people.consents import ConsentMissing
from tonghu.people.operations import registering
from tonghu.people.policy import FILE

pytestmark = pytest.mark.usefixtures("agreed")

HOUR = dt.timedelta(hours=1)


def all_papers() -> list[Attachment]:
    return list(Attachment.objects.unscoped("the tests look at all").order_by("id"))


def contents() -> list[AttachmentContent]:
    return list(AttachmentContent.objects.unscoped("the tests look at all").order_by("id"))


def hand_over(child, to, on: dt.date) -> None:
    registering.assign_child(child=child, worker=to.account, from_on=on, by=system(QINHUI), at=AT)


def on_the_file(child, by) -> list[Attachment]:
    return list(queries.papers_of(by, FILE, child.pk, on=TODAY))


def test_photo_is_put_on_the_file_and_on_record(photo, xiaohai, liumin):
    row = last_row("attachments.attachment.added")

    assert (photo.state, photo.kind, photo.added_by) == ("clear", "photo", liumin.account)
    assert (row.about_id, row.subject_id) == (xiaohai.pk, photo.pk)
    assert on_the_file(xiaohai, liumin) == [photo]


def test_content_opens_for_who_holds_the_file(photo, liumin):
    found, content = queries.content_for(liumin, photo.pk, on=TODAY)

    assert (found, len(content)) == (photo, photo.size)
    assert content.startswith(b"\xff\xd8\xff")


def test_colleague_of_the_team_is_asked_for_a_reason(photo, xiaohai, yangfan):
    with pytest.raises(ReasonNeeded):
        queries.content_for(yangfan, photo.pk, on=TODAY)
    assert on_the_file(xiaohai, yangfan) == []

    grounds.give_reason(
        target_kind=FILE, target_id=xiaohai.pk, code="COVER", words="代班看资料", by=yangfan, at=AT
    )

    assert queries.content_for(yangfan, photo.pk, on=TODAY)[0] == photo
    with pytest.raises(Forbidden):
        operations.withdraw_attachment(attachment=photo, reason="错", by=yangfan, at=AT)


@pytest.mark.parametrize("login", ["stranger", "hejing", "hanxue", "majing", "gaoxiulan"])
def test_for_others_there_is_nothing(login, photo, put, xiaohai, request):
    by = request.getfixturevalue(login)

    for pk in (photo.pk, uuid4()):
        with pytest.raises(Hidden):
            queries.paper_for(by, pk, on=TODAY)
    with pytest.raises(Hidden):
        put(xiaohai, by, brought.picture(colour="red"))
    assert (len(all_papers()), on_the_file(xiaohai, by)) == (1, [])


def test_closing_beats_the_duty(photo, xiaohai, liumin, zhanglan):
    grounds.close_to(
        account=liumin.account,
        target_kind=FILE,
        target_id=xiaohai.pk,
        kind="kinship",
        words="表姐",
        by=zhanglan,
        at=AT,
    )

    with pytest.raises(Hidden):
        queries.content_for(liumin, photo.pk, on=TODAY)


def test_same_bytes_stand_on_a_file_once_and_are_kept_once(photo, put, xiaohai, wangyan, liumin):
    again = put(xiaohai, liumin, brought.photo_with_place(), title="又一次")
    on_another = put(wangyan, liumin, brought.photo_with_place(), shows=AttachmentKind.SCAN)

    assert (again, on_another.content_id) == (photo, photo.content_id)
    assert (len(all_papers()), len(contents())) == (2, 2)


def test_scan_older_than_the_duty_is_added_by_who_holds_the_file(put, xiaohai, liumin):
    paper = put(xiaohai, liumin, brought.paper(), happened_on=dt.date(2015, 3, 2))

    assert (paper.state, paper.kind) == (AttachmentState.CLEAR, AttachmentKind.PDF)


def test_late_one_of_a_day_within_the_duty_waits_for_the_supervisor(
    put, xiaohai, liumin, yangfan, zhanglan
):
    hand_over(xiaohai, yangfan, TODAY)

    late = put(xiaohai, liumin, happened_on=TODAY - dt.timedelta(days=1))

    assert late.state == AttachmentState.QUARANTINE
    with pytest.raises(Forbidden):
        queries.content_for(yangfan, late.pk, on=TODAY)
    with pytest.raises(ReasonNeeded):
        queries.content_for(liumin, late.pk, on=TODAY)


def test_late_one_of_a_day_after_the_duty_is_refused(put, xiaohai, liumin, yangfan):
    hand_over(xiaohai, yangfan, TODAY)

    with pytest.raises(Forbidden):
        put(xiaohai, liumin)
    assert all_papers() == []


def test_supervisor_looks_at_a_late_one_and_lets_it_on(put, xiaohai, liumin, yangfan, zhanglan):
    duty = Duty.objects.unscoped("the tests look at all").get(target_id=xiaohai.pk)
    grounds.end_duty(duty=duty, until_on=TODAY - dt.timedelta(days=1), by=system(QINHUI), at=AT)
    late = put(xiaohai, liumin, happened_on=FIRST_DAY)
    late.refresh_from_db()
    assert late.state == AttachmentState.CLEAR, "nobody holds it: it is the team's own"

    hand_over(xiaohai, yangfan, TODAY)
    late = put(xiaohai, liumin, brought.picture(colour="red"), happened_on=FIRST_DAY)
    with pytest.raises(Forbidden):
        operations.release_attachment(attachment=late, by=yangfan, at=AT)
    grounds.begin_duty(
        account=zhanglan.account,
        kind="supervision",
        target_kind="access.account",
        target_id=yangfan.account_id,
        from_on=FIRST_DAY,
        by=system(QINHUI),
        at=AT,
    )
    assert queries.content_for(zhanglan, late.pk, on=TODAY)[0] == late

    operations.release_attachment(attachment=late, by=zhanglan, at=AT)

    assert queries.content_for(yangfan, late.pk, on=TODAY)[0] == late


def test_nobody_lets_her_own_late_one_on(photo, zhanglan):
    Attachment.objects.unscoped("a test").update(state="quarantine", added_by=zhanglan.account)

    with pytest.raises(operations.OwnWork):
        operations.release_attachment(attachment=photo, by=zhanglan, at=AT)


def test_photo_of_tomorrow_is_refused(put, xiaohai, liumin):
    with pytest.raises(operations.NotYet):
        put(xiaohai, liumin, happened_on=TODAY + dt.timedelta(days=1))


def test_file_carries_so_many_and_no_more(photo, put, xiaohai, liumin, monkeypatch):
    monkeypatch.setattr(operations, "MOST_ON_A_FILE", 1)

    with pytest.raises(operations.FileFull, match="200"):
        put(xiaohai, liumin, brought.picture(colour="red"))
    assert (all_papers(), len(contents())) == ([photo], 2)


def test_withdrawn_one_is_shown_to_nobody_and_comes_back(photo, xiaohai, liumin):
    operations.withdraw_attachment(attachment=photo, reason="不是小海", by=liumin, at=AT)

    assert last_row("attachments.attachment.withdrawn").about_id == xiaohai.pk
    assert said_in(last_row("attachments.attachment.withdrawn")).reason == "不是小海"
    with pytest.raises(Forbidden):
        queries.content_for(liumin, photo.pk, on=TODAY)

    operations.put_back_attachment(attachment=photo, by=liumin, at=AT + HOUR)

    found, _content = queries.content_for(liumin, photo.pk, on=TODAY)
    assert (found.state, found.reason, found.withdrawn_at) == ("clear", "", None)


def test_withdrawing_asks_why(photo, liumin):
    with pytest.raises(operations.NoReason):
        operations.withdraw_attachment(attachment=photo, reason="  ", by=liumin, at=AT)
    assert all_papers()[0].state == AttachmentState.CLEAR


def test_withdrawn_one_comes_back_within_thirty_days_only(photo, liumin):
    operations.withdraw_attachment(attachment=photo, reason="错", by=liumin, at=AT)

    with pytest.raises(operations.TooLate):
        operations.put_back_attachment(
            attachment=photo, by=liumin, at=AT + dt.timedelta(days=30, seconds=1)
        )
    operations.put_back_attachment(attachment=photo, by=liumin, at=AT + dt.timedelta(days=30))
    assert all_papers()[0].state == AttachmentState.CLEAR


def test_same_bytes_can_be_added_anew_once_withdrawn(photo, put, xiaohai, liumin):
    operations.withdraw_attachment(attachment=photo, reason="错", by=liumin, at=AT)

    anew = put(xiaohai, liumin, brought.photo_with_place())

    assert (anew != photo, anew.content_id) == (True, photo.content_id)


class NotAgreed(Refused):
    """As consent to photos will refuse."""


def test_floor_above_is_asked_before_adding(put, xiaohai, liumin, monkeypatch):
    asked = []

    def before_adding(**said) -> None:
        asked.append(said)
        if said["kind"] == AttachmentKind.PHOTO:
            raise NotAgreed("The child does not want to be photographed.")

    hooked = Registry("a test")
    hooked.register(FILE, replace(carriers.CARRIERS[FILE], before_adding=before_adding))
    monkeypatch.setattr(carriers, "CARRIERS", hooked)

    with pytest.raises(NotAgreed):
        put(xiaohai, liumin)
    scan = put(xiaohai, liumin, shows=AttachmentKind.SCAN)

    assert [(one["thing"], one["kind"], one["by"]) for one in asked] == [
        (xiaohai, "photo", liumin),
        (xiaohai, "scan", liumin),
    ]
    assert all_papers() == [scan]


def brings(child, by, *files: tuple[str, bytes]):
    return receive(
        [Brought(*one) for one in files],
        kind_of_file=FILE,
        target_id=child.pk,
        shows=AttachmentKind.PHOTO,
        title="",
        happened_on=TODAY,
        by=by,
        at=AT,
    )


def test_bad_file_stops_no_good_one(xiaohai, liumin):
    receipt = brings(
        xiaohai,
        liumin,
        ("1.jpg", brought.picture()),
        ("2.svg", brought.SVG),
        ("3.pdf", brought.paper()),
    )

    assert [one.kind for one in receipt.kept] == ["photo", "pdf"]
    assert [name for name, _words in receipt.refused] == ["2.svg"]
    assert set(on_the_file(xiaohai, liumin)) == set(receipt.kept)


def test_sending_twice_adds_once_and_other_content_is_refused(xiaohai, liumin):
    by = liumin.sending(uuid4())
    files = [("1.jpg", brought.picture()), ("2.jpg", brought.picture(colour="red"))]

    first, second = (brings(xiaohai, by, *files) for _press in range(2))
    other = brings(xiaohai, by, ("1.jpg", brought.picture(colour="blue")))

    assert (second.kept, len(all_papers())) == (first.kept, 2)
    assert (other.kept, [name for name, _words in other.refused]) == ([], ["1.jpg"])


def test_bringing_to_a_file_of_others_is_refused_whole(elsewhere, liumin, stranger, xiaohai):
    with pytest.raises(Hidden):
        brings(elsewhere, liumin, ("1.jpg", brought.picture()))
    with pytest.raises(Hidden):
        brings(xiaohai, stranger, ("1.jpg", brought.picture()))
    assert (all_papers(), contents()) == ([], [])


def test_papers_move_with_a_merge_and_back(photo, put, xiaohai, wangyan, liumin):
    own = put(wangyan, liumin, brought.paper())

    moved = moving.move_all(FILE, xiaohai.pk, wangyan.pk)

    assert moved == [photo.pk]
    assert (on_the_file(xiaohai, liumin), set(on_the_file(wangyan, liumin))) == ([], {own, photo})
    assert moving.move_back(moved, xiaohai.pk) == 1
    assert (on_the_file(xiaohai, liumin), on_the_file(wangyan, liumin)) == ([photo], [own])


def test_erasing_removes_the_bytes_that_no_other_file_needs(photo, put, xiaohai, wangyan, liumin):
    put(xiaohai, liumin, brought.paper())
    shared = put(wangyan, liumin, brought.photo_with_place(), shows=AttachmentKind.SCAN)
    assert len(contents()) == 3

    gone = moving.erase_for(FILE, xiaohai.pk)

    assert (gone, all_papers(), len(contents())) == (2, [shared], 2)
    assert moving.erase_for(FILE, wangyan.pk) == 1
    assert (all_papers(), contents()) == ([], [])


def test_break_glass_reads_and_what_it_adds_waits(put, elsewhere, liumin, qinhui):
    far = put(elsewhere, system(QINHUI), shows=AttachmentKind.SCAN)
    with pytest.raises(Hidden):
        queries.paper_for(liumin, far.pk, on=TODAY)

    grounds.break_glass(
        target_kind=FILE, target_id=elsewhere.pk, words="孩子有生命危险", by=liumin, at=AT
    )

    assert queries.content_for(liumin, far.pk, on=TODAY)[0] == far
    added = put(elsewhere, liumin, brought.paper())
    assert added.state == AttachmentState.QUARANTINE
    with pytest.raises(Forbidden):
        operations.withdraw_attachment(attachment=far, reason="错", by=liumin, at=AT)
    with clock.at(AT + 25 * HOUR), pytest.raises(Hidden):
        queries.content_for(liumin, far.pk, on=TODAY)


def test_photo_waits_for_a_yes_and_a_scan_does_not(put, wangyan, liumin):
    with pytest.raises(ConsentMissing):
        put(wangyan, liumin)

    scan = put(wangyan, liumin, shows=AttachmentKind.SCAN)

    assert all_papers() == [scan]
