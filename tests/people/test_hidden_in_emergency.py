import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.access.conftest import last_row
from tests.conftest import AT, entered
from tests.people.concealing import concealed
from tests.people.test_emergencies import closed, main_of, opened
from tonghu.access.journal import said_in
from tonghu.access.looks import LOOKED
from tonghu.access.models import Proposal
from tonghu.access.operations import two_persons
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.people import hidden_in_emergency
from tonghu.people.hidden_in_emergency import NobodyConfirmed
from tonghu.people.hiding import hidden_of
from tonghu.people.operations.hidden_in_emergency import ask_to_show

SECRET = "3组12号"
WORDS = "救护车要去接孩子"
SOON = AT + dt.timedelta(minutes=4)
LATE = AT + dt.timedelta(minutes=6)


@pytest.fixture
def hidden(registered, qingshi, yangfan):
    child = registered("肖宇安", qingshi, holder=yangfan)
    concealed(child, yangfan)
    return child


@pytest.fixture
def second(house):
    """Meng Ya, another supervisor of the agency."""
    return entered(house, "mengya", "孟雅", "Meng Ya", "supervisor")


@pytest.fixture
def glass(hidden, zhanglan, qinhui):
    return opened(zhanglan, hidden)


def asked(glass, by, *, at=AT):
    child = hidden_in_emergency.file_of(glass, by, on=clock.day(at))
    return ask_to_show(glass=glass, field=hidden_of(child).get(), words=WORDS, by=by, at=at)


def confirmed(proposal, by, *, at=AT):
    return two_persons.confirm(proposal=proposal, proved_again=True, by=by, at=at)


def shows(glass, by, *, at=AT) -> str:
    with clock.at(at):
        return hidden_in_emergency.show(glass, by=by, at=at).words


def test_supervisor_sees_it_when_a_second_person_says_yes_at_that_moment(glass, zhanglan, second):
    proposal = asked(glass, zhanglan)
    with pytest.raises(NobodyConfirmed):
        shows(glass, zhanglan)
    confirmed(proposal, second, at=SOON)

    value = shows(glass, zhanglan, at=SOON)

    row = last_row(LOOKED)
    assert SECRET in value
    assert (row.subject_kind, row.about_id) == ("people.hiddenfield", glass.target_id)
    assert said_in(row).reason == WORDS


def test_the_yes_comes_within_five_minutes_and_holds_for_five(glass, zhanglan, second):
    proposal = asked(glass, zhanglan)
    with pytest.raises(two_persons.TooLate):
        confirmed(proposal, second, at=LATE)
    again = asked(glass, zhanglan, at=LATE)
    confirmed(again, second, at=LATE)

    with pytest.raises(NobodyConfirmed):
        shows(glass, zhanglan, at=LATE + dt.timedelta(minutes=6))

    assert again.pk != proposal.pk


def test_the_second_person_shows_her_second_factor_once_more(glass, zhanglan, second):
    proposal = asked(glass, zhanglan)

    with pytest.raises(two_persons.ProveAgain):
        two_persons.confirm(proposal=proposal, by=second, at=AT)

    with pytest.raises(NobodyConfirmed):
        shows(glass, zhanglan)


def test_who_asked_who_works_and_who_is_closed_out_confirm_nothing(glass, zhanglan, liumin, second):
    proposal = asked(glass, zhanglan)
    closed(glass_child(glass), second)

    for by in (zhanglan, liumin, second):
        with pytest.raises(Forbidden):
            confirmed(proposal, by)

    with pytest.raises(NobodyConfirmed):
        shows(glass, zhanglan)


def glass_child(glass):
    return type("File", (), {"pk": glass.target_id})


def test_a_worker_in_an_emergency_is_never_shown_it(hidden, liumin, qinhui):
    glass = opened(liumin, hidden)

    with pytest.raises(Hidden):
        asked(glass, liumin)


def test_it_ends_with_the_emergency_and_is_who_opened_it_alone(glass, zhanglan, second):
    confirmed(asked(glass, zhanglan), second)

    with pytest.raises(Hidden):
        shows(glass, second)
    closed(glass_child(glass), zhanglan)
    with pytest.raises(Hidden):
        shows(glass, zhanglan)


def test_through_the_pages_on_two_screens(glass, zhanglan, second, signed_in):
    address = reverse("emergency-hidden", args=[glass.pk])
    child = hidden_in_emergency.file_of(glass, zhanglan, on=clock.day(AT))
    first = signed_in(zhanglan)
    first.post(address, {"what": hidden_of(child).get().pk, "words": WORDS})
    waits = first.get(address)
    early = first.post(reverse("emergency-hidden-show", args=[glass.pk]))
    proposal = Proposal.objects.unscoped("tests").get(subject_id=glass.pk)
    other, decide = signed_in(second), reverse("waiting-decide", args=[proposal.pk])

    unproved = other.post(decide, {"confirm": "1"})
    prove(other)
    proved = other.post(decide, {"confirm": "1"})

    shown = first.post(reverse("emergency-hidden-show", args=[glass.pk]))
    assert waits.headers["Refresh"].startswith("10;")
    assert early.status_code == 302
    assert unproved.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    assert proved.headers["Location"] == reverse("waiting-list")
    assert SECRET in shown.content.decode()
    assert shown.headers["Refresh"] == f"60; url={address}"
    assert SECRET not in "".join(one.content.decode() for one in (waits, first.get(address)))


def prove(client) -> None:
    """Leave in the session what showing the second factor again leaves there."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": clock.now().timestamp(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()


def test_the_page_is_not_there_for_a_worker(hidden, liumin, qinhui, signed_in):
    glass = opened(liumin, hidden)
    client = signed_in(liumin)

    answers = [
        client.get(reverse("emergency-hidden", args=[glass.pk])).status_code,
        client.post(reverse("emergency-hidden-show", args=[glass.pk])).status_code,
    ]

    page = client.get(reverse("emergency", args=[glass.pk])).content.decode()
    assert answers == [404, 404]
    assert reverse("emergency-hidden", args=[glass.pk]) not in page


def test_no_english_is_left_on_the_chinese_pages(glass, zhanglan, second, signed_in):
    address = reverse("emergency-hidden", args=[glass.pk])
    empty = main_of(signed_in(zhanglan).get(address))
    proposal = asked(glass, zhanglan)
    waits = main_of(signed_in(zhanglan).get(address))
    decides = main_of(signed_in(second).get(reverse("waiting", args=[proposal.pk])))
    confirmed(proposal, second)
    ready = main_of(signed_in(zhanglan).get(address))

    number = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
    told = [number.sub("", one) for one in (empty, waits, decides, ready)]
    assert [re.findall(r"[A-Za-z]{3,}", one) for one in told] == [[]] * 4
