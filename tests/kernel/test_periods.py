import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from tests.conftest import TODAY
from tonghu.access.models import Membership
from tonghu.kernel.periods import in_force

DAY = dt.timedelta(days=1)


def lasting(membership, from_on, until_on) -> list[Membership]:
    rows = Membership.objects.unscoped("a test")
    rows.filter(pk=membership.pk).update(from_on=from_on, until_on=until_on)
    return rows


@pytest.mark.parametrize(
    ("from_on", "until_on", "holds"),
    [
        (TODAY, TODAY, True),
        (TODAY, None, True),
        (TODAY - DAY, TODAY + DAY, True),
        (TODAY - DAY, TODAY, True),
        (TODAY - 2 * DAY, TODAY - DAY, False),
        (TODAY + DAY, None, False),
        (TODAY + DAY, TODAY + 2 * DAY, False),
    ],
)
def test_a_period_holds_its_first_and_its_last_day(liumin, from_on, until_on, holds):
    rows = lasting(liumin.membership, from_on, until_on)

    assert rows.filter(in_force(TODAY)).exists() is holds


def test_a_period_that_ends_before_it_begins_is_refused_by_the_table(liumin):
    with pytest.raises(IntegrityError, match="membership_period_in_order"), transaction.atomic():
        lasting(liumin.membership, TODAY, TODAY - DAY)

    assert Membership.objects.unscoped("a test").get(pk=liumin.membership_id).until_on is None


def test_a_period_that_ends_before_it_begins_is_refused_in_words(liumin):
    row = Membership.objects.unscoped("a test").get(pk=liumin.membership_id)
    row.from_on, row.until_on = TODAY, TODAY - DAY
    period = next(one for one in row._meta.constraints if one.name.endswith("in_order"))

    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        period.validate(Membership, row)

    assert refusal.value.messages == ["The last day lies before the first."]
