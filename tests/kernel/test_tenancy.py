from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tonghu.access.models import Organisation
from tonghu.kernel.ids import new_id
from tonghu.kernel.tenancy import only_rows_of, passes_every_lock, rows_of_every_agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> UUID:
    return _agency("秦晖社会工作服务中心")


@pytest.fixture
def other() -> UUID:
    return _agency("雁塔同心社工站")


@pytest.fixture(autouse=True)
def plain_user(own, other):
    """The tests' own user is a superuser, whom PostgreSQL holds to no lock."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE plain; GRANT ALL ON ALL TABLES IN SCHEMA public TO plain")
        cursor.execute("SET ROLE plain")
        yield
        cursor.execute("RESET ROLE")


def _agency(name: str) -> UUID:
    number = new_id()
    Organisation(id=number, agency_id=number, kind="agency", name=name).save(force_insert=True)
    return number


def _seen() -> set[UUID]:
    return set(
        Organisation.objects.unscoped("what the database shows").values_list("pk", flat=True)
    )


def _apart(own: UUID, other: UUID) -> set[UUID]:
    """SQLite has no second lock: it serves one house."""
    return {own} if connection.vendor == "postgresql" else {own, other}


def test_only_rows_of_shows_one_agency(own, other):
    with only_rows_of(own):
        assert _seen() == _apart(own, other)
    assert _seen() == {own, other}


def test_only_rows_of_lets_nothing_be_written_elsewhere(own, other):
    rows = Organisation.objects.unscoped("a fault of a program tries it").filter(pk=other)

    with only_rows_of(own):
        changed = rows.update(name="–")

    assert changed == len(_apart(own, other)) - 1


def test_only_rows_of_refuses_a_new_row_of_another_agency(own, other):
    partner = Organisation(agency_id=other, kind="buyer", name="新城区民政局")

    with only_rows_of(own):
        if connection.vendor == "postgresql":
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                partner.save(force_insert=True)
        else:
            partner.save(force_insert=True)
        assert _seen() - {partner.pk} == _apart(own, other)


def test_rows_of_every_agency_lifts_the_lock_for_a_while(own, other):
    with only_rows_of(own):
        with rows_of_every_agency("a person may work for two"):
            assert _seen() == {own, other}
        assert _seen() == _apart(own, other)


def test_rows_of_every_agency_asks_for_a_reason():
    with pytest.raises(ValueError, match="Say why"), rows_of_every_agency(""):
        pass


def test_lock_survives_a_fault_inside_it(own, other):
    with only_rows_of(own):
        with pytest.raises(LookupError), rows_of_every_agency("and then it breaks"):
            raise LookupError
        assert _seen() == _apart(own, other)
    with pytest.raises(DatabaseError), transaction.atomic(), only_rows_of(own):
        _agency_twice(own)
    assert _seen() == {own, other}


def _agency_twice(number: UUID) -> None:
    Organisation(id=number, agency_id=number, kind="agency", name="–").save(force_insert=True)


def test_plain_user_passes_no_lock():
    if connection.vendor == "postgresql":
        assert not passes_every_lock()
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        assert passes_every_lock()


def test_every_table_of_a_tenant_is_locked():
    tables = {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.column == "agency_id" for field in model._meta.concrete_fields)
    }

    assert tables
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_policies WHERE policyname = 'own_agency'")
            assert {name for (name,) in cursor.fetchall()} == tables
