import datetime as dt

import pytest
from django.urls import reverse

from tests.access.conftest import events
from tests.conftest import AT, QINHUI, entered
from tonghu.access import queries
from tonghu.access.models import Organisation, Proposal
from tonghu.access.office import is_open
from tonghu.access.operations import office, people, two_persons
from tonghu.access.policy import confirms_for_safety
from tonghu.access.registration import let_leave_what_has_waited
from tonghu.access.two_persons import ACTS, TwoPersonAct
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Refused

NIGHT = dt.datetime(2026, 6, 1, 14, 0, tzinfo=dt.UTC)
"""Ten in the evening in Xi'an."""
LATER = NIGHT + dt.timedelta(hours=12)
LEFT: list[object] = []


@pytest.fixture(autouse=True)
def act():
    """An export as a domain declares it."""
    LEFT.clear()

    def perform(proposal, details, by, at):
        if details["is_refused"]:
            raise Refused("no longer")
        LEFT.append((proposal.pk, by.account_id))
        return proposal

    key = "tests.sheet.given_out"
    ACTS.register(key, TwoPersonAct(key, "给出表格", confirms_for_safety, perform, leaves=True))
    yield ACTS[key]
    del ACTS._things[key]


@pytest.fixture
def mengya(house):
    return entered(house, "mengya", "孟雅", "Meng Ya", "supervisor")


def proposed(by, *, at, is_refused=False):
    house = Organisation.objects.unscoped("tests").get(pk=QINHUI)
    return two_persons.propose(
        act="tests.sheet.given_out",
        subject=house,
        details={"is_refused": is_refused},
        by=by,
        at=at,
    )


def confirmed(by, second, *, at, **said):
    with clock.at(at):
        return two_persons.confirm(proposal=proposed(by, at=at, **said), by=second, at=at)


@pytest.mark.parametrize(
    ("local", "opened"),
    [
        ("2026-06-01 08:29", False),
        ("2026-06-01 08:30", True),
        ("2026-06-01 17:59", True),
        ("2026-06-01 18:00", False),
        ("2026-06-05 10:00", True),
        ("2026-06-06 10:00", False),
        ("2026-06-07 10:00", False),
    ],
)
def test_the_office_is_open_on_working_days_from_half_past_eight_to_six(local, opened, house):
    moment = dt.datetime.fromisoformat(f"{local}+08:00")

    assert is_open(QINHUI, moment) is opened


def test_within_the_hours_it_leaves_at_once(liumin, zhanglan):
    done = confirmed(liumin, zhanglan, at=AT)

    assert (done.state, len(LEFT)) == ("confirmed", 1)


def test_at_night_it_waits_twelve_hours_and_leaves_by_itself(liumin, zhanglan):
    done = confirmed(liumin, zhanglan, at=NIGHT)
    let_leave_what_has_waited(LATER - dt.timedelta(minutes=1))
    before = list(LEFT)

    let_leave_what_has_waited(LATER)
    let_leave_what_has_waited(LATER + dt.timedelta(hours=1))

    done.refresh_from_db()
    assert (done.not_before, before) == (LATER, [])
    assert (done.state, LEFT) == ("confirmed", [(done.pk, None)])
    assert done.decided_by_id == zhanglan.account_id
    assert events()[-1] == "access.proposal.left"


@pytest.mark.parametrize(("who", "state"), [("qinhui", "declined"), ("liumin", "withdrawn")])
def test_the_head_and_who_decided_stop_it(who, state, liumin, zhanglan, qinhui, request):
    done = confirmed(liumin, zhanglan, at=NIGHT)

    two_persons.stop(proposal=done, by=request.getfixturevalue(who), at=NIGHT)
    let_leave_what_has_waited(LATER)

    done.refresh_from_db()
    assert (done.state, LEFT) == (state, [])


def test_nobody_else_stops_it_and_what_has_left_is_not_stopped(
    liumin, yangfan, zhanglan, mengya, hejing, qinhui
):
    done = confirmed(liumin, zhanglan, at=NIGHT)
    for by in (yangfan, mengya, hejing):
        with pytest.raises(Forbidden):
            two_persons.stop(proposal=done, by=by, at=NIGHT)
    let_leave_what_has_waited(LATER)

    with pytest.raises(two_persons.AlreadyDecided):
        two_persons.stop(proposal=done, by=qinhui, at=LATER)


def test_what_is_refused_by_then_is_dropped_and_stops_no_other(liumin, zhanglan):
    refused = confirmed(liumin, zhanglan, at=NIGHT, is_refused=True)
    other = confirmed(liumin, zhanglan, at=NIGHT)

    let_leave_what_has_waited(LATER)

    refused.refresh_from_db()
    assert refused.state == "withdrawn"
    assert [pk for pk, _by in LEFT] == [other.pk]


def test_who_leaves_takes_along_what_waits(liumin, zhanglan, hejing, qinhui):
    done = confirmed(liumin, zhanglan, at=NIGHT)

    people.leave(account=liumin.account, by=hejing, at=NIGHT)
    let_leave_what_has_waited(LATER)

    done.refresh_from_db()
    assert (done.state, LEFT) == ("withdrawn", [])


def test_the_pages_say_when_it_leaves_and_who_can_stop_it(liumin, zhanglan, qinhui, signed_in):
    with clock.at(NIGHT):
        proposal = proposed(liumin, at=NIGHT)
        decide = reverse("waiting-decide", args=[proposal.pk])
        told = signed_in(zhanglan).post(decide, {"confirm": "1"}, follow=True).content.decode()
        head = signed_in(qinhui)
        today = head.get(reverse("today")).content.decode()
        page = head.get(reverse("waiting", args=[proposal.pk])).content.decode()
        head.post(decide, {"stop": "1"})

    kept = Proposal.objects.unscoped("tests").get(pk=proposal.pk)
    assert "办公时间已过" in told
    assert reverse("waiting", args=[proposal.pk]) in today
    assert "6月2日 10:00" in page
    assert "秦慧可以叫停" in page
    assert kept.state == "declined"
    assert list(queries.leaving_for(qinhui, on=clock.day(NIGHT))) == []


def test_office_hours_are_the_heads_to_set_and_not_longer_than_twelve(qinhui, hejing, signed_in):
    client, address = signed_in(qinhui), reverse("office-hours")

    wrong = client.post(address, {"opens": "6:00", "closes": "22:00"}).content.decode()
    right = client.post(address, {"opens": "9:00", "closes": "12:00"})

    assert "最多开十二个小时" in wrong
    assert right.status_code == 302
    assert [is_open(QINHUI, AT), is_open(QINHUI, AT + dt.timedelta(hours=3))] == [True, False]
    assert signed_in(hejing).get(address).status_code == 403
    with pytest.raises(Forbidden):
        office.set_office_hours(opens=dt.time(9), closes=dt.time(12), by=hejing, at=AT)
