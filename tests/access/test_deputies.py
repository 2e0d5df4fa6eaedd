import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.access.conftest import events
from tests.conftest import AT, TODAY
from tonghu.access.models import Deputy, Membership, Notice
from tonghu.access.operations import deputies, two_persons
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden

UNTIL = TODAY + dt.timedelta(days=14)


def named(account, by, *, from_on=TODAY):
    return deputies.name_deputy(account=account, from_on=from_on, by=by, at=AT)


def test_the_head_names_a_supervisor_who_is_told(zhanglan, qinhui):
    one = named(zhanglan.account, qinhui)
    again = named(zhanglan.account, qinhui)

    told = Notice.objects.unscoped("tests").values_list("account_id", "event")
    assert one.pk == again.pk
    assert list(told) == [(zhanglan.account_id, "access.deputy.named")]
    assert events()[-1] == "access.deputy.named"


@pytest.mark.parametrize("who", ["liumin", "qinhui", "hejing", "hanxue"])
def test_only_a_supervisor_is_named(who, qinhui, request):
    with pytest.raises(deputies.NotASupervisor):
        named(request.getfixturevalue(who).account, qinhui)

    assert Deputy.objects.unscoped("tests").count() == 0


@pytest.mark.parametrize("who", ["liumin", "zhanglan", "hejing", "hanxue", "luowen"])
def test_nobody_but_the_head_names(who, zhanglan, request):
    with pytest.raises(Forbidden):
        named(zhanglan.account, request.getfixturevalue(who))


def test_an_absence_is_the_whole_role_on_its_days_and_takes_two_persons(zhanglan, qinhui, hejing):
    proposal = deputies.cover_absence(
        account=zhanglan.account, from_on=TODAY, until_on=UNTIL, by=qinhui, at=AT
    )
    two_persons.confirm(proposal=proposal, by=hejing, at=AT)

    held = Membership.objects.unscoped("tests").get(account=zhanglan.account, role="head")
    assert (held.from_on, held.until_on) == (TODAY, UNTIL)


def test_an_absence_has_a_last_day_after_its_first(zhanglan, qinhui):
    with pytest.raises(deputies.DaysWrong):
        deputies.cover_absence(
            account=zhanglan.account, from_on=UNTIL, until_on=TODAY, by=qinhui, at=AT
        )


def test_ended_with_the_day(zhanglan, qinhui, stranger):
    one = named(zhanglan.account, qinhui)
    with pytest.raises(Hidden):
        deputies.end_deputy(deputy=one, by=stranger, at=AT)

    deputies.end_deputy(deputy=one, by=qinhui, at=AT)

    one.refresh_from_db()
    assert one.until_on == TODAY


def test_the_database_keeps_one_naming_of_a_person(zhanglan, qinhui):
    one = named(zhanglan.account, qinhui)
    twin = Deputy(
        agency_id=one.agency_id,
        account=one.account,
        from_on=TODAY,
        named_by=qinhui.account,
        named_at=AT,
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_the_page_names_proposes_and_ends(zhanglan, qinhui, signed_in):
    client, address = signed_in(qinhui), reverse("deputies")
    form = {"who": zhanglan.account_id, "kind": "conflict", "from_on": "2026-06-01"}

    first = client.post(address, form)
    open_ended = client.post(address, form | {"kind": "absence"}).content.decode()
    absence = client.post(address, form | {"kind": "absence", "until_on": "2026-06-14"})
    one = Deputy.objects.unscoped("tests").get()
    ended = client.post(reverse("deputy-end", args=[one.pk]))

    assert [one.status_code for one in (first, absence, ended)] == [302, 302, 302]
    assert "请写上离开的最后一天" in open_ended
    assert events()[-1] == "access.deputy.ended"


def test_the_page_offers_nothing_to_others_and_is_hers_alone(
    zhanglan, hejing, hanxue, qinhui, signed_in
):
    named(zhanglan.account, qinhui)
    form = {"who": zhanglan.account_id, "kind": "conflict", "from_on": "2026-06-01"}

    pages = [signed_in(by).get(reverse("deputies")) for by in (zhanglan, hejing, hanxue)]
    sent = [signed_in(by).post(reverse("deputies"), form).status_code for by in (zhanglan, hejing)]

    shown = [page.status_code == 200 and "张岚" in main_of(page) for page in pages]
    assert (shown, sent) == ([True, True, False], [403, 403])
    assert all("任命" not in main_of(page) for page in pages[:2])


def main_of(answer) -> str:
    page = answer.content.decode()
    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return re.sub(r"<svg.*?</svg>|<[^>]*>", " ", main, flags=re.S)


def test_no_english_is_left_on_the_chinese_page(zhanglan, qinhui, signed_in):
    named(zhanglan.account, qinhui)

    with clock.at(AT):
        page = signed_in(qinhui).get(reverse("deputies"))

    assert re.findall(r"[A-Za-z]{3,}", main_of(page)) == []
