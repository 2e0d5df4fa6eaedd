import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import DateField, UUIDField

from tests.conftest import TODAY
from tonghu.access.models import Account, Membership, Organisation
from tonghu.kernel.ids import new_id
from tonghu.kernel.periods import in_force
from tonghu.kernel.prepared import (
    Asked,
    Common,
    Listed,
    Prepared,
    PreparedSet,
    append,
    append_all,
)
from tonghu.kernel.scoping import Unscoped

AT_WORK = Prepared(
    lambda: (
        Membership.objects.unscoped("a test")
        .filter(in_force(Asked("on", DateField())), account=Asked("account", UUIDField()))
        .select_related("organisation")
        .order_by("id")
    )
)


def test_prepared_answers_each_time_for_the_values_it_is_given(liumin, zhanglan):
    first = AT_WORK.all(account=liumin.account_id, on=TODAY)
    second = AT_WORK.all(account=zhanglan.account_id, on=TODAY)

    assert first == [liumin.membership]
    assert second == [zhanglan.membership]


def test_prepared_asks_about_the_day(liumin):
    before = liumin.membership.from_on - dt.timedelta(days=1)

    assert AT_WORK.all(account=liumin.account_id, on=before) == []


def test_prepared_brings_the_rows_as_the_query_does(liumin, django_assert_num_queries):
    plain = Membership.objects.unscoped("a test").get(pk=liumin.membership_id)

    with django_assert_num_queries(1):
        found = AT_WORK.first(account=liumin.account_id, on=TODAY)
        organisation = found.organisation

    values = {field.attname: getattr(found, field.attname) for field in Membership._meta.fields}
    assert values == {name: getattr(plain, name) for name in values}
    assert organisation == plain.organisation


def test_prepared_without_a_rule_or_a_reason_does_not_answer(liumin):
    careless = Prepared(lambda: Membership.objects.filter(account=Asked("account", UUIDField())))

    with pytest.raises(Unscoped):
        careless.all(account=liumin.account_id)


def test_account_by_its_number_alone_opens_what_is_sealed(liumin):
    liumin.account.phone = "029 0000 0117"
    liumin.account.save()

    assert Account.objects.get(pk=str(liumin.account_id)).phone == "029 0000 0117"


def test_account_by_a_number_nobody_has_is_missing(liumin):
    with pytest.raises(Account.DoesNotExist):
        Account.objects.get(pk=new_id())


def test_append_writes_the_row_that_save_would(house):
    held = {"agency_id": house.pk, "kind": "buyer", "name": "新城区民政局"}
    saved, appended = Organisation(**held), Organisation(**held)
    saved.save(force_insert=True)

    append(appended)

    names = [field.attname for field in Organisation._meta.fields if field.attname != "id"]
    rows = Organisation.objects.unscoped("a test").filter(pk__in=[saved.pk, appended.pk])
    first, second = rows.values(*names)
    assert first == second
    assert not appended._state.adding


def test_append_seals_what_save_would(db):
    append(Account(login="new", name="新人", phone="029 0000 0199"))

    kept = Account.objects.filter(login="new").values_list("phone", flat=True).get()
    assert kept.startswith("tg1.")
    assert Account.objects.get(login="new").phone == "029 0000 0199"


def test_append_of_a_number_that_is_taken_is_refused(house):
    with pytest.raises(IntegrityError), transaction.atomic():
        append(Organisation(id=house.pk, agency_id=house.pk, kind="agency", name="又一家"))


OF_ACCOUNT = PreparedSet(
    lambda: (
        Membership.objects.unscoped("a test")
        .filter(account=Asked("account", UUIDField()))
        .values("id")
    ),
    UUIDField(),
)
OF_AGENCY = PreparedSet(
    lambda: (
        Membership.objects.unscoped("a test")
        .filter(agency=Asked("agency", UUIDField()))
        .values("id")
    ),
    UUIDField(),
)


def test_set_names_its_members_or_no_more_than_so_many(liumin, zhanglan):
    everybody = OF_AGENCY(agency=liumin.agency_id)

    assert set(everybody.members()) == {liumin.membership_id, zhanglan.membership_id}
    assert len(everybody.members(1)) == 1


def test_common_is_what_is_in_both_sets(liumin, zhanglan):
    rows = Membership.objects.unscoped("a test")
    both = Common(OF_AGENCY(agency=liumin.agency_id), OF_ACCOUNT(account=liumin.account_id))

    assert list(rows.filter(pk__in=both)) == [liumin.membership]


@pytest.mark.parametrize("how_many", [0, 1, 2])
def test_listed_stands_for_the_values_at_hand(how_many, liumin, zhanglan):
    rows = Membership.objects.unscoped("a test")
    listed = [liumin.membership_id, zhanglan.membership_id][:how_many]

    found = rows.filter(pk__in=Listed(listed, UUIDField()))
    others = rows.exclude(pk__in=Listed(listed, UUIDField()))

    assert {one.pk for one in found} == set(listed)
    assert others.count() == 2 - how_many


def test_append_all_writes_more_rows_than_one_statement_takes(house, monkeypatch):
    monkeypatch.setattr("tonghu.kernel.prepared.AT_ONCE", 2)
    made = [Organisation(agency_id=house.pk, kind="buyer", name=f"第{n}家") for n in range(5)]

    append_all(made)
    append_all([])

    kept = Organisation.objects.unscoped("a test").filter(name__startswith="第")
    assert {one.pk for one in kept} == {one.pk for one in made}
