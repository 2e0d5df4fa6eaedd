"""The pages of consent and suspension: what they ask, what they say, and to whom."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.conftest import AT, FIRST_DAY, QINHUI, TODAY
from tests.people.asking import NO, PHOTO, SHARE, YES, answered, born, guardian_of
from tonghu.access.actors import system
from tonghu.access.constants import ReasonCode
from tonghu.access.operations import grounds
from tonghu.people.consents import PURPOSES, State, standing_of
from tonghu.people.constants import ConsentKind, Relation, SuspensionGround
from tonghu.people.models import Consent, GuardianSuspension
from tonghu.people.numbers import shown
from tonghu.people.operations import consents, suspensions
from tonghu.people.policy import FILE
from tonghu.people.renewals import renewals_for

A_DAY = dt.timedelta(days=1)
PAGES = ["consents", "consent-new", "duty-new"]
ENGLISH = re.compile(r">[^<]*[A-Za-z]{3,}[^<]*<")
TALK = {
    "child_words": "她说可以，不要拍脸",
    "child_view": "willing",
    "way": "face",
    "language": "dialect",
    "given_on": "2026-06-01",
    "expires_on": "2027-05-31",
    "limits": "不拍脸",
    **{one.value: "later" for one in PURPOSES},
}


@pytest.fixture
def mother(xiaohai):
    return guardian_of(xiaohai, "郑翠英", Relation.MOTHER)


@pytest.fixture
def father(xiaohai):
    return guardian_of(xiaohai, "谭长青", Relation.FATHER)


@pytest.fixture
def suspension(xiaohai, father, zhanglan):
    return suspensions.suspend_guardian(
        child=xiaohai,
        guardian=father,
        ground=SuspensionGround.SUSPECT,
        reason="孩子说父亲打她",
        by=zhanglan,
        at=AT,
    )


def body_of(page) -> str:
    """The page without scripts, styles and its way to English, which is no English left on it."""
    text = page.content.decode()
    text = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", text)
    return re.sub(r'(?s)<[^>]*lang="en"[^>]*>.*?<', "<", text)


@pytest.mark.parametrize("name", PAGES)
def test_page_opens_in_chinese_for_who_holds_the_file(name, liumin, xiaohai, mother, signed_in):
    answered(xiaohai, mother)

    page = signed_in(liumin).get(reverse(name, args=[xiaohai.pk]))

    main = re.search(r"(?s)<main.*</main>", body_of(page))
    assert page.status_code == 200
    assert ENGLISH.findall(main[0]) == []


@pytest.mark.parametrize(
    ("who", "status"),
    [("yangfan", 403), ("qinhui", 403), ("hejing", 404), ("hanxue", 404), ("stranger", 404)],
)
def test_asking_is_for_who_holds_the_file(who, status, xiaohai, mother, request, signed_in):
    client = signed_in(request.getfixturevalue(who))

    answers = [client.get(reverse(name, args=[xiaohai.pk])).status_code for name in PAGES[1:]]

    assert answers == [status] * 2


def test_one_talk_is_written_down_in_one_form(liumin, xiaohai, mother, signed_in):
    client = signed_in(liumin)
    said = TALK | {"giver": mother.pk, "PHOTO": "yes", "PUBLISH": "no"}

    answer = client.post(reverse("consent-new", args=[xiaohai.pk]), said)

    rows = Consent.objects.unscoped("what is kept").order_by("purpose")
    assert answer.status_code == 302
    assert [(row.purpose, row.answer, row.limits, row.expires_on) for row in rows] == [
        ("PHOTO", "yes", "不拍脸", dt.date(2027, 5, 31)),
        ("PUBLISH", "no", None, None),
    ]
    page = client.get(reverse("child", args=[xiaohai.pk])).content.decode()
    assert "母亲 郑翠英：同意，2026年6月1日（当面口头）" in page
    assert "不拍脸" in page


def test_form_for_one_purpose_asks_for_that_alone(liumin, xiaohai, mother, signed_in):
    client = signed_in(liumin)

    form = client.get(reverse("consent-new", args=[xiaohai.pk]), {"purpose": "PHOTO"})
    nonsense = client.get(reverse("consent-new", args=[xiaohai.pk]), {"purpose": "<b>"})

    asked = [one.value for one in ConsentKind]
    assert [name for name in form.context["form"].fields if name in asked] == ["PHOTO"]
    assert len([name for name in nonsense.context["form"].fields if name in asked]) == 8


def test_form_offers_the_child_only_where_its_word_is_its_own(liumin, xiaohai, mother, signed_in):
    client, offered = signed_in(liumin), []
    for birth in (dt.date(2012, 6, 2), dt.date(2012, 6, 1), dt.date(2008, 6, 1), None):
        born(xiaohai, birth)
        form = client.get(reverse("consent-new", args=[xiaohai.pk])).context["form"]
        offered.append([str(pk) for pk, _words in form.fields["giver"].choices])

    own, hers = str(xiaohai.pk), str(mother.pk)
    assert offered == [[hers], [hers, own], [own], [hers, own]]


def test_talk_without_an_answer_is_kept_on_the_page_with_what_is_missing(
    liumin, xiaohai, mother, signed_in
):
    page = signed_in(liumin).post(
        reverse("consent-new", args=[xiaohai.pk]), TALK | {"giver": mother.pk}
    )

    assert "至少有一项用途要选同意或不同意" in page.content.decode()
    assert "她说可以，不要拍脸" in page.content.decode()
    assert Consent.objects.unscoped("nothing is left").count() == 0


def test_consent_is_taken_back_and_that_is_undone_when_it_was_a_mistake(
    liumin, xiaohai, mother, signed_in
):
    consent, client = answered(xiaohai, mother, given_on=FIRST_DAY), signed_in(liumin)
    args = [xiaohai.pk, consent.pk]

    client.post(
        reverse("consent-withdraw", args=args),
        {"person": mother.pk, "way": "phone", "withdrawn_on": "2026-06-01"},
    )
    assert standing_of(xiaohai, PHOTO, TODAY).state is State.WITHDRAWN

    page = client.get(reverse("consents", args=[xiaohai.pk])).content.decode()
    assert reverse("withdrawal-cancel", args=args) in page
    client.post(reverse("withdrawal-cancel", args=args))
    assert standing_of(xiaohai, PHOTO, TODAY).state is State.ALLOWED


def test_duty_of_the_law_is_noted_and_ended(liumin, xiaohai, signed_in):
    client = signed_in(liumin)
    client.post(
        reverse("duty-new", args=[xiaohai.pk]),
        {
            "basis": "report",
            "purposes": ["DATA_SHARE", "PHOTO"],
            "reason": "已向派出所报告",
            "given_on": "2026-06-01",
        },
    )
    states = [standing_of(xiaohai, one, TODAY).state for one in (SHARE, PHOTO)]
    assert states == [State.LEGAL_DUTY] * 2

    duty = Consent.objects.unscoped("what is kept").get(purpose=SHARE)
    client.post(reverse("duty-end", args=[xiaohai.pk, duty.pk]))

    assert standing_of(xiaohai, SHARE, TODAY + A_DAY).state is State.MISSING


def test_answer_of_another_childs_file_is_no_answer_at_all(
    liumin, xiaohai, wangyan, mother, signed_in
):
    consent = answered(xiaohai, mother)

    page = signed_in(liumin).get(reverse("consent-withdraw", args=[wangyan.pk, consent.pk]))

    assert page.status_code == 404


def test_supervisor_suspends_a_guardian_and_everybody_at_work_reads_it(
    zhanglan, liumin, yangfan, xiaohai, father, mother, signed_in
):
    client = signed_in(zhanglan)
    form = client.get(reverse("guardian-suspend", args=[xiaohai.pk])).context["form"]
    named = [words for _pk, words in form.fields["tied"].choices]

    answer = client.post(
        reverse("guardian-suspend", args=[xiaohai.pk]),
        {
            "guardian": father.pk,
            "ground": "suspect",
            "reason": "孩子说父亲打她",
            "tied": [yangfan.account_id],
        },
    )

    page = signed_in(liumin).get(reverse("child", args=[xiaohai.pk])).content.decode()
    assert answer.status_code == 302
    assert ("张岚" in named, "刘敏" in named) == (False, True)
    assert "不给谭长青看" in page
    assert signed_in(yangfan).get(reverse("child", args=[xiaohai.pk])).status_code == 404
    offered = signed_in(liumin).get(reverse("consent-new", args=[xiaohai.pk]))
    assert [str(pk) for pk, _ in offered.context["form"].fields["giver"].choices] == [
        str(mother.pk)
    ]


def test_worker_is_told_who_can_suspend_and_cannot_herself(liumin, xiaohai, father, signed_in):
    client = signed_in(liumin)

    page = client.get(reverse("consents", args=[xiaohai.pk])).content.decode()
    form = client.get(reverse("guardian-suspend", args=[xiaohai.pk]))

    assert "督导或机构负责人可以马上暂停" in page
    assert reverse("guardian-suspend", args=[xiaohai.pk]) not in page
    assert form.status_code == 403


def test_head_suspends_after_a_written_reason(qinhui, xiaohai, father, signed_in):
    client, address = signed_in(qinhui), reverse("guardian-suspend", args=[xiaohai.pk])
    assert client.get(address).headers["Location"].startswith("/reason/")

    grounds.give_reason(
        target_kind=FILE,
        target_id=xiaohai.pk,
        code=ReasonCode.SUPERVISION,
        words="督导请假，社工来电",
        by=qinhui,
        at=AT,
    )
    client.post(address, {"guardian": father.pk, "ground": "not_found", "reason": "三个月联系不上"})

    held = GuardianSuspension.objects.unscoped("what is kept").get()
    assert (held.decided_by, held.ground) == (qinhui.account, "not_found")


def test_rights_are_given_back_by_a_second_person_on_the_pages(
    zhanglan, qinhui, xiaohai, suspension, signed_in
):
    signed_in(zhanglan).post(
        reverse("guardian-give-back", args=[xiaohai.pk, suspension.pk]),
        {"reason": "公安已排除嫌疑"},
    )
    client = signed_in(qinhui)
    waits = client.get(reverse("waiting-list")).context["waiting"]
    page = client.get(reverse("waiting", args=[waits[0].pk])).content.decode()
    client.post(reverse("waiting-decide", args=[waits[0].pk]), {"confirm": "1"})

    suspension.refresh_from_db()
    assert [word in page for word in ("谭小海", "谭长青", "公安已排除嫌疑")] == [True] * 3
    assert suspension.until_on == TODAY


@pytest.mark.parametrize(
    ("ends", "listed"),
    [(-61, False), (-60, True), (0, True), (30, True), (31, False), (None, False)],
)
def test_consent_that_runs_out_is_asked_for_again(ends, listed, liumin, xiaohai, mother):
    expires = None if ends is None else TODAY + ends * A_DAY
    answered(xiaohai, mother, given_on=TODAY - 400 * A_DAY, expires_on=expires)

    found = [(one.child, one.purposes) for one in renewals_for(liumin, on=TODAY)]

    assert found == ([(xiaohai, [PHOTO])] if listed else [])


@pytest.mark.parametrize("then", ["renewed", "refused", "withdrawn", "suspended", "no guardian"])
def test_consent_that_was_settled_is_not_asked_for_again(then, liumin, zhanglan, xiaohai, father):
    consent = answered(xiaohai, father, given_on=FIRST_DAY, expires_on=TODAY + A_DAY)
    assert len(renewals_for(liumin, on=TODAY)) == 1

    if then in ("renewed", "refused"):
        answered(xiaohai, father, YES if then == "renewed" else NO)
    elif then == "withdrawn":
        consents.withdraw_consent(
            consent=consent, person=father, way="phone", withdrawn_on=TODAY, by=liumin, at=AT
        )
    elif then == "suspended":
        suspensions.suspend_guardian(
            child=xiaohai,
            guardian=father,
            ground=SuspensionGround.NOT_FOUND,
            reason="三个月联系不上",
            by=zhanglan,
            at=AT,
        )
    else:
        father.guardian_of.unscoped("tests").update(until_on=TODAY - A_DAY)

    assert renewals_for(liumin, on=TODAY) == []


def test_todays_card_and_the_list_know_only_the_own_children(
    liumin, yangfan, qinhui, xiaohai, elsewhere, mother, signed_in
):
    answered(xiaohai, mother, expires_on=TODAY + A_DAY)
    theirs = guardian_of(elsewhere, "李玉珍", Relation.MOTHER)
    answered(elsewhere, theirs, expires_on=TODAY + A_DAY, by=system(QINHUI))

    pages = {
        who: signed_in(who).get(reverse("today")).content.decode()
        for who in (liumin, yangfan, qinhui)
    }
    listed = signed_in(liumin).get(reverse("people-work"))
    again = next(one for one in listed.context["lists"] if one.key == "consents")

    assert ["要再问一次同意" in page for page in pages.values()] == [True, False, False]
    assert [task.who for task in again.tasks] == ["谭小海"]
    assert reverse("consent-new", args=[xiaohai.pk]) in again.tasks[0].address
    assert "肖宇安" not in listed.content.decode()


@pytest.mark.parametrize("how_many", [1, 3])
def test_list_to_ask_again_asks_the_same_however_long_it_is(
    how_many, registered, team, liumin, django_assert_num_queries
):
    for n in range(how_many):
        child = registered(f"孩子{n}", team, holder=liumin)
        mother = guardian_of(child, f"母亲{n}", Relation.MOTHER)
        answered(child, mother, expires_on=TODAY)

    with django_assert_num_queries(1):
        assert len(renewals_for(liumin, on=TODAY)) == how_many


def test_file_says_no_word_of_english_after_all_this(
    liumin, xiaohai, mother, suspension, signed_in
):
    answered(xiaohai, mother, by=liumin, limits="不拍脸")
    client = signed_in(liumin)

    page = client.get(reverse("child", args=[xiaohai.pk]))

    main = re.search(r"(?s)<main.*</main>", body_of(page))
    english = [one for one in ENGLISH.findall(main[0]) if shown(xiaohai.number) not in one]
    assert english == []
    assert "记下了谁同意什么" in main[0]
    assert "拍照录像" in main[0]
