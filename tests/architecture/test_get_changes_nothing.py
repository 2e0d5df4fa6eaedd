"""Reading changes nothing: each address is asked for twice, and every table is compared."""

import re
from uuid import UUID

import pytest
from django.apps import apps
from django.urls import get_resolver

from tests.conftest import AT, PASSWORD, QINHUI, TODAY
from tests.people.bringing import a_list_of, left_out_of
from tests.people.filed import numbers_of_a_file
from tonghu.access.actors import system
from tonghu.access.checks import addresses
from tonghu.access.models import Device, Notice, Organisation
from tonghu.access.operations import grounds, journal, people
from tonghu.jobs.models import Job
from tonghu.people.operations import places

NOTED_BY_READING = {"access.JournalRow": None, "access.Session": "session_data expire_date seen_at"}
"""Tables, or their columns, that a look may write: that somebody looked, that a stay goes on."""
OPEN_ANSWERS = {200, 302, 403, 404, 405}
ALWAYS_THERE = ["/", "/people/", "/journal/", "/waiting/", "/account/", "/who-may-do-what/"]
TOKEN = "a-way-in-that-is-still-open"


def snapshot() -> dict[str, list[str]]:
    """Return every row of every table, but what reading is meant to note."""
    kept = {}
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label
        if label in NOTED_BY_READING and NOTED_BY_READING[label] is None:
            continue
        noted = (NOTED_BY_READING.get(label) or "").split()
        names = [field.attname for field in model._meta.concrete_fields if field.name not in noted]
        kept[label] = sorted(map(str, model._base_manager.values_list(*names)))
    return kept


@pytest.fixture
def numbers(house, qinhui, hejing, liumin) -> dict[str, object]:
    """One real thing of the agency for each number that an address carries."""
    account = people.open_account(login="maqian", name="马倩", by=hejing, at=AT)
    proposal = people.propose_role(
        account=account, organisation=house, role="worker", from_on=TODAY, by=hejing, at=AT
    )
    people.invite(account=account, token=TOKEN, by=hejing, at=AT)
    grounds.give_reason(
        target_kind="access.journal",
        target_id=QINHUI,
        code="AUDIT",
        words="季度检查记录",
        by=qinhui,
        at=AT,
    )
    journal.sign_head(by=system(QINHUI), at=AT)
    roster = a_list_of(QINHUI)
    team = places.put_in_team(
        account=liumin.account, place=roster.place, from_on=TODAY, by=system(QINHUI), at=AT
    )
    return {
        **numbers_of_a_file(QINHUI, roster.place),
        "duty_id": team.pk,
        "roster_id": roster.pk,
        "question_id": left_out_of(roster),
        "account_id": liumin.account_id,
        "membership_id": liumin.membership_id,
        "proposal_id": proposal.pk,
        "target_id": QINHUI,
        "target_kind": "access.journal",
        "token": TOKEN,
        "form": "contact",
        "pk": 1,
    }


def own_things(by) -> dict[str, UUID]:
    """Return a job, a notice and a device that belong to who asks."""
    house = Organisation.objects.unscoped("tests").get(pk=QINHUI)
    job = Job.objects.create(
        agency=house,
        account=by.account,
        membership=by.membership,
        kind="access.journal.exported",
        details="{}",
        asked_at=AT,
    )
    notice = Notice.objects.create(
        agency=house,
        account=by.account,
        event="access.glass.broken",
        subject_kind="access.breakglass",
        subject_id=job.pk,
        at=AT,
    )
    device = Device.objects.create(
        account=by.account, name="Chrome", first_seen_at=AT, last_seen_at=AT
    )
    return {"job_id": job.pk, "notice_id": notice.pk, "device_id": device.pk}


def every_address(numbers: dict[str, object]) -> list[str]:
    filled = re.compile(r"<\w+:(\w+)>")
    return [
        "/" + filled.sub(lambda found: str(numbers[found[1]]), route)
        for route, _view in addresses(get_resolver())
    ]


@pytest.mark.parametrize("login", ["hejing", "qinhui", "liumin"])
def test_asking_for_a_page_twice_changes_no_table(login, request, numbers, signed_in):
    by = request.getfixturevalue(login)
    by.account.set_password(PASSWORD)
    by.account.save()
    client = signed_in(by)
    asked = every_address(numbers | own_things(by))
    before = snapshot()

    answers = {address: [client.get(address).status_code for _ in range(2)] for address in asked}

    after = snapshot()
    assert {label for label in before if before[label] != after[label]} == set()
    assert {status for statuses in answers.values() for status in statuses} <= OPEN_ANSWERS
    assert [address for address in ALWAYS_THERE if answers[address] != [200, 200]] == []


def test_every_table_is_compared(numbers):
    compared = snapshot()

    left_out = {model._meta.label for model in apps.get_models()} - compared.keys()
    assert left_out == {"access.JournalRow"}
    assert [label for label in ("access.Account", "jobs.Job") if label not in compared] == []


def test_visitor_changes_no_table_either(numbers, client, liumin):
    asked = every_address(numbers | own_things(liumin))
    before = snapshot()

    for address in asked:
        client.get(address)
        client.get(address)

    after = snapshot()
    changed = {label for label in before if before[label] != after[label]}
    assert changed <= {"access.Session"}, "a form's protection may begin a stay"
