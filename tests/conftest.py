"""The cast and the day: Liu Min works, Zhang Lan supervises, Wu Fan is from another agency.

Everybody enters through the operations, and only when a test asks for her. Tables, keys and
files are real, in a folder that is thrown away: SQLite in a file there, or the PostgreSQL that
``DATABASE_URL`` names. The clock stands at ``AT`` in every test that knows the agency.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings as the_settings
from django.contrib.contenttypes.management import create_contenttypes
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import Client
from django.utils import translation

from tonghu.access.actors import Actor, actor_for, system
from tonghu.access.constants import OrganisationKind, ScopeKind
from tonghu.access.models import Organisation
from tonghu.access.operations import agencies, people
from tonghu.access.sessions import STARTED
from tonghu.kernel import clock
from tonghu.kernel.keyring import ring

AT = dt.datetime(2026, 6, 1, 2, 0, tzinfo=dt.UTC)
"""Ten in the morning in Xi'an, on Children's Day."""
TODAY = dt.date(2026, 6, 1)
FIRST_DAY = dt.date(2026, 5, 4)
LAST_DAY = dt.date(2026, 6, 22)
"""Of those whose role must end: the evaluator and the auditor."""

QINHUI = UUID("01980000-0000-7000-8000-000000000001")
YULAN = UUID("01980000-0000-7000-8000-000000000002")
SHIQIAO = UUID("01980000-0000-7000-8000-0000000000a1")
HOUSES = {
    QINHUI: ("秦晖社会工作服务中心", "Qinhui Social Work Centre", "52610102MJT0000001"),
    YULAN: ("玉兰社会工作服务中心", "Yulan Social Work Centre", "52610102MJT0000002"),
}
PARTNERS = {
    OrganisationKind.BUYER: ("新城区民政局", "Xincheng Civil Affairs Bureau"),
    OrganisationKind.EVALUATOR: ("西安明德评估所", "Mingde Evaluation, Xi'an"),
    OrganisationKind.COMMUNITY: ("石桥村", "Shiqiao Village"),
}
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Of the one-time codes of whoever is signed in."""
PASSWORD = "three-herons-4471"

Enter = Callable[..., Actor]

TOLD_WHOSE = 2 if connection.vendor == "postgresql" else 0
"""Questions of each signed-in page that tell PostgreSQL whose rows it may show, and no more."""


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of this run alone: keys, files, the database of SQLite."""
    folder = tmp_path_factory.mktemp("home")
    folder.chmod(0o700)
    the_settings.HOME, the_settings.KEYS_FOLDER = folder, folder / "keys"
    ring.cache_clear()
    return folder


@pytest.fixture(scope="session")
def django_db_modify_db_settings(home: Path, django_db_modify_db_settings: None) -> None:
    """Keep SQLite in a file, so that threads and other processes meet the same tables."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = home / "tonghu.sqlite3"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Let the emptying after a test with real transactions past the journal's triggers.

    It would also write Django's permissions anew each time; nobody here reads them.
    """
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.disconnect(create_contenttypes)
    emptying = connection.ops.sql_flush

    def emptying_the_journal_too(*args: object, **kwargs: object) -> list[str]:
        before, after = _without_triggers()
        return [*before, *emptying(*args, **kwargs), *after]

    connection.ops.sql_flush = emptying_the_journal_too


def _without_triggers() -> tuple[list[str], list[str]]:
    """Return what takes the triggers of the journal away, and what brings them back."""
    if connection.vendor == "postgresql":
        return (
            ["ALTER TABLE access_journalrow DISABLE TRIGGER USER"],
            ["ALTER TABLE access_journalrow ENABLE TRIGGER USER"],
        )
    with connection.cursor() as cursor:
        found = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = found.fetchall()
    return [f"DROP TRIGGER {name}" for name, _sql in triggers], [sql for _name, sql in triggers]


@pytest.fixture(autouse=True)
def _passwords_are_cheap(settings):
    """Argon2 is slow on purpose; what it keeps is not what most tests ask about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _every_test_begins_in_chinese(settings):
    """What a page of the test before was read in is left behind."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def frozen() -> Iterator[dt.datetime]:
    """The clock stands at ``AT``; ``with clock.at(…)`` moves it on."""
    with clock.at(AT):
        yield AT


@pytest.fixture
def house(db: None, frozen: dt.datetime) -> Organisation:
    """The agency whose house this is."""
    return founded(QINHUI)


@pytest.fixture
def other_house(db: None, frozen: dt.datetime) -> Organisation:
    """Another agency in the same database, of which nobody here may know."""
    return founded(YULAN)


@pytest.fixture
def partner(house: Organisation) -> Callable[[OrganisationKind], Organisation]:
    """The buyer, evaluator or community the agency works with, entered when first asked for."""
    known: dict[OrganisationKind, Organisation] = {OrganisationKind.AGENCY: house}

    def of_kind(kind: OrganisationKind) -> Organisation:
        if kind not in known:
            name, latin = PARTNERS[kind]
            known[kind] = agencies.add_organisation(
                kind=kind, name=name, latin_name=latin, by=system(QINHUI), at=AT
            )
        return known[kind]

    return of_kind


def founded(agency_id: UUID) -> Organisation:
    """Enter one of the two agencies."""
    name, latin, code = HOUSES[agency_id]
    return agencies.found_agency(
        name=name, latin_name=latin, credit_code=code, by=system(agency_id), at=AT
    )


def entered(
    organisation: Organisation,
    login: str,
    name: str,
    latin_name: str,
    role: str,
    *,
    phone: str = "",
    from_on: dt.date = FIRST_DAY,
    until_on: dt.date | None = None,
) -> Actor:
    """Enter somebody with a role, as the program does at set-up; return her at work."""
    by = system(organisation.agency_id)
    account = people.open_account(
        login=login, name=name, latin_name=latin_name, phone=phone, by=by, at=AT
    )
    in_a_village = organisation.kind == OrganisationKind.COMMUNITY
    people.grant_role(
        account=account,
        organisation=organisation,
        role=role,
        from_on=from_on,
        until_on=until_on,
        scope_kind=ScopeKind.PLACE if in_a_village else ScopeKind.ORGANISATION,
        scope_id=SHIQIAO if in_a_village else None,
        by=by,
        at=AT,
    )
    return at_work(login, account)


def at_work(login: str, account) -> Actor:
    """Return somebody at work under the role she has."""
    actor = actor_for(account, on=TODAY)
    assert actor is not None, f"{login} has no role in force"
    return actor


def _somebody(
    login: str,
    name: str,
    latin_name: str,
    role: str,
    kind: OrganisationKind = OrganisationKind.AGENCY,
    *,
    phone: str = "",
    until_on: dt.date | None = None,
):
    """Make the fixture of one of the cast."""

    @pytest.fixture(name=login)
    def enter(partner) -> Actor:
        return entered(partner(kind), login, name, latin_name, role, phone=phone, until_on=until_on)

    return enter


_EVALUATOR = OrganisationKind.EVALUATOR
qinhui = _somebody("qinhui", "秦慧", "Qin Hui", "head", phone="029 0000 0101")
hejing = _somebody("hejing", "何静", "He Jing", "administrator", phone="029 0000 0128")
zhanglan = _somebody("zhanglan", "张岚", "Zhang Lan", "supervisor", phone="029 0000 0110")
liumin = _somebody("liumin", "刘敏", "Liu Min", "worker", phone="029 0000 0117")
yangfan = _somebody("yangfan", "杨帆", "Yang Fan", "worker", phone="029 0000 0133")
hanxue = _somebody("hanxue", "韩雪", "Han Xue", "finance", phone="029 0000 0142")
gaoxiulan = _somebody("gaoxiulan", "高秀兰", "Gao Xiulan", "director", OrganisationKind.COMMUNITY)
majing = _somebody("majing", "马静", "Ma Jing", "buyer", OrganisationKind.BUYER)
xuzhe = _somebody("xuzhe", "徐哲", "Xu Zhe", "evaluator", _EVALUATOR, until_on=LAST_DAY)
luowen = _somebody("luowen", "罗文", "Luo Wen", "auditor", _EVALUATOR, until_on=LAST_DAY)


@pytest.fixture
def stranger(other_house: Organisation) -> Actor:
    """Wu Fan, a worker of the other agency."""
    return entered(other_house, "wufan", "吴凡", "Wu Fan", "worker", phone="029 0000 0900")


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """A browser in which somebody has signed in, second factor and all: ``signed_in(liumin)``.

    ``factor=False`` leaves the second factor out; ``htmx=True`` asks as htmx does.
    """

    def browser(actor: Actor, *, factor: bool = True, htmx: bool = False) -> Client:
        assert actor.account is not None
        assert actor.membership is not None
        if factor:
            with_second_factor(actor.account)
        client = Client(headers={"HX-Request": "true"} if htmx else None)
        client.force_login(
            actor.account, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        session = client.session
        session[STARTED] = clock.now().timestamp()
        session["membership"] = str(actor.membership.pk)
        session.save()
        return client

    return browser


def downloaded(answer) -> bytes:
    """Return the whole of a file that was sent, and close it."""
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    answer.close()
    return content


def with_second_factor(account) -> None:
    """Give an account the one-time codes that every role demands (R59)."""
    secret = get_adapter().encrypt(SECRET)
    Authenticator.objects.get_or_create(
        user=account, type=Authenticator.Type.TOTP, defaults={"data": {"secret": secret}}
    )
