"""The demonstration: a made-up agency with one person of each role. Nobody here exists.

Exists in demo mode only, and is written through the same operations as everything else.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from tonghu.access.actors import Actor, actor_for, system
from tonghu.access.constants import OrganisationKind, ScopeKind
from tonghu.access.models import Account, Membership, Organisation
from tonghu.access.operations import agencies, people
from tonghu.kernel import clock

AGENCY = UUID("01980000-0000-7000-8000-000000000001")
PLACE = UUID("01980000-0000-7000-8000-0000000000a1")
PASSWORD = "tonghu-demo"  # noqa: S105 -- good in demo mode only, printed for everybody
FIRST_DAY = dt.date(2026, 5, 4)


@dataclass(frozen=True)
class Cast:
    """One person of the demonstration."""

    login: str
    name: str
    latin_name: str
    role: str
    organisation: str
    phone: str = ""
    scope_kind: ScopeKind = ScopeKind.ORGANISATION


HOUSE = "秦晖社会工作服务中心"
PARTNERS = (
    (OrganisationKind.BUYER, "新城区民政局", "Xincheng Civil Affairs Bureau"),
    (OrganisationKind.EVALUATOR, "西安明德评估所", "Mingde Evaluation, Xi'an"),
    (OrganisationKind.COMMUNITY, "石桥村", "Shiqiao Village"),
)
CAST = (
    Cast("qinhui", "秦慧", "Qin Hui", "head", HOUSE, "029 0000 0101"),
    Cast("hejing", "何静", "He Jing", "administrator", HOUSE, "029 0000 0128"),
    Cast("zhanglan", "张岚", "Zhang Lan", "supervisor", HOUSE, "029 0000 0110"),
    Cast("liumin", "刘敏", "Liu Min", "worker", HOUSE, "029 0000 0117"),
    Cast("yangfan", "杨帆", "Yang Fan", "worker", HOUSE, "029 0000 0133"),
    Cast("hanxue", "韩雪", "Han Xue", "finance", HOUSE, "029 0000 0142"),
    Cast("gaoxiulan", "高秀兰", "Gao Xiulan", "director", "石桥村", scope_kind=ScopeKind.PLACE),
    Cast("majing", "马静", "Ma Jing", "buyer", "新城区民政局"),
    Cast("xuzhe", "徐哲", "Xu Zhe", "evaluator", "西安明德评估所"),
    Cast("luowen", "罗文", "Luo Wen", "auditor", "西安明德评估所"),
)


def load(at: dt.datetime) -> None:
    """Enter the made-up agency once; a second call changes nothing."""
    if Organisation.objects.unscoped("is the demonstration here?").filter(pk=AGENCY).exists():
        return
    with transaction.atomic():
        by = system(AGENCY)
        agencies.found_agency(
            name=HOUSE,
            latin_name="Qinhui Social Work Centre",
            credit_code="52610102MJT0000001",
            by=by,
            at=at,
        )
        places = {HOUSE: AGENCY} | {
            name: agencies.add_organisation(kind=kind, name=name, latin_name=latin, by=by, at=at).pk
            for kind, name, latin in PARTNERS
        }
        for one in CAST:
            _enter(one, places, by, at)
        _propose_a_colleague(at)


def _enter(one: Cast, places: dict[str, UUID], by: Actor, at: dt.datetime) -> None:
    account = people.open_account(
        login=one.login,
        name=one.name,
        latin_name=one.latin_name,
        phone=one.phone,
        is_cast=True,
        by=by,
        at=at,
    )
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    organisation = Organisation.objects.unscoped("just entered").get(pk=places[one.organisation])
    people.grant_role(
        account=account,
        organisation=organisation,
        role=one.role,
        from_on=min(FIRST_DAY, clock.day(at)),
        until_on=clock.day(at) + dt.timedelta(days=21)
        if one.role in ("evaluator", "auditor")
        else None,
        scope_kind=one.scope_kind,
        scope_id=PLACE if one.scope_kind is ScopeKind.PLACE else None,
        by=by,
        at=at,
    )


def _propose_a_colleague(at: dt.datetime) -> None:
    """Leave one act waiting for the head, so that her Today is not empty."""
    administrator = _at_work("hejing", at)
    house = Organisation.objects.unscoped("just entered").get(pk=AGENCY)
    people.welcome_person(
        name="马倩",
        login="maqian",
        latin_name="Ma Qian",
        phone="",
        role="worker",
        organisation=house,
        from_on=clock.day(at),
        until_on=None,
        token="demo-" + house.pk.hex,
        by=administrator,
        at=at,
    )


def _at_work(login: str, at: dt.datetime) -> Actor:
    account = Account.objects.get(login=login)
    actor = actor_for(account, on=clock.day(at))
    if actor is None:
        raise LookupError(f"{login} has no role in force.")
    return actor


def cast_list() -> list[dict[str, str]]:
    """Return the cast as the page and the command line show it."""
    rows = (
        Membership.objects.unscoped("the cast of the demonstration is public")
        .filter(account__is_cast=True)
        .select_related("account", "organisation")
        .order_by("id")
    )
    return [
        {
            "login": row.account.login,
            "name": row.account.name,
            "latin_name": row.account.latin_name,
            "role": row.role,
            "role_name": str(row.get_role_display()),
            "organisation": row.organisation.name,
            "password": PASSWORD,
        }
        for row in rows
    ]
