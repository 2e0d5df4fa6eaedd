import re
from urllib.parse import quote, quote_plus
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.conftest import a_file, last_row, propose_newcomer
from tests.conftest import AT, QINHUI, TODAY, entered
from tests.people.bringing import a_list_of, left_out_of
from tests.people.filed import numbers_of_a_file
from tonghu.access.actors import system
from tonghu.access.checks import addresses, get_resolver
from tonghu.access.journal import said_in
from tonghu.access.models import Device, JournalRow, Notice
from tonghu.access.operations import journal, sign_in
from tonghu.access.web.pages import Level, policy_of
from tonghu.jobs.models import Job
from tonghu.people.operations import places

NOBODY = UUID("01980000-0000-7000-8000-00000000dead")


def with_numbers() -> list[tuple[str, list[str]]]:
    """Return every address that carries a number of something, and the names of the numbers."""
    found = []
    for route, view in addresses(get_resolver()):
        policy = policy_of(view)
        names = re.findall(r"<uuid:(\w+)>", route)
        if names and policy and policy.level is Level.AT_WORK:
            found.append((route, names))
    return found


def filled(route: str, numbers: dict[str, object]) -> str:
    path = re.sub(r"<uuid:(\w+)>", lambda found: str(numbers[found[1]]), route)
    return "/" + re.sub(r"<str:\w+>", "access.journal", path)


def people_numbers(by) -> dict[str, UUID]:
    """Enter a list, a team and a file of the agency; return the numbers they carry."""
    roster = a_list_of(by.agency_id)
    program = system(by.agency_id)
    team = places.put_in_team(
        account=by.account, place=roster.place, from_on=TODAY, by=program, at=AT
    )
    numbers = numbers_of_a_file(by.agency_id, roster.place)
    return {
        **numbers,
        "duty_id": team.pk,
        "roster_id": roster.pk,
        "question_id": left_out_of(roster),
    }


@pytest.fixture
def foreign_numbers(other_house, stranger):
    """Things of the other agency, one for each kind of number an address can carry."""
    by = entered(other_house, "tangning", "唐宁", "Tang Ning", "administrator")
    _account, proposal = propose_newcomer(by, login="foreign")
    notice = Notice.objects.create(
        agency=other_house,
        account=stranger.account,
        event="access.glass.broken",
        subject_kind="access.breakglass",
        subject_id=uuid4(),
        at=AT,
    )
    device = Device.objects.create(
        account=stranger.account, name="Chrome", first_seen_at=AT, last_seen_at=AT
    )
    job = Job.objects.create(
        agency=other_house,
        account=stranger.account,
        membership=stranger.membership,
        kind="access.journal.exported",
        details="{}",
        asked_at=AT,
    )
    return {
        **people_numbers(stranger),
        "account_id": stranger.account_id,
        "membership_id": stranger.membership_id,
        "proposal_id": proposal.pk,
        "notice_id": notice.pk,
        "device_id": device.pk,
        "job_id": job.pk,
        "target_id": stranger.account_id,
    }


def whole(answer) -> tuple:
    body = answer.content if not answer.streaming else b"".join(answer.streaming_content)
    body = re.sub(rb'(csrfmiddlewaretoken" value|X-CSRFToken)[^>]+', b"", body)
    return answer.status_code, sorted(answer.headers.items()), body


@pytest.mark.parametrize("role", ["head", "administrator", "supervisor", "worker", "auditor"])
def test_thing_of_another_agency_is_no_thing_at_all(role, in_role, signed_in, foreign_numbers):
    client, nothing = signed_in(in_role(role)), dict.fromkeys(foreign_numbers, NOBODY)
    routes = with_numbers()

    differing = []
    for route, _names in routes:
        for method in ("get", "post"):
            theirs = getattr(client, method)(filled(route, foreign_numbers))
            none = getattr(client, method)(filled(route, nothing))
            assert theirs.status_code in (200, 404, 405)
            if _comparable(theirs) != _comparable(none):
                differing.append((method, route))

    assert len(routes) >= 15
    assert differing == []


def _comparable(answer):
    status, headers, body = whole(answer)
    return status, headers, re.sub(rb"[0-9a-f]{8}-[0-9a-f-]{27}", b"-", body)


def test_missing_page_of_nobodys_address_is_the_same_page(hejing, signed_in, foreign_numbers):
    client = signed_in(hejing)

    hidden = client.get(filled("people/<uuid:account_id>/", foreign_numbers))
    no_address = client.get("/there/is/no/such/address/")

    assert whole(hidden) == whole(no_address)


def test_own_job_and_anothers_look_alike_when_they_are_not_hers(qinhui, hejing, signed_in, house):
    job = Job.objects.create(
        agency=house,
        account=qinhui.account,
        membership=qinhui.membership,
        kind="access.journal.exported",
        details="{}",
        asked_at=AT,
    )
    client = signed_in(hejing)

    found = [client.get(reverse("job", args=[pk])) for pk in (job.pk, NOBODY)]

    assert whole(found[0]) == whole(found[1])
    assert signed_in(qinhui).get(reverse("job", args=[job.pk])).status_code == 200


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_without_a_session_every_protected_address_answers_alike(headers, yangfan, foreign_numbers):
    own = dict.fromkeys(foreign_numbers, NOBODY) | {"account_id": yangfan.account_id}
    client = Client(headers=headers)

    answers = {}
    for route, view in addresses(get_resolver()):
        policy = policy_of(view)
        if not policy or policy.level is Level.OPEN:
            continue
        route = route.replace("<int:pk>", "1")
        for numbers in (own, foreign_numbers, dict.fromkeys(foreign_numbers, NOBODY)):
            for method in ("get", "post"):
                status, said, body = whole(getattr(client, method)(filled(route, numbers)))
                place = dict(said)["Location"].split("?")[0]
                rest = [pair for pair in said if pair[0] != "Location"]
                answers[str((status, place, rest, body))] = (method, route)

    assert len(answers) == 1


def test_refusal_says_who_can(liumin, signed_in):
    answer = signed_in(liumin).get(reverse("person-new"))

    said = re.search(r"可以做的人：[^<]+", answer.content.decode())
    assert (answer.status_code, said and said[0]) == (
        403,
        "可以做的人：机构管理员、机构负责人、程序自己。",
    )


def test_reason_page_leads_nobody_to_a_file(liumin, qinhui, signed_in):
    child = a_file()
    pages = [
        signed_in(by).get(reverse("reason", args=["tests.child", pk]))
        for by in (liumin, qinhui)
        for pk in (child.pk, NOBODY)
    ]

    bodies = [_comparable(page) for page in pages]

    assert bodies[0] == bodies[1]
    assert bodies[2] == bodies[3]
    assert child.name not in pages[2].content.decode()


def test_only_who_may_read_with_a_reason_is_sent_to_write_one(in_role, signed_in):
    journals = {
        role: signed_in(in_role(role)).get(reverse("journal")).headers.get("Location", "here")
        for role in ("head", "administrator", "worker", "auditor")
    }

    assert journals == {
        "head": f"/reason/access.journal/{QINHUI}/?next=%2Fjournal%2F",
        "administrator": "here",
        "worker": "here",
        "auditor": "here",
    }


def test_taken_name_says_nothing_of_whose_it_is(hejing, yangfan, stranger, house, signed_in):
    client = signed_in(hejing)
    form = {"name": "某", "role": "worker", "organisation": house.pk, "from_on": "2026-06-01"}

    here, elsewhere = (
        client.post(reverse("person-new"), form | {"login": login})
        for login in ("yangfan", "wufan")
    )

    pages = [answer.content.decode() for answer in (here, elsewhere)]
    assert pages[0].count("不能用") == 1
    assert _scrubbed(pages[0], "yangfan") == _scrubbed(pages[1], "wufan")
    assert "吴凡" not in pages[1]


def _scrubbed(page: str, *typed: str) -> str:
    page = re.sub(r'(csrfmiddlewaretoken" value|X-CSRFToken)[^>]+', "", page)
    page = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "-", page)  # each form is sent once, under its key
    for words in typed:
        page = page.replace(words, "-")
    return page


@pytest.mark.parametrize("words", ["吴凡", "Wu Fan", "wufan", "玉兰"])
def test_search_and_its_total_know_nothing_of_others(words, hejing, stranger, signed_in):
    client = signed_in(hejing)

    found, nonsense = (client.get(reverse("person-list"), {"q": q}) for q in (words, "qqqq"))

    quoted = (words, quote(words), quote_plus(words), "qqqq")
    pages = [_scrubbed(answer.content.decode(), *quoted) for answer in (found, nonsense)]
    assert (found.context["page"].total, list(found.context["page"])) == (0, [])
    assert pages[0] == pages[1]


def test_list_counts_own_rows_only(liumin, yangfan, zhanglan, stranger, signed_in):
    totals = {
        by: signed_in(by).get(reverse("person-list")).context["page"].total
        for by in (liumin, zhanglan, stranger)
    }

    assert list(totals.values()) == [1, 3, 1]


@pytest.mark.parametrize("after", ["abc", "01980000-0000-7000-8000-000000000000", "9" * 99])
@pytest.mark.parametrize("name", ["person-list", "journal"])
def test_page_two_of_nonsense_is_still_ones_own(name, after, liumin, yangfan, stranger, signed_in):
    sign_in.choose_language(account=stranger.account, language="en", by=stranger, at=AT)
    sign_in.choose_language(account=liumin.account, language="zh-hans", by=liumin, at=AT)

    page = signed_in(liumin).get(reverse(name), {"after": after, "q": after})

    shown = list(page.context["page"])
    assert page.status_code == 200
    assert {row.account_id for row in shown} <= {liumin.account_id}


@pytest.mark.parametrize("asked", ["about", "account"])
def test_filter_of_the_journal_finds_nothing_of_others(asked, hejing, stranger, signed_in):
    sign_in.choose_language(account=stranger.account, language="en", by=stranger, at=AT)
    client = signed_in(hejing)

    theirs = client.get(reverse("journal"), {asked: stranger.account_id})
    nobodys = client.get(reverse("journal"), {asked: NOBODY})

    assert theirs.context["page"].total == 0
    assert _comparable(theirs) == _comparable(nobodys)


def test_auditor_cannot_ask_for_somebody_she_knows(luowen, liumin, signed_in):
    sign_in.choose_language(account=liumin.account, language="en", by=liumin, at=AT)
    client = signed_in(luowen)

    totals = [
        client.get(reverse("journal"), {"account": pk}).context["page"].total
        for pk in (liumin.account_id, NOBODY)
    ]
    page = client.get(reverse("journal")).content.decode()

    assert totals[0] == totals[1] > 0
    assert [word in page for word in ("刘敏", "liumin", str(liumin.account_id)[-6:].upper())] == [
        False
    ] * 3


def test_two_auditors_codes_cannot_be_joined(luowen, liumin, partner, signed_in):
    second = entered(
        partner("evaluator"), "a2", "乙", "B", "auditor", until_on=luowen.membership.until_on
    )
    sign_in.choose_language(account=liumin.account, language="en", by=liumin, at=AT)

    codes = [
        {
            line.who
            for line in signed_in(by).get(reverse("journal")).context["lines"]
            if line.row.account_id == liumin.account_id
        }
        for by in (luowen, second)
    ]

    assert [len(found) for found in codes] == [1, 1]
    assert codes[0] != codes[1]


def test_refused_page_is_on_record_by_number(liumin, stranger, signed_in):
    client = signed_in(liumin)

    client.get(reverse("person", args=[stranger.account_id]))
    first = last_row("access.refused")
    client.post(reverse("person-invite", args=[stranger.account_id]))
    second = last_row("access.refused")

    assert [said_in(row).reason for row in (first, second)] == ["page.person", "page.person-invite"]
    assert {row.subject_id for row in (first, second)} == {stranger.account_id}
    assert "吴凡" not in str([vars(row) for row in (first, second)])


def test_refused_act_is_on_record_once(zhanglan, yangfan, signed_in):
    signed_in(zhanglan).post(reverse("person-invite", args=[yangfan.account_id]))

    rows = JournalRow.objects.unscoped("tests").filter(event="access.refused")
    assert [said_in(row).reason for row in rows] == ["access.invitation.sent"]


STATUSES = """
                 people person own-person new role-new leave waiting journal head set-up agency
head             200    200    200        200 200      200   200     302     200  200    200
administrator    200    200    200        200 200      200   200     200     200  200    200
supervisor       200    200    200        403 403      403   200     200     403  403    403
worker           200    404    200        403 404      404   200     200     403  403    403
finance          200    404    200        403 404      404   200     200     403  403    403
director         200    404    200        403 404      404   200     200     403  403    403
buyer            200    404    200        403 404      404   200     200     403  403    403
evaluator        200    404    200        403 404      404   200     200     403  403    403
auditor          200    404    200        403 404      404   200     200     200  403    403
"""


@pytest.mark.parametrize(
    "line", STATUSES.strip().splitlines()[1:], ids=lambda line: line.split()[0]
)
def test_each_role_gets_to_its_pages_only(line, in_role, yangfan, signed_in):
    journal.sign_head(by=system(QINHUI), at=AT)
    role, *expected = line.split()
    by = in_role(role)
    client, colleague = signed_in(by), yangfan.account_id
    pages = [
        reverse("person-list"),
        reverse("person", args=[colleague]),
        reverse("person", args=[by.account_id]),
        reverse("person-new"),
        reverse("role-new", args=[colleague]),
        reverse("person-leave", args=[colleague]),
        reverse("waiting-list"),
        reverse("journal"),
        reverse("journal-head"),
        reverse("set-up"),
        reverse("agency"),
    ]

    assert [str(client.get(page).status_code) for page in pages] == expected
