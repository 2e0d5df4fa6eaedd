import re

import pytest
from django.urls import reverse

from tests.casework.assessed import submitted
from tests.casework.test_assessment_pages import english, post, text
from tests.conftest import AT
from tonghu.casework.assessing import newest_of
from tonghu.casework.comparing import compared
from tonghu.casework.models import Case, MarginNote, Submission
from tonghu.casework.operations import assessing
from tonghu.casework.operations.submitting import comment, give_back, submit
from tonghu.casework.reading import waiting_for
from tonghu.people.numbers import shown

FILLED = re.compile(r'<button class="btn big p"[^>]*>(.*?)</button>', re.S)


@pytest.fixture
def again(liumin, zhanglan, case) -> Submission:
    """An assessment that was returned, changed, and handed in a second time."""
    first = submitted(case, liumin)
    give_back(submission=first, reason="补夜间照看", by=zhanglan, at=AT)
    said = assessing.WholeSaid(
        informants="孩子、奶奶、班主任赵老师",
        seen_alone=True,
        child_opinion="想爸爸每周打两次电话",
        summary="隔代照料吃力，姑姑夜里来陪",
    )
    assessing.describe_whole(case=case, said=said, base=1, by=liumin, at=AT)
    paper = newest_of(case)
    return submit(case=case, kind="assessment", paper=paper, by=liumin, at=AT)


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("不吵架。", "不吵架。", [("same", "不吵架。")]),
        ("", "姑姑", [("new", "姑姑")]),
        ("姑姑", "", [("old", "姑姑")]),
        (
            "由妈妈接送孩子。",
            "由姑姑接送孩子。",
            [("same", "由"), ("old", "妈妈"), ("new", "姑姑"), ("same", "接送孩子。")],
        ),
        ("call aunt now", "call mother now", "call |-aunt|+mother| now"),
    ],
)
def test_words_put_in_and_taken_out_are_told_apart(old, new, pieces):
    found = [(one.kind, one.text) for one in compared(old, new)]

    if isinstance(pieces, str):
        signs = {"same": "", "old": "-", "new": "+"}
        assert "|".join(signs[kind] + text for kind, text in found) == pieces
    else:
        assert found == pieces
    assert "".join(text for kind, text in found if kind != "new") == old
    assert "".join(text for kind, text in found if kind != "old") == new


def test_a_change_is_no_confetti():
    found = compared("期末数学考到 60 分", "遇到不会的题，当天问一个人")

    assert [one.kind for one in found] == ["old", "new"]


def test_the_queue_holds_what_she_decides_and_never_her_own(
    liumin, zhanglan, yangfan, qinhui, case
):
    submission = submitted(case, liumin)
    rows = Submission.objects.unscoped("tests")

    assert waiting_for(zhanglan, on=AT.date()) == [submission]
    assert waiting_for(qinhui, on=AT.date()) == [submission]
    assert [waiting_for(one, on=AT.date()) for one in (liumin, yangfan)] == [[], []]

    rows.update(submitted_by=zhanglan.account)
    assert waiting_for(zhanglan, on=AT.date()) == []


def test_who_may_read_what_waits(
    liumin, yangfan, zhanglan, qinhui, hanxue, stranger, case, signed_in
):
    address = reverse("review", args=[submitted(case, liumin).pk])
    people = (liumin, yangfan, zhanglan, qinhui, hanxue, stranger)

    answers = [signed_in(one).get(address).status_code for one in people]
    lists = [signed_in(one).get(reverse("review-list")).status_code for one in people]

    assert answers == [403, 403, 200, 302, 404, 404]
    assert lists == [403, 403, 200, 200, 403, 403]


def test_the_page_shows_what_changed_without_colour_alone(zhanglan, again, signed_in):
    page = signed_in(zhanglan).get(reverse("review", args=[again.pk])).content.decode()

    assert "<del>一</del><ins>两</ins>" in page
    assert "<ins>姑姑夜里来陪</ins>" in page
    whole = signed_in(zhanglan).get(reverse("review", args=[again.pk]) + "?whole")
    assert "<ins>" not in whole.content.decode()


def test_returning_is_the_filled_button_while_comments_are_open(zhanglan, again, signed_in):
    client = signed_in(zhanglan)
    address = reverse("review", args=[again.pk])
    assert "通过第 2 版" in FILLED.findall(client.get(address).content.decode())[0]

    page = post(client, "review-comment", [again.pk], part="summary", words="姑姑同意了吗？")

    assert "退回给刘敏" in FILLED.findall(page.content.decode())[0]
    assert "姑姑同意了吗？" in text(page)
    post(client, "review-return", [again.pk], reason="")
    again.refresh_from_db()
    assert (again.decision, again.reason) == ("returned", "见旁边的批注。")


def test_one_press_approves(zhanglan, again, signed_in):
    page = post(signed_in(zhanglan), "review-approve", [again.pk])

    assert "没有等你处理的" in text(page)
    assert Case.objects.unscoped("tests").get().state == "PLANNING"


def test_the_worker_sees_why_it_came_back(liumin, zhanglan, case, signed_in):
    submission = submitted(case, liumin)
    comment(submission=submission, part="summary", words="夜里谁在？", by=zhanglan, at=AT)
    give_back(submission=submission, reason="补夜间照看", by=zhanglan, at=AT)

    page = text(signed_in(liumin).get(reverse("assessment", args=[case.pk])))

    assert "补夜间照看" in page
    assert "夜里谁在？" in page


def test_her_own_paper_cannot_be_decided_through_the_page(liumin, zhanglan, case, signed_in):
    submission = submitted(case, liumin)
    Submission.objects.unscoped("tests").update(submitted_by=zhanglan.account)
    client = signed_in(zhanglan)

    page = client.get(reverse("review", args=[submission.pk])).content.decode()
    said = {"reason": "x", "part": "summary", "words": "x"}
    answers = [
        post(client, name, [submission.pk], **said).status_code
        for name in ("review-approve", "review-return", "review-comment")
    ]

    assert reverse("review-approve", args=[submission.pk]) not in page
    assert answers == [403, 403, 403]
    assert not MarginNote.objects.unscoped("tests").exists()
    assert Submission.objects.unscoped("tests").get().decision == ""


def test_the_desk_holds_no_english(zhanglan, case, again, signed_in):
    client = signed_in(zhanglan)
    comment(submission=again, part="summary", words="夜里谁在？", by=zhanglan, at=AT)

    pages = [
        client.get(reverse("review-list")),
        client.get(reverse("review", args=[again.pk])),
    ]

    found = {word for page in pages for word in english(page)}
    assert {word for word in found if word not in shown(case.number)} == set()
