import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.access.conftest import events
from tests.conftest import AT, QINHUI, TODAY
from tests.people.asking import guardian_of
from tests.people.concealing import concealed
from tonghu.access import emergencies as access
from tonghu.access.actors import system
from tonghu.access.constants import ClosingKind
from tonghu.access.models import BreakGlass, JournalRow, Notice
from tonghu.access.operations import grounds, two_persons
from tonghu.access.sheets import Action
from tonghu.kernel import clock
from tonghu.kernel.checks import Grade
from tonghu.kernel.errors import Hidden
from tonghu.people import emergencies
from tonghu.people.constants import Relation
from tonghu.people.emergencies import Named
from tonghu.people.operations import describing
from tonghu.people.operations.emergencies import open_in_emergency
from tonghu.people.policy import CHILDREN, FILE, PAPERS
from tonghu.people.search.find import find

WORDS = "父亲拿着刀堵在门口"
NUMBER = "16132913155"
ENGLISH = re.compile(r"[A-Za-z]{3,}")
YEAR = 2015


def opened(by, child, *, at=AT, words=WORDS):
    named = Named(child.person.name, child.person.born_on.year)
    return open_in_emergency(named=named, words=words, by=by, at=at)


def filled(child, **said):
    return {"name": child.person.name, "born_in": YEAR, "phone": "", "words": WORDS} | said


def closed(child, actor):
    return grounds.close_to(
        account=actor.account,
        kind=ClosingKind.CONFLICT,
        target_kind=FILE,
        target_id=child.pk,
        words="是孩子的表姑",
        by=system(QINHUI),
        at=AT,
    )


def glasses() -> int:
    return BreakGlass.objects.unscoped("tests").count()


def main_of(answer) -> str:
    page = answer.content.decode()
    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return re.sub(r"<svg.*?</svg>|<[^>]*>", " ", main, flags=re.S)


@pytest.fixture
def with_phone(elsewhere):
    grandmother = guardian_of(elsewhere, "肖桂芳", Relation.GM_P)
    describing.note_phone(
        child=elsewhere, person=grandmother, number=NUMBER, by=system(QINHUI), at=AT
    )
    return elsewhere


def test_a_child_named_in_full_opens_for_reading_and_stands_in_no_list(
    elsewhere, team, liumin, qinhui, signed_in
):
    client = signed_in(liumin)
    before = client.get(reverse("child", args=[elsewhere.pk])).status_code

    answer = client.post(reverse("emergency-new"), filled(elsewhere))

    file = client.get(reverse("child", args=[elsewhere.pk]))
    judged = {one: CHILDREN.judge(one, liumin, elsewhere, on=TODAY).value for one in Action}
    assert (before, answer.headers["Location"]) == (404, reverse("child", args=[elsewhere.pk]))
    assert "肖宇安" in file.content.decode()
    assert judged == {
        Action.FIND: "forbidden",
        Action.READ: "allow",
        Action.WRITE: "forbidden",
        Action.APPROVE: "forbidden",
        Action.EXPORT: "forbidden",
    }
    assert [one.child.pk for one in find("肖宇安", liumin, on=TODAY)] == []
    assert PAPERS.judge(Action.EXPORT, liumin, elsewhere, on=TODAY).value == "forbidden"


@pytest.mark.parametrize(
    ("named", "opens"),
    [
        (Named("肖宇安", YEAR), True),
        (Named(" 肖 宇安 ", YEAR), True),
        (Named("肖宇安", None, "161 3291 3155"), True),
        (Named("肖宇安", YEAR, NUMBER), True),
        (Named("肖宇安"), False),
        (Named("肖宇", YEAR), False),
        (Named("", YEAR), False),
        (Named("肖宇安", YEAR - 1), False),
        (Named("肖宇安", None, "16132913156"), False),
        (Named("肖宇安", YEAR - 1, NUMBER), False),
    ],
)
def test_only_the_full_name_with_year_or_telephone_opens(named, opens, with_phone, liumin, qinhui):
    if opens:
        open_in_emergency(named=named, words=WORDS, by=liumin, at=AT)
    else:
        with pytest.raises(emergencies.NotNamedInFull):
            open_in_emergency(named=named, words=WORDS, by=liumin, at=AT)

    assert glasses() == int(opens)


def test_two_children_of_one_name_open_by_the_telephone_alone(
    with_phone, qingshi, registered, liumin, qinhui
):
    registered("肖宇安", qingshi)

    with pytest.raises(emergencies.NotNamedInFull):
        opened(liumin, with_phone)
    named = Named("肖宇安", YEAR, NUMBER)
    glass = open_in_emergency(named=named, words=WORDS, by=liumin, at=AT)

    assert glass.target_id == with_phone.pk


def test_a_hidden_telephone_names_nobody(xiaohai, liumin, yangfan, qinhui):
    describing.note_phone(child=xiaohai, person=xiaohai.person, number=NUMBER, by=liumin, at=AT)
    concealed(xiaohai, liumin)

    with pytest.raises(emergencies.NotNamedInFull):
        open_in_emergency(named=Named("谭小海", None, NUMBER), words=WORDS, by=yangfan, at=AT)


def test_the_page_answers_alike_for_nobody_and_for_a_closed_child(
    elsewhere, team, liumin, qinhui, signed_in
):
    closed(elsewhere, liumin)
    client = signed_in(liumin)

    pages = [
        client.post(reverse("emergency-new"), filled(elsewhere, name=name)).content.decode()
        for name in ("肖宇安", "肖玉安")
    ]

    said = [re.sub(r'value="[^"]*"|X-CSRFToken[^>]+', "", page) for page in pages]
    assert said[0] == said[1]
    assert "没有打开任何档案" in said[0]
    assert (glasses(), Notice.objects.unscoped("tests").count()) == (0, 0)
    hits = JournalRow.objects.unscoped("tests").filter(subject_kind=emergencies.TRY)
    assert hits.count() == 2


def test_ten_tries_an_hour_are_enough(elsewhere, liumin, qinhui, signed_in):
    client, address = signed_in(liumin), reverse("emergency-new")
    for _ in range(10):
        client.post(address, filled(elsewhere, name="肖玉安"))

    eleventh = client.post(address, filled(elsewhere)).content.decode()
    with clock.at(AT + dt.timedelta(hours=1, minutes=1)):
        later = signed_in(liumin).post(address, filled(elsewhere)).status_code

    assert "一小时内已试了十次" in eleventh
    assert (later, glasses()) == (302, 1)


@pytest.mark.parametrize("who", ["hejing", "hanxue", "gaoxiulan", "majing", "xuzhe", "luowen"])
def test_the_page_is_not_there_for_other_roles(who, elsewhere, qinhui, request, signed_in):
    client = signed_in(request.getfixturevalue(who))

    answers = [
        client.get(reverse("emergency-new")).status_code,
        client.post(reverse("emergency-new"), filled(elsewhere)).status_code,
    ]

    assert (answers, glasses()) == ([404, 404], 0)


def test_worker_supervisor_and_head_read_of_it_and_nobody_closed_out_does(
    xiaohai, qingshi, liumin, yangfan, zhanglan, qinhui, hejing, registered, house, signed_in
):
    other = registered("肖宇安", qingshi, holder=yangfan)
    glass = opened(liumin, other)
    address = reverse("emergency", args=[glass.pk])
    before = [signed_in(by).get(address).status_code for by in (liumin, yangfan, qinhui, hejing)]

    closed(other, yangfan)

    page = signed_in(qinhui).get(reverse("today")).content.decode()
    assert before == [200, 200, 200, 404]
    assert signed_in(yangfan).get(address).status_code == 404
    assert signed_in(yangfan).get(reverse("today")).status_code == 200
    assert address in page
    assert WORDS not in page


def test_the_same_person_opens_again_only_by_two_or_after_a_review(elsewhere, liumin, qinhui):
    glass = opened(liumin, elsewhere)
    next_day = AT + dt.timedelta(hours=25)
    with clock.at(next_day), pytest.raises(grounds.StillOpen):
        opened(liumin, elsewhere, at=next_day)
    with clock.at(next_day):
        asked = grounds.propose_longer_glass(glass=glass, words=WORDS, by=liumin, at=next_day)
        again = grounds.propose_longer_glass(glass=glass, words=WORDS, by=liumin, at=next_day)
        two_persons.confirm(proposal=asked, by=qinhui, at=next_day)
        held = CHILDREN.judge(Action.READ, liumin, elsewhere, on=clock.day(next_day)).value
        grounds.review_glass(glass=glass, finding="确有危险", by=qinhui, at=next_day)
        anew = opened(liumin, elsewhere, at=next_day)

    assert (again.pk, held) == (asked.pk, "allow")
    assert anew.pk != glass.pk


def test_review_through_the_page_is_written_once_by_another(
    elsewhere, liumin, zhanglan, qinhui, signed_in
):
    glass = opened(liumin, elsewhere)
    address, form = reverse("emergency-review", args=[glass.pk]), {"words": "确有危险，已报警"}

    own = signed_in(liumin).post(address, form).status_code
    empty = signed_in(zhanglan).post(address, {"words": ""}).status_code
    first = signed_in(zhanglan).post(address, form).status_code
    second = (
        signed_in(qinhui).post(address, form | {"words": "改写结论"}, follow=True).content.decode()
    )

    glass.refresh_from_db()
    assert (own, empty, first) == (403, 200, 302)
    assert (glass.reviewed_by_id, glass.finding) == (zhanglan.account_id, "确有危险，已报警")
    assert "已有人复核过" in second


def test_three_working_days_without_review_are_an_alarm(elsewhere, liumin, zhanglan, qinhui):
    friday = dt.datetime(2026, 6, 5, 2, 0, tzinfo=dt.UTC)
    with clock.at(friday):
        glass = opened(liumin, elsewhere, at=friday)
    days = [friday + dt.timedelta(days=number) for number in (3, 5, 6)]
    said = []
    for moment in days:
        with clock.at(moment):
            said.append((access.is_late(glass, on=clock.day(moment)), check_of()))

    assert access.review_due_on(glass) == dt.date(2026, 6, 10)
    assert said == [(False, Grade.OK), (False, Grade.OK), (True, Grade.WARNING)]


def check_of() -> Grade:
    return access.emergencies_reviewed().grade


def test_the_alarm_stands_first_on_today_of_head_and_supervisor_alone(
    elsewhere, liumin, zhanglan, qinhui, signed_in
):
    opened(liumin, elsewhere)
    late = AT + dt.timedelta(days=10)

    with clock.at(late):
        pages = [
            signed_in(by).get(reverse("today")).content.decode()
            for by in (qinhui, zhanglan, liumin)
        ]

    assert ["没有人按时复核" in page for page in pages] == [True, True, False]
    assert [WORDS in page or "肖宇安" in page for page in pages] == [False] * 3


def test_what_is_closed_to_the_reviewer_is_not_there_for_her(elsewhere, liumin, zhanglan, qinhui):
    glass = opened(liumin, elsewhere)
    closed(elsewhere, zhanglan)

    with pytest.raises(Hidden):
        access.glass_for(zhanglan, glass.pk, on=TODAY)

    assert list(access.glass_to_review(zhanglan, on=TODAY)) == []


def test_the_name_stands_only_for_who_may_find_the_child(elsewhere, liumin, zhanglan, qinhui):
    glass = opened(liumin, elsewhere)

    names = [emergencies.emergency_for(by, glass.pk, at=AT).name for by in (zhanglan, qinhui)]

    assert names == ["", "肖宇安"]


def test_longer_is_asked_by_who_opened_it(elsewhere, liumin, zhanglan, qinhui, signed_in):
    glass = opened(liumin, elsewhere)
    address = reverse("emergency-longer", args=[glass.pk])

    answers = [
        signed_in(by).post(address, {"words": "人还没有找到"}).status_code
        for by in (zhanglan, liumin)
    ]

    assert answers == [403, 302]
    assert events()[-2:] == ["access.proposal.made", "access.glass.extension_proposed"]


def test_no_english_is_left_on_the_chinese_pages(elsewhere, liumin, zhanglan, qinhui, signed_in):
    glass = opened(liumin, elsewhere)
    pages = [
        signed_in(zhanglan).get(reverse("emergency-list")),
        signed_in(liumin).get(reverse("emergency-new")),
        signed_in(zhanglan).get(reverse("emergency", args=[glass.pk])),
        signed_in(liumin).get(reverse("emergency-longer", args=[glass.pk])),
        signed_in(liumin).get(reverse("emergency", args=[glass.pk])),
    ]

    number = emergencies.shown(elsewhere.number)
    told = [main_of(page).replace(number, "") for page in pages]
    assert [ENGLISH.findall(one) for one in told] == [[]] * 5
