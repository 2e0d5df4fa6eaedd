import pytest

from tonghu.access.models import Account
from tonghu.kernel.encryption import Ciphertext
from tonghu.kernel.keyring import ring
from tonghu.kernel.rotation import rewrap

pytestmark = pytest.mark.django_db
PHONE = "139 0000 0117"


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.KEYS_FOLDER = tmp_path
    ring.cache_clear()
    yield
    ring.cache_clear()


@pytest.fixture
def liumin():
    Account.objects.create(login="liumin", name="刘敏", phone=PHONE)
    return Account.objects.get(login="liumin")


def held(account):
    return Account.objects.values_list("phone", flat=True).get(pk=account.pk)


def test_sealed_attribute_opens_when_it_is_read(liumin):
    assert liumin.phone == PHONE
    assert isinstance(liumin.__dict__["phone"], Ciphertext)
    assert PHONE not in held(liumin)


def test_sealed_attribute_takes_a_new_value(liumin):
    liumin.phone = "139 0000 0118"
    liumin.save()

    assert Account.objects.get(pk=liumin.pk).phone == "139 0000 0118"


def test_sealed_attribute_opens_after_a_rotation(liumin):
    ring("field").create_next()

    list(rewrap())

    again = Account.objects.get(pk=liumin.pk)
    assert again.phone == PHONE
    assert again.__dict__["phone"].key_number == 2
