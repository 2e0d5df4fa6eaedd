import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.casework.test_assessment_pages import english, post, text
from tests.conftest import AT, TODAY
from tonghu.casework.capacities import capacities_of, parts_of, sum_in, what_is_missing
from tonghu.casework.editions import ChangedMeanwhile
from tonghu.casework.measures import Capacity
from tonghu.casework.models import CapacityAssessment
from tonghu.casework.moving import ReasonMissing
from tonghu.casework.operations import capacity
from tonghu.casework.operations.submitting import Decided, NotComplete, approve, submit
from tonghu.casework.reading import waiting_for
from tonghu.casework.schemes.reading import FOLDER, BadScheme, scheme_in, schemes
from tonghu.kernel.errors import Forbidden

PLAIN = (FOLDER / "plain.toml").read_text("utf-8")


def begun(case, by, second, **also):
    said = {"scheme": "plain", "guardian": "奶奶李秀珍", "asked_by": "镇民政办", "done_on": TODAY}
    return capacity.begin_capacity(case=case, second=second.account, **(said | also), by=by, at=AT)


def said(points=2, **also):
    items = {key: capacity.ItemSaid(points, "入户看到") for key in schemes()["plain"].items}
    words = {"level": Capacity.INSUFFICIENT, "reason": "夜里无人", "child_opinion": "想和姑姑住"}
    return capacity.CapacitySaid(items=items, **(words | also))


def written(paper, by, base=1, **also):
    return capacity.write_capacity(paper=paper, said=said(**also), base=base, by=by, at=AT)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("weight = 3", "weight = 0", "a weight is below one"),
        ('key = "able"', 'key = "willing"', "two items have one key"),
        ('evidence_zh = "和监护人谈话的内容"', 'evidence_zh = ""', "wants no evidence"),
        ("most_per_item = 3", "most_per_item = 0", "no points"),
        ('source = "own', 'sauce = "own', "sauce"),
        ("[[area]]", "[[area", "plain.toml"),
    ],
)
def test_a_file_that_is_no_scheme_says_so_when_it_is_loaded(old, new, words):
    with pytest.raises(BadScheme, match=words):
        scheme_in(PLAIN.replace(old, new, 1), "plain.toml")


def test_the_sum_is_shown_and_decides_nothing(liumin, yangfan, case):
    paper = written(begun(case, liumin, yangfan), liumin, points=3)

    assert sum_in(paper) == (51, 51)
    assert paper.level == Capacity.INSUFFICIENT
    assert [one.key for one in parts_of(paper)][:2] == ["sum", "level"]
    assert capacities_of(case, liumin, on=TODAY).get() == paper


def test_two_different_people_look(liumin, yangfan, hanxue, case):
    for second in (liumin, hanxue):
        with pytest.raises(capacity.TwoPeople):
            begun(case, liumin, second)

    paper = begun(case, liumin, yangfan)
    with pytest.raises(IntegrityError), transaction.atomic():
        CapacityAssessment.objects.unscoped("tests").filter(pk=paper.pk).update(
            second=liumin.account
        )


def test_a_level_has_a_reason_at_every_door(liumin, yangfan, case):
    paper = begun(case, liumin, yangfan)

    with pytest.raises(ReasonMissing):
        written(paper, liumin, reason=" ")
    with pytest.raises(IntegrityError), transaction.atomic():
        CapacityAssessment.objects.unscoped("tests").update(level="NORMAL")


def test_nothing_of_two_hands_is_lost(liumin, yangfan, case):
    paper = begun(case, liumin, yangfan)
    written(paper, liumin)

    with pytest.raises(ChangedMeanwhile):
        written(paper, liumin, reason="另一个理由")
    with pytest.raises(capacity.NotAnItem):
        written(paper, liumin, base=2, points=4)


def test_what_is_missing_holds_it_back(liumin, yangfan, case):
    paper = begun(case, liumin, yangfan)

    assert len(what_is_missing(paper)) == 3
    with pytest.raises(NotComplete):
        submit(case=case, kind="capacity", paper=paper, by=liumin, at=AT)


def test_neither_of_the_two_decides(liumin, zhanglan, qinhui, yangfan, case):
    paper = written(begun(case, liumin, zhanglan), liumin)
    submission = submit(case=case, kind="capacity", paper=paper, by=liumin, at=AT)

    with pytest.raises(Forbidden):
        approve(submission=submission, by=zhanglan, at=AT)
    submission.refresh_from_db()
    assert submission.decision == ""

    approve(submission=submission, by=qinhui, at=AT)
    paper.refresh_from_db()
    assert paper.approved_at == AT
    with pytest.raises(Decided):
        written(paper, liumin, base=2)


def test_who_may_begin(zhanglan, yangfan, case):
    for by in (zhanglan, yangfan):
        with pytest.raises(Forbidden):
            begun(case, by, yangfan if by is zhanglan else zhanglan)


def test_a_family_is_looked_at_on_the_pages(liumin, yangfan, zhanglan, case, signed_in):
    client = signed_in(liumin)
    new = {
        "guardian": "奶奶李秀珍",
        "second": str(yangfan.account_id),
        "scheme": "plain",
        "done_on": str(TODAY),
    }
    post(client, "capacity-new", [case.pk], **new)
    paper = CapacityAssessment.objects.unscoped("tests").get()
    items = {f"points_{key}": "2" for key in schemes()["plain"].items}
    items |= {f"seen_{key}": "入户看到" for key in schemes()["plain"].items}
    words = {"level": "INSUFFICIENT", "reason": "夜里无人", "child_opinion": "想和姑姑住"}

    page = post(client, "capacity-write", [paper.pk], base="1", **items, **words)
    stale = post(client, "capacity-write", [paper.pk], base="1", **items, **words)
    handed = post(client, "capacity-submit", [paper.pk])

    assert "34 分，满分 51" in text(page)
    assert "夜里无人" in text(stale).partition("下面是你写的")[0]
    assert "督导审核中" in text(handed)
    pages = [page, stale, handed, client.get(reverse("capacity-new", args=[case.pk]))]
    assert [english(one) for one in pages] == [set()] * 4
    assert waiting_for(zhanglan, on=TODAY)[0].paper == paper.pk
    address = reverse("capacity", args=[paper.pk])
    people = (yangfan, zhanglan)
    assert [signed_in(one).get(address).status_code for one in people] == [302, 200]
    assert "奶奶李秀珍" in text(client.get(reverse("case", args=[case.pk])))
