from uuid import UUID

import pytest
from django.urls import NoReverseMatch, reverse, set_urlconf

from tonghu.look.addresses import address

SOMEBODY = UUID("01980000-0000-7000-8000-0000000000c1")


@pytest.fixture(autouse=True)
def _own_addresses(settings):
    settings.ROOT_URLCONF = "tonghu.config.urls"


def test_address_is_the_one_django_finds():
    assert address("person-list") == reverse("person-list")
    assert address("person", SOMEBODY) == reverse("person", args=[SOMEBODY])


def test_address_is_not_carried_over_to_another_table_of_addresses():
    address("person-list")

    set_urlconf("tests.look.urls")
    try:
        with pytest.raises(NoReverseMatch):
            address("person-list")
    finally:
        set_urlconf(None)
