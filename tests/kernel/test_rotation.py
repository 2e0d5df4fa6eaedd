import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection

from tests.conftest import SECRET, with_second_factor
from tests.kernel import office
from tonghu.access.factors import open_secret
from tonghu.access.journal import said_in
from tonghu.access.models import Account, JournalRow
from tonghu.kernel import rotation
from tonghu.kernel.encryption import Ciphertext, SealBroken
from tonghu.kernel.keyring import ring

pytestmark = pytest.mark.usefixtures("own_keys")

PHONES = {f"w{number}": f"029 0000 050{number}" for number in range(5)}
FIELD, INDEX = "access.Account.phone", "access.Account.phone_index"


@pytest.fixture
def people(house) -> None:
    """Five colleagues with a phone, and two whose phone is nobody's business."""
    for login, phone in [*PHONES.items(), ("none", None), ("empty", "")]:
        Account(login=login, name="W", phone=phone).save(force_insert=True)


def phones() -> dict[str, str]:
    rows = Account.objects.filter(login__in=PHONES).order_by("login")
    return {row.login: row.phone for row in rows}


def keys_in_use(column: str = "phone") -> set[str]:
    values = Account.objects.filter(login__in=PHONES).values_list(column, flat=True)
    return {value.removeprefix("tg1.").split(".")[0] for value in values}


def found_by_phone() -> list[str]:
    index = Account._meta.get_field("phone_index")
    return [
        Account.objects.get(phone_index__in=index.candidates(phone)).login
        for phone in PHONES.values()
    ]


def new_keys() -> None:
    ring("field").create_next()
    ring("index").create_next()


def test_a_new_key_leaves_all_that_stands_under_the_old_one(people):
    new_keys()

    assert rotation.left() == {"field": 5, "index": 5, "hidden": 0, "reporter": 0}
    assert phones() == PHONES
    assert found_by_phone() == list(PHONES)


def test_rewrap_seals_everything_under_the_new_key(people):
    new_keys()

    list(rotation.rewrap())

    assert rotation.left() == {"field": 0, "index": 0, "hidden": 0, "reporter": 0}
    assert (keys_in_use(), keys_in_use("phone_index")) == ({"2"}, {"2"})
    assert (phones(), found_by_phone()) == (PHONES, list(PHONES))


def test_rewrap_makes_the_old_key_superfluous(people):
    new_keys()
    list(rotation.rewrap())

    ring("field").retire(1)
    ring("index").retire(1)
    ring.cache_clear()

    assert (phones(), found_by_phone()) == (PHONES, list(PHONES))


def test_rewrap_leaves_alone_what_is_empty(people):
    new_keys()
    list(rotation.rewrap())

    rows = Account.objects.filter(login__in=["none", "empty"]).order_by("login")
    assert [(row.phone, row.phone_index) for row in rows] == [("", None), (None, None)]


def test_rewrap_tells_how_far_it_has_come(people):
    new_keys()

    told = [
        (one.column, one.done, one.left)
        for one in rotation.rewrap(batch=2)
        if one.column.startswith("access.Account")
    ]

    assert told == [
        (FIELD, 2, 3),
        (FIELD, 4, 1),
        (FIELD, 5, 0),
        (INDEX, 2, 3),
        (INDEX, 4, 1),
        (INDEX, 5, 0),
    ]


@pytest.mark.parametrize("batches", range(7))
def test_rewrap_stopped_after_any_batch_goes_on_from_there(people, batches):
    new_keys()
    run = rotation.rewrap(batch=2)
    for _ in range(batches):
        next(run)
    run.close()

    assert (phones(), found_by_phone()) == (PHONES, list(PHONES))
    left = sum(rotation.left().values())
    assert sum(1 for _ in rotation.rewrap(batch=1)) == left
    assert left == [10, 8, 6, 5, 3, 1, 0][batches]
    assert (phones(), found_by_phone()) == (PHONES, list(PHONES))
    assert rotation.left() == {"field": 0, "index": 0, "hidden": 0, "reporter": 0}


def test_rewrap_again_does_nothing(people):
    new_keys()
    list(rotation.rewrap())
    before = list(Account.objects.order_by("login").values_list("phone", "phone_index"))

    assert list(rotation.rewrap()) == []
    assert list(Account.objects.order_by("login").values_list("phone", "phone_index")) == before


def test_rewrap_over_two_new_keys_skips_the_one_between(people):
    new_keys()
    list(rotation.rewrap(batch=1))[:1]
    new_keys()

    list(rotation.rewrap())

    assert (keys_in_use(), phones()) == ({"3"}, PHONES)


def test_rewrap_that_meets_a_broken_seal_loses_nothing(people):
    new_keys()
    broken = Account.objects.get(login="w3")
    sealed = Account.objects.filter(login="w2").values_list("phone", flat=True).get()
    own = Account.objects.filter(login="w3").values_list("phone", flat=True).get()
    Account.objects.filter(pk=broken.pk).update(phone=Ciphertext(sealed))

    with pytest.raises(SealBroken):
        list(rotation.rewrap(batch=5))

    assert rotation.left()["field"] == 5
    Account.objects.filter(pk=broken.pk).update(phone=own)
    list(rotation.rewrap(batch=5))
    assert phones() == PHONES


def test_rewrap_leaves_the_journal_as_it_was_written(people, hejing):
    rows = JournalRow.objects.unscoped("a test").order_by("seq")
    before = list(rows.values_list("sealed", "hash"))
    ring("journal").create_next()
    new_keys()

    list(rotation.rewrap())

    assert list(rows.values_list("sealed", "hash")) == before
    assert said_in(rows.get(event="access.membership.granted")).changes == {
        "role": [None, "administrator"]
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("newer_key", [True, False], ids=["new key", "old key"])
def test_rewrap_keeps_what_somebody_changed_meanwhile(people, newer_key):
    old = ring("field").current
    new_keys()

    def change():
        row = Account.objects.get(login="w1")
        row.phone = "029 0000 0999"
        row.save(update_fields=["phone", "phone_index"])
        if not newer_key:  # a server that has not yet looked into the folder again
            by_old_key = _sealed_by(old, row)
            Account.objects.filter(pk=row.pk).update(phone=by_old_key)

    with connection.execute_wrapper(_after_reading('"access_account"."phone", ', change)):
        list(rotation.rewrap())

    assert phones() == PHONES | {"w1": "029 0000 0999"}
    assert keys_in_use() == {"2"}
    assert rotation.left() == {"field": 0, "index": 0, "hidden": 0, "reporter": 0}


def test_rewrap_takes_the_second_factors_along(people, liumin):
    with_second_factor(liumin.account)
    recovery = RecoveryCodes.activate(liumin.account)
    codes = recovery.get_unused_codes()
    recovery.validate_code(codes[0])
    new_keys()
    assert rotation.left()["field"] == 5 + 1 + 2  # phones of five and of Liu Min, two factors

    list(rotation.rewrap())
    ring("field").retire(1)
    ring.cache_clear()

    factors = {row.type: row.wrap() for row in Authenticator.objects.all()}
    assert rotation.left()["field"] == 0
    assert open_secret(factors["totp"].instance.data["secret"]) == SECRET
    assert factors["recovery_codes"].get_unused_codes() == codes[1:]


@pytest.mark.django_db(transaction=True)
def test_rewrap_does_not_bring_a_used_recovery_code_back(people, liumin):
    codes = RecoveryCodes.activate(liumin.account).get_unused_codes()
    new_keys()

    def use_one_up():
        Authenticator.objects.get().wrap().validate_code(codes[0])

    # First the rotation counts what is left, then it reads what it seals.
    with connection.execute_wrapper(_after_reading("mfa_authenticator", use_one_up, times=2)):
        list(rotation.rewrap())

    recovery = Authenticator.objects.get().wrap()
    assert recovery.get_unused_codes() == codes[1:]
    assert rotation.left() == {"field": 0, "index": 0, "hidden": 0, "reporter": 0}


def test_second_factors_are_known_to_the_rotation_of_every_process(home):
    ask = (
        "import django; django.setup();"
        "from tonghu.kernel import rotation; print([one.column for one in rotation._elsewhere])"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tonghu.config.settings",
        "PYTHONPATH": "src",
        "TONGHU_HOME": str(home),
    }

    told = subprocess.run(
        [sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True
    )

    assert told.stdout == "['mfa.Authenticator.data']\n"


def test_state_names_keys_and_what_is_left_without_a_value(people):
    new_keys()
    _ = ring("journal").current, ring("hidden").current, ring("reporter").current

    assert rotation.state() == {
        "rings": {"field": [1, 2], "index": [1, 2], "hidden": [1], "reporter": [1], "journal": [1]},
        "left": {"field": 5, "index": 5, "hidden": 0, "reporter": 0},
    }


def _sealed_by(key, row: Account) -> Ciphertext:
    others = ring("field")
    others._keys = {1: key}
    sealed = Account._meta.get_field("phone").pre_save(row, add=True)
    others._load()
    assert sealed.key_number == 1
    return sealed


def _after_reading(what: str, change: Callable[[], None], *, times: int = 1):
    """Let another thread change a row between the reading of a batch and its writing."""
    waiting = [change, *[lambda: None] * (times - 1)]

    def wrapper(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if what in sql and sql.startswith(("SELECT", "DECLARE")) and waiting:
            office.at_once(1, waiting.pop())
        return answer

    return wrapper
