import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import DateField, UUIDField

from tests.conftest import TODAY
from tonghu.access.models import Account, Membership, Organisation
from tonghu.kernel.ids import new_id
from tonghu.kernel.periods import in_force
from tonghu.kernel.prepared import Asked, Prepared, append
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
