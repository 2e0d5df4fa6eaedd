import pytest
from django.db import connection, transaction

from tonghu.access.models import Account
from tonghu.kernel.encryption import (
    Ciphertext,
    SealBroken,
    id_number,
    open_sealed,
    phone_digits,
    seal,
)
from tonghu.kernel.keyring import KeyMissing, KeyRing
from tonghu.kernel.operations import assign

pytestmark = pytest.mark.usefixtures("own_keys")

PHONE = "029 0000 0117"
PLACE = "people_identity.number.1"


@pytest.fixture
def keys(tmp_path):
    return KeyRing(tmp_path / "field")


def stands(account_id, column: str = "phone") -> str:
    """What the database itself holds, past every field."""
    with connection.cursor() as cursor:
        key = account_id if connection.vendor == "postgresql" else account_id.hex
        cursor.execute(f"SELECT {column} FROM access_account WHERE id = %s", [key])
        return cursor.fetchone()[0]


def put(account_id, value: str) -> None:
    with connection.cursor() as cursor:
        key = account_id if connection.vendor == "postgresql" else account_id.hex
        cursor.execute("UPDATE access_account SET phone = %s WHERE id = %s", [value, key])


def test_a_sealed_text_opens_at_its_place(keys):
    sealed = seal("610102201501010017", ring=keys, place=PLACE)

    assert open_sealed(sealed, ring=keys, place=PLACE) == "610102201501010017"
    assert "610102201501010017" not in sealed


def test_the_same_text_is_sealed_differently_each_time(keys):
    assert seal("1", ring=keys, place=PLACE) != seal("1", ring=keys, place=PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    ["people_identity.number.2", "people_identity.phone.1", "people_child.number.1"],
    ids=["row", "column", "table"],
)
def test_a_sealed_text_moved_does_not_open(keys, elsewhere):
    sealed = seal("610102201501010017", ring=keys, place=PLACE)

    with pytest.raises(SealBroken, match=elsewhere):
        open_sealed(sealed, ring=keys, place=elsewhere)


@pytest.mark.parametrize("where", [8, 20, -8])
def test_a_sealed_text_altered_does_not_open(keys, where):
    sealed = seal("610102201501010017", ring=keys, place=PLACE)
    other = "A" if sealed[where] != "A" else "B"
    altered = list(sealed)
    altered[where] = other

    with pytest.raises(SealBroken):
        open_sealed("".join(altered), ring=keys, place=PLACE)


def test_a_sealed_text_of_another_format_does_not_open(keys):
    sealed = seal("1", ring=keys, place=PLACE)

    with pytest.raises(SealBroken, match="unknown format"):
        open_sealed(sealed.replace("tg1.", "tg2.", 1), ring=keys, place=PLACE)


@pytest.mark.parametrize("damaged", ["", "tg1", "tg1.1", "tg1.x.AAAA", "tg1.1.AAAA", "tg1.1.A"])
def test_a_sealed_text_cut_short_does_not_open(keys, damaged):
    seal("1", ring=keys, place=PLACE)

    with pytest.raises(SealBroken):
        open_sealed(damaged, ring=keys, place=PLACE)


def test_no_refusal_to_open_quotes_what_was_sealed(keys):
    sealed = seal("610102201501010017", ring=keys, place=PLACE)

    with pytest.raises(SealBroken) as refusal:
        open_sealed(sealed, ring=keys, place="elsewhere")

    assert str(refusal.value) == "elsewhere: altered, or moved from another place"


def test_a_sealed_text_names_its_key_and_keeps_to_it(keys):
    first = seal("1", ring=keys, place=PLACE)
    keys.create_next()
    second = seal("1", ring=keys, place=PLACE)

    assert (first.key_number, second.key_number) == (1, 2)
    assert open_sealed(first, ring=keys, place=PLACE) == "1"


def test_a_sealed_text_whose_key_is_gone_says_which(keys):
    sealed = seal("1", ring=keys, place=PLACE)
    (keys.folder / "0001.key").unlink()

    with pytest.raises(KeyMissing, match=r"field/0001\.key is missing"):
        open_sealed(sealed, ring=KeyRing(keys.folder), place=PLACE)


def test_a_field_stands_sealed_and_opens_when_read(liumin):
    found = Account.objects.get(pk=liumin.account_id)

    assert stands(liumin.account_id).startswith("tg1.1.")
    assert PHONE not in stands(liumin.account_id)
    assert found.phone == PHONE


@pytest.mark.parametrize("how", ["deferred", "only", "refreshed"])
def test_a_field_opens_however_its_row_was_fetched(liumin, how):
    rows = Account.objects.filter(pk=liumin.account_id)
    found = {"deferred": rows.defer("phone"), "only": rows.only("phone")}.get(how, rows).get()
    if how == "refreshed":
        found.refresh_from_db()

    assert found.phone == PHONE


def test_a_field_gives_lists_of_values_sealed(liumin):
    values = Account.objects.filter(pk=liumin.account_id).values_list("phone", flat=True)

    assert isinstance(values[0], Ciphertext)
    assert PHONE not in values[0]


def test_a_field_that_nobody_touched_is_not_sealed_again(liumin):
    before = stands(liumin.account_id)
    found = Account.objects.get(pk=liumin.account_id)
    found.name = "刘敏敏"
    found.save()

    assert stands(liumin.account_id) == before


def test_a_field_that_was_changed_is_sealed_anew(liumin):
    found = Account.objects.get(pk=liumin.account_id)
    found.phone = "029 0000 0199"
    found.save()

    assert Account.objects.get(pk=liumin.account_id).phone == "029 0000 0199"
    assert "0199" not in stands(liumin.account_id)


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_field_left_empty_stays_empty(liumin, nothing):
    found = Account.objects.get(pk=liumin.account_id)
    found.phone = nothing
    found.save()

    fresh = Account.objects.get(pk=liumin.account_id)
    assert (fresh.phone, fresh.phone_index) == (nothing, None)


def test_a_value_moved_to_another_row_does_not_open(liumin, yangfan):
    put(yangfan.account_id, stands(liumin.account_id))

    with pytest.raises(SealBroken):
        _ = Account.objects.get(pk=yangfan.account_id).phone


def test_a_copied_row_does_not_carry_its_seal_along(liumin):
    copied = Account.objects.get(pk=liumin.account_id)
    copied.pk, copied.login = None, "liumin2"

    with pytest.raises(SealBroken):
        copied.save(force_insert=True)


@pytest.mark.parametrize(
    "asked",
    [
        {"phone": PHONE},
        {"phone__contains": "0117"},
        {"phone__in": [PHONE]},
        {"phone__gt": "0"},
        {"phone__startswith": "tg1.1."},
    ],
    ids=lambda asked: next(iter(asked)),
)
def test_a_sealed_column_cannot_be_searched(liumin, asked):
    with pytest.raises(TypeError, match="phone is sealed"):
        Account.objects.filter(**asked).exists()


def test_a_sealed_column_can_be_asked_whether_it_is_empty(liumin, xuzhe):
    filled = Account.objects.filter(phone__isnull=False).values_list("login", flat=True)

    assert list(filled) == ["liumin"]


def test_a_sealed_column_takes_no_plaintext_past_the_row(liumin):
    before = stands(liumin.account_id)

    with pytest.raises(TypeError, match="phone is sealed"), transaction.atomic():
        Account.objects.filter(pk=liumin.account_id).update(phone="029 0000 0199")

    assert stands(liumin.account_id) == before


def test_many_rows_at_once_are_sealed_each_for_itself(house):
    fresh = [Account(login=f"w{number}", name="W", phone=PHONE) for number in range(2)]
    Account.objects.bulk_create(fresh)

    found = Account.objects.filter(login__startswith="w")
    assert [one.phone for one in found] == [PHONE, PHONE]
    assert len({stands(one.pk) for one in found}) == 2


@pytest.mark.parametrize("said", ["029-0000-0117", "02900000117", "０２９ ００００ ０１１７"])
def test_a_blind_index_finds_what_is_meant(liumin, yangfan, said):
    index = Account._meta.get_field("phone_index")

    found = Account.objects.filter(phone_index__in=index.candidates(said))

    assert [one.login for one in found] == ["liumin"]


def test_a_blind_index_says_nothing_of_the_text(liumin):
    index = Account.objects.get(pk=liumin.account_id).phone_index

    assert index.startswith("1.")
    assert len(index) == 34
    assert "0117" not in index


def test_a_blind_index_follows_its_field(liumin):
    found = Account.objects.get(pk=liumin.account_id)
    found.phone = "029 0000 0199"
    found.save()
    index = Account._meta.get_field("phone_index")

    assert not Account.objects.filter(phone_index__in=index.candidates(PHONE)).exists()
    assert Account.objects.filter(phone_index__in=index.candidates("02900000199")).exists()


def test_a_blind_index_follows_its_field_when_nothing_else_is_saved(liumin):
    assign(Account.objects.get(pk=liumin.account_id), phone="029 0000 0199")
    index = Account._meta.get_field("phone_index")

    assert not Account.objects.filter(phone_index__in=index.candidates(PHONE)).exists()
    assert Account.objects.filter(phone_index__in=index.candidates("02900000199")).exists()


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("+86 138 0000 0117", "13800000117"),
        ("138-0000-0117", "13800000117"),
        ("１３８００００ ０１１７", "13800000117"),
        ("86 0117", "860117"),
        ("", ""),
    ],
)
def test_phone_digits_are_what_was_meant(said, digits):
    assert phone_digits(said) == digits


@pytest.mark.parametrize(
    "said", ["61010220150101001x", " 610102 20150101 001X", "61010220150101001Ｘ"]
)
def test_id_number_is_written_one_way(said):
    assert id_number(said) == "61010220150101001X"
