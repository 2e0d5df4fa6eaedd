"""The page of the child's rights: what it shows to whom, and what its forms do."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.conftest import AT, TODAY
from tests.people.asking import guardian_of
from tests.people.two_files import rows
from tonghu.access.models import Proposal
from tonghu.access.operations import two_persons
from tonghu.kernel import clock
from tonghu.kernel.ids import new_id
from tonghu.people.constants import CorrectionState, ErasureGround, ErasureState, Relation
from tonghu.people.models import CorrectionRequest, Erasure, LegalHold
from tonghu.people.numbers import shown
from tonghu.people.operations import erasing

WORDS_OF_ENGLISH = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def mother(xiaohai):
    return guardian_of(xiaohai, "郑翠英", Relation.MOTHER)


def _text(page) -> str:
    main = page.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return re.sub(r"<svg.*?</svg>|<[^>]*>", " ", main, flags=re.S)


def _post(client, name, args, **said):
    return client.post(reverse(name, args=args), said | {"op_id": str(new_id())}, follow=True)


def _asked(client, child, mother):
    said = {"part": "school", "wrong": "三年级", "right": "四年级", "asked_on": str(TODAY)}
    return _post(client, "correction-new", [child.pk], asked_by=str(mother.pk), **said)


@pytest.fixture
def closing(xiaohai, zhanglan, qinhui) -> Erasure:
    proposal = erasing.propose_erasing(
        child=xiaohai, ground=ErasureGround.ASKED, reason="本人要求", by=zhanglan, at=AT
    )
    two_persons.confirm(proposal=proposal, by=qinhui, at=AT)
    return rows(Erasure).get()


def test_request_is_noted_answered_and_taken_up_again(xiaohai, mother, liumin, signed_in):
    client = signed_in(liumin)

    noted = _asked(client, xiaohai, mother)
    asked = rows(CorrectionRequest).get()
    page = client.get(reverse("correction-answer", args=[xiaohai.pk, asked.pk]))
    answered = _post(
        client, "correction-answer", [xiaohai.pk, asked.pk], accepted="yes", answer="已改为四年级"
    )
    taken_up = _post(client, "correction-reopen", [xiaohai.pk, asked.pk])

    assert "2026年6月23日之前答复" in _text(noted)
    assert reverse("school-new", args=[xiaohai.pk]) in page.content.decode()
    assert "已改为四年级" in _text(answered)
    assert "已改为四年级" not in _text(taken_up)
    assert rows(CorrectionRequest).get().state == CorrectionState.OPEN


def test_request_stands_on_today_and_on_the_work_list(xiaohai, mother, liumin, signed_in):
    client = signed_in(liumin)
    _asked(client, xiaohai, mother)

    today = _text(client.get(reverse("today")))
    listed = _text(client.get(reverse("people-work")))

    assert "有人要求更正" in today
    assert "学校，2026年6月23日之前答复" in listed


def test_supervisor_proposes_erasing_and_the_worker_is_told_whom_to_ask(
    xiaohai, zhanglan, liumin, signed_in
):
    supervisor, worker = signed_in(zhanglan), signed_in(liumin)

    page = _post(supervisor, "child-erase", [xiaohai.pk], ground="asked", reason="孩子本人要求删除")

    assert "已提出。负责人同意之前没有任何变化。" in page.content.decode()
    assert rows(Proposal).get().subject_id == xiaohai.pk
    told = worker.get(reverse("child-rights", args=[xiaohai.pk]))
    assert reverse("child-erase", args=[xiaohai.pk]) not in told.content.decode()
    assert worker.get(reverse("child-erase", args=[xiaohai.pk])).status_code == 403


def test_file_that_waits_to_be_erased_is_on_no_page_and_can_be_stopped(
    xiaohai, closing, liumin, qinhui, signed_in
):
    worker, head = signed_in(liumin), signed_in(qinhui)

    gone = [
        worker.get(reverse(name, args=[xiaohai.pk])).status_code
        for name in ("child", "child-rights", "child-papers", "child-hidden")
    ]
    listed = _text(worker.get(reverse("child-list")))
    page = _text(head.get(reverse("erasure-list")))
    today = _text(head.get(reverse("today")))
    stopped = _post(head, "erasure-stop", [closing.pk])

    assert gone == [404, 404, 404, 404]
    assert "谭小海" not in listed
    assert f"2026年6月8日删除 · {shown(xiaohai.number)}" in page
    assert "有1份档案等待删除" in today
    assert "已叫停" in stopped.content.decode()
    assert worker.get(reverse("child", args=[xiaohai.pk])).status_code == 200


def test_stopping_twice_or_too_late_is_said_in_words(closing, qinhui, signed_in):
    head = signed_in(qinhui)

    _post(head, "erasure-stop", [closing.pk])
    again = _post(head, "erasure-stop", [closing.pk])

    assert "这件事之前已经叫停或已经执行，没有改动。" in again.content.decode()
    assert rows(Erasure).get().state == ErasureState.STOPPED


def test_others_see_no_erasures(closing, liumin, hejing, signed_in):
    assert [
        "2026年6月8日" in signed_in(one).get(reverse("erasure-list")).content.decode()
        for one in (liumin, hejing)
    ] == [False, False]


def test_hold_is_placed_shown_and_its_end_proposed(xiaohai, qinhui, zhanglan, signed_in):
    head, supervisor = signed_in(qinhui), signed_in(zhanglan)

    _post(head, "hold-new", [xiaohai.pk], authority="court", reason="（2026）民初12号")
    page = supervisor.get(reverse("child-rights", args=[xiaohai.pk]))
    hold = rows(LegalHold).get()
    ended = _post(supervisor, "hold-lift", [xiaohai.pk, hold.pk], reason="已结案")

    assert "（2026）民初12号" in _text(page)
    assert "这份档案正在依法留存，现在不能删除。" in _text(page)
    assert "第二个人同意之前，档案继续留存。" in ended.content.decode()


def test_no_english_is_left_on_the_chinese_pages(xiaohai, mother, zhanglan, qinhui, signed_in):
    client = signed_in(zhanglan)
    _post(signed_in(qinhui), "hold-new", [xiaohai.pk], authority="police", reason="来函")
    _asked(client, xiaohai, mother)
    asked, hold = rows(CorrectionRequest).get(), rows(LegalHold).get()
    pages = [
        ("child-rights", [xiaohai.pk]),
        ("correction-new", [xiaohai.pk]),
        ("correction-answer", [xiaohai.pk, asked.pk]),
        ("hold-lift", [xiaohai.pk, hold.pk]),
        ("child-erase", [xiaohai.pk]),
        ("erasure-list", []),
    ]

    left = {
        name: WORDS_OF_ENGLISH.findall(
            _text(client.get(reverse(name, args=args))).replace(xiaohai.number, "")
        )
        for name, args in pages
    }

    assert left == {name: [] for name, _args in pages}


def test_overdue_request_is_shown_as_such(xiaohai, mother, liumin, signed_in):
    _asked(signed_in(liumin), xiaohai, mother)

    with clock.at(AT + dt.timedelta(days=40)):
        page = signed_in(liumin).get(reverse("child-rights", args=[xiaohai.pk]))

    assert 'class="risk"' in page.content.decode()
