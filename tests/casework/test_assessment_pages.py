import re

import pytest
from django.urls import reverse

from tests.casework.assessed import NEED, assessed, submitted
from tests.conftest import AT, TODAY
from tonghu.casework.assessing import newest_of
from tonghu.casework.due import due_in, own_cases
from tonghu.casework.models import AssessedNeed, Case, InstrumentScore, Submission
from tonghu.casework.operations.submitting import give_back
from tonghu.kernel.ids import new_id
from tonghu.people.numbers import shown

WORDS_OF_ENGLISH = re.compile(r"[A-Za-z]{3,}")
OTHERS_NAMES = {"SDQ", "WHO", "PSSS", "CYRM", "APGAR", "PHQ", "GAD"}


def text(page) -> str:
    main = page.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return re.sub(r"<svg.*?</svg>|<[^>]*>", " ", main, flags=re.S)


def english(page) -> set[str]:
    return set(WORDS_OF_ENGLISH.findall(text(page))) - OTHERS_NAMES


def post(client, name, args, **said):
    return client.post(reverse(name, args=args), said | {"op_id": str(new_id())}, follow=True)


def test_an_assessment_is_written_and_handed_in(liumin, case, signed_in):
    client = signed_in(liumin)
    said = {"facts": "奶奶腿脚不便", "strength": "姑姑住同村", "score": "4", "base": "0"}

    page = post(client, "assessment-need", [case.pk, "GUARDIANSHIP"], **said)
    assert "16 项里写了 1 项，只写要紧的。" in text(page)
    assert "还没有孩子的意见" in text(page)
    assert reverse("assessment-submit", args=[case.pk]) not in page.content.decode()

    whole = {
        "base": "0",
        "informants": "孩子",
        "seen_alone": "yes",
        "child_opinion": "想爸爸",
        "summary": "小结",
    }
    post(client, "assessment-whole", [case.pk], **whole)
    risk = {"level": "L2_HIGH", "reason": "三周未到校", "review_on": str(TODAY)}
    post(client, "risk-new", [case.pk], **risk)
    page = client.get(reverse("assessment", args=[case.pk]))
    assert reverse("assessment-submit", args=[case.pk]) in page.content.decode()

    page = post(client, "assessment-submit", [case.pk])

    assert "督导审核中" in text(page)
    assert Submission.objects.unscoped("tests").get().kind == "assessment"


def test_two_who_write_lose_neither_text(liumin, case, signed_in):
    client = signed_in(liumin)
    args = [case.pk, "SAFETY"]
    post(client, "assessment-need", args, facts="先存的话", base="0")

    page = post(client, "assessment-need", args, facts="后写的话", base="0")

    assert "先存的话" in text(page)
    assert "后写的话" in text(page)
    assert AssessedNeed.objects.unscoped("tests").get().facts == "先存的话"

    base = re.search(r'name="base" value="(\d+)"', page.content.decode())[1]
    post(client, "assessment-need", args, facts="合在一起", base=base)
    assert AssessedNeed.objects.unscoped("tests").get().facts == "合在一起"


@pytest.mark.parametrize(
    "name", ["assessment", "assessment-whole", "score-new", "assessment-need", "case"]
)
def test_pages_hold_no_english(name, liumin, zhanglan, case, signed_in):
    submission = submitted(case, liumin)
    give_back(submission=submission, reason="补夜间照看", by=zhanglan, at=AT)
    args = [case.pk, "GUARDIANSHIP"] if name == "assessment-need" else [case.pk]

    page = signed_in(liumin).get(reverse(name, args=args))

    assert page.status_code == 200
    assert {one for one in english(page) if one not in shown(case.number)} == set()


def test_who_may_open_it(liumin, yangfan, zhanglan, qinhui, hanxue, case, signed_in):
    address = reverse("assessment", args=[case.pk])
    writing = reverse("assessment-whole", args=[case.pk])

    answers = [
        (signed_in(one).get(address).status_code, signed_in(one).get(writing).status_code)
        for one in (liumin, yangfan, zhanglan, qinhui, hanxue)
    ]

    assert answers == [(200, 200), (302, 403), (200, 403), (302, 403), (404, 404)]


def test_a_part_of_life_that_does_not_exist_is_not_there(liumin, case, signed_in):
    page = signed_in(liumin).get(reverse("assessment-need", args=[case.pk, "LUCK"]))

    assert page.status_code == 404


def test_the_case_tells_of_its_assessment(liumin, zhanglan, case, signed_in):
    assessed(case, liumin, zhanglan)

    page = text(signed_in(liumin).get(reverse("case", args=[case.pk])))

    assert "预估已通过" in page
    assert "想爸爸每周打一次电话" in page


def test_a_score_is_typed_in_from_paper(liumin, case, signed_in):
    said = {"instrument": "SDQ", "answered_by": "parent", "raw": "17", "on": str(TODAY)}

    post(signed_in(liumin), "score-new", [case.pk], **said)

    page = text(signed_in(liumin).get(reverse("assessment", args=[case.pk])))
    assert "明显偏高" in page
    story = text(signed_in(liumin).get(reverse("case", args=[case.pk])))
    assert "总分：17 分" in story
    assert InstrumentScore.objects.unscoped("tests").get().raw == 17


def test_an_assessment_is_due_until_it_is_with_the_supervisor(liumin, zhanglan, case):
    def owed():
        found = due_in(own_cases(liumin, on=TODAY), on=TODAY)
        return [str(one.what) for one in found if one.icon == "clipboard-list"]

    assert owed() == ["写预估"]
    submission = submitted(case, liumin)
    assert owed() == []
    give_back(submission=submission, reason="补", by=zhanglan, at=AT)
    assert owed() == ["修改预估"]
    assert newest_of(case).approved_at is None
    assert Case.objects.unscoped("tests").get(pk=case.pk).state == "ASSESSMENT"
    assert NEED.score == 4
