"""The pages of possible doubles: the list, side by side, merged and undone, by whom."""

import re

import pytest
from django.urls import reverse

from tests.access.conftest import last_row
from tests.conftest import AT, TODAY
from tests.people.concealing import concealed
from tests.people.two_files import closed, merged, pair_of, rows
from tonghu.access.constants import ReasonCode
from tonghu.access.looks import LOOKED
from tonghu.access.models import JournalRow, Proposal
from tonghu.access.operations import grounds
from tonghu.people.constants import DoubleState
from tonghu.people.models import Merge, PossibleDouble
from tonghu.people.numbers import shown
from tonghu.people.operations import doubles, merging
from tonghu.people.policy import FILE
from tonghu.people.queries import child_for

ENGLISH = re.compile(r"[A-Za-z]{3,}")


def words_of(page) -> str:
    """What a reader sees in the main part of a page, file numbers left out."""
    text = re.search(r"<main.*?</main>", page.content.decode(), re.S)[0]
    text = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", text, flags=re.S)
    return re.sub(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", "", text)


@pytest.fixture
def at(signed_in):
    def asked(by, name, *numbers, **said):
        client = signed_in(by)
        address = reverse(name, args=numbers)
        return client.post(address, said) if said else client.get(address)

    return asked


def test_list_shows_the_pairs_that_wait_and_those_told_apart(
    pair, first, second, registered, team, liumin, at
):
    twin = registered("谭小洋", team, holder=liumin)
    doubles.keep_apart(one=first, other=twin, by=liumin, at=AT)

    page = at(liumin, "double-list")

    assert [one["pair"] for one in page.context["waiting"]] == [pair]
    assert [one["pair"] for one in page.context["apart"]] == [pair_of(first, twin)]
    assert ENGLISH.findall(words_of(page)) == []


@pytest.mark.parametrize("login", ["hejing", "hanxue", "gaoxiulan", "majing"])
def test_list_is_refused_to_who_decides_on_no_child(login, pair, request, at):
    assert at(request.getfixturevalue(login), "double-list").status_code == 403


def test_list_of_a_colleague_hints_at_nothing(pair, yangfan, at):
    page = at(yangfan, "double-list")

    assert (page.status_code, page.context["waiting"], page.context["count"]) == (200, [], 0)


def test_both_files_stand_side_by_side_and_both_looks_are_on_record(
    pair, first, second, liumin, at
):
    page = at(liumin, "double", pair.pk)

    told = {row.what: (row.verdict, row.is_choice) for row in page.context["rows"]}
    assert told["姓名"] == ("close", True)
    assert told["性别"] == ("agrees", False)
    assert told["身份证号"] == ("differs", True)
    assert told["学校"] == ("differs", True)
    looks = rows(JournalRow).filter(event=LOOKED).values_list("about_id", flat=True)
    assert set(looks) == {first.pk, second.pk}
    assert ENGLISH.findall(words_of(page)) == []


def test_side_by_side_says_nothing_of_a_hidden_address_or_telephone(
    pair, first, second, liumin, at
):
    concealed(second, liumin, place=True)

    (lives,) = [row for row in at(liumin, "double", pair.pk).context["rows"] if row.key == "home"]

    assert [one.split(" · ")[0] for one in lives.other] == ["另行约定"]


@pytest.mark.parametrize(
    ("login", "answer"), [("yangfan", 403), ("hejing", 404), ("stranger", 404)]
)
def test_side_by_side_is_not_for_who_does_not_answer_for_both(login, answer, pair, request, at):
    by = request.getfixturevalue(login)

    assert at(by, "double", pair.pk).status_code == answer
    assert at(by, "double-decide", pair.pk, answer="merge").status_code == answer
    assert rows(Merge).count() == 0


def test_head_writes_down_a_reason_for_each_file_first(pair, first, second, qinhui, at):
    answers = []
    for child in (pair.one, pair.other):
        answers.append(at(qinhui, "double", pair.pk))
        grounds.give_reason(
            target_kind=FILE,
            target_id=child.pk,
            code=ReasonCode.SUPERVISION,
            words="核对两份重复的档案",
            by=qinhui,
            at=AT,
        )

    assert [one.headers["Location"].startswith("/reason/") for one in answers] == [True, True]
    assert at(qinhui, "double", pair.pk).status_code == 200


def test_merged_as_chosen_and_undone_on_the_page_that_follows(pair, first, second, liumin, at):
    chosen = {
        "stays": str(second.pk),
        f"choice-{'name'}": "one" if pair.one == first else "other",
        "choice-school": "one" if pair.one == second else "other",
    }

    answer = at(liumin, "double-decide", pair.pk, answer="merge", **chosen)

    merge = rows(Merge).get()
    page = at(liumin, "merge", merge.pk)
    assert answer.headers["Location"] == reverse("merge", args=[merge.pk])
    assert (merge.survivor, merge.loser) == (second, first)
    assert child_for(liumin, second.pk, on=TODAY).person.name == "谭小海"
    assert page.context["may_undo"] is True
    assert ENGLISH.findall(words_of(page)) == []
    at(liumin, "merge-undo", merge.pk, op_id="")
    assert rows(Merge).get().undone_by == liumin.account
    assert at(liumin, "merge", merge.pk).context["may_undo"] is False


def test_child_page_leads_to_what_went_into_it_and_the_old_number_to_the_page(
    pair, first, second, liumin, at
):
    merge = merged(pair, first, liumin)

    page = at(liumin, "child", first.pk)

    assert reverse("merge", args=[merge.pk]) in page.content.decode()
    old = at(liumin, "child", second.pk)
    assert old.headers["Location"] == reverse("child", args=[first.pk])
    led = at(liumin, "double", pair.pk)
    assert led.headers["Location"] == reverse("child", args=[first.pk])


def test_merge_that_was_sent_twice_is_answered_as_the_first_time(pair, first, liumin, at):
    said = {"answer": "merge", "stays": str(first.pk)}
    said |= {"op_id": "01980000-0000-7000-8000-0000000000f1"}

    answers = [at(liumin, "double-decide", pair.pk, **said) for _ in range(2)]

    assert len({one.headers["Location"] for one in answers}) == 1
    assert rows(Merge).count() == 1


def test_merge_pressed_again_on_an_old_page_says_that_it_is_done(pair, first, liumin, at):
    merged(pair, first, liumin)

    answer = at(liumin, "double-decide", pair.pk, answer="merge", stays=str(first.pk))

    assert answer.headers["Location"] == reverse("child", args=[first.pk])
    assert rows(Merge).count() == 1


@pytest.mark.parametrize(
    ("answer", "state"), [("apart", DoubleState.DIFFERENT), ("unsure", DoubleState.UNSURE)]
)
def test_other_answers_are_remembered_and_lead_back_to_the_list(answer, state, pair, liumin, at):
    answered = at(liumin, "double-decide", pair.pk, answer=answer)

    pair.refresh_from_db()
    assert (pair.state, answered.headers["Location"]) == (state, reverse("double-list"))


def test_twins_can_be_put_back_on_the_list(pair, liumin, at):
    at(liumin, "double-decide", pair.pk, answer="apart")
    page = at(liumin, "double", pair.pk)
    at(liumin, "double-decide", pair.pk, answer="again")

    pair.refresh_from_db()
    assert page.context["is_apart"] is True
    assert ENGLISH.findall(words_of(page)) == []
    assert pair.state == DoubleState.OPEN


def test_no_answer_changes_nothing_and_says_so(pair, liumin, at):
    page = at(liumin, "double-decide", pair.pk, answer="?")

    assert page.status_code == 409
    assert "什么都没有改动" in page.content.decode()


def test_undo_that_is_refused_says_what_comes_first(
    pair, first, second, registered, team, liumin, at
):
    third = registered("谭小海", team, holder=liumin)
    earlier = merged(pair, first, liumin)
    merged(pair_of(first, third), first, liumin)

    page = at(liumin, "merge-undo", earlier.pk, op_id="")

    assert page.status_code == 409
    assert "请先撤销后面那次" in page.content.decode()


def test_files_of_two_teams_are_proposed_and_the_second_person_sees_both_numbers(
    first, registered, qingshi, qinhui, zhanglan, at
):
    pair = pair_of(first, registered("谭晓海", qingshi))

    at(qinhui, "double-decide", pair.pk, answer="propose", stays=str(first.pk))

    proposal = rows(Proposal).get()
    page = at(zhanglan, "waiting", proposal.pk)
    assert (proposal.act, rows(Merge).count()) == (merging.MERGE.key, 0)
    assert [first.number[:4] in str(told) for told in page.context["details"].values()] == [
        True,
        False,
    ]
    assert ENGLISH.findall(words_of(page)) == []


def test_work_list_offers_the_pairs_to_who_answers_for_both(pair, liumin, yangfan, at):
    address = reverse("double", args=[pair.pk])

    offered = [address in at(by, "people-work").content.decode() for by in (liumin, yangfan)]

    assert offered == [True, False]


def test_merge_of_a_file_closed_meanwhile_is_hidden(pair, first, liumin, yangfan, at):
    merge = merged(pair, first, liumin)
    closed(first, liumin)

    assert at(liumin, "merge", merge.pk).status_code == 404
    assert at(liumin, "merge-undo", merge.pk, op_id="").status_code == 404
    assert last_row("access.refused").account_id == liumin.account_id


def test_pair_that_the_program_has_missed_is_put_side_by_side_by_number(first, wangyan, liumin, at):
    answer = at(liumin, "double-new", one=shown(first.number), other=wangyan.number.lower())

    pair = pair_of(first, wangyan)
    assert answer.headers["Location"] == reverse("double", args=[pair.pk])
    assert (pair.state, pair.score) == (DoubleState.OPEN, 0)


@pytest.mark.parametrize("other", ["elsewhere", "first", "nobody"])
def test_number_that_leads_nowhere_says_the_same_whosever_it_is(
    other, first, elsewhere, team, liumin, at
):
    number = {"elsewhere": elsewhere.number, "first": first.number, "nobody": "22222222"}[other]

    page = at(liumin, "double-new", one=first.number, other=number)

    said = "两个编号通到同一份档案" if other == "first" else "这里没有你能看到的这个编号的档案"
    assert page.status_code == 409
    assert said in page.content.decode()
    assert rows(PossibleDouble).count() == 0


def test_pair_with_a_colleagues_file_is_not_hers_to_put_side_by_side(
    first, registered, team, yangfan, liumin, at
):
    hers = registered("余若静", team, holder=yangfan)

    answer = at(liumin, "double-new", one=first.number, other=hers.number)

    assert answer.status_code == 403
    assert rows(PossibleDouble).count() == 0
