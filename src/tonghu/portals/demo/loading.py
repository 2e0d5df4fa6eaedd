"""The demonstration: a made-up agency with one person of each role. Nobody here exists.

Exists in demo mode only, and is written through the same operations as everything else.
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from tonghu.access.actors import Actor, actor_for, system
from tonghu.access.constants import ScopeKind
from tonghu.access.models import Account, Membership, Organisation
from tonghu.access.operations import agencies, people
from tonghu.kernel import clock
from tonghu.portals.demo import children, stories, talks
from tonghu.portals.demo.cast import (
    AGENCY,
    CAST,
    FIRST_DAY,
    HOUSE,
    NEWCOMER,
    PARTNERS,
    PASSWORD,
    Cast,
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
        found = children.enter_places(at)
        for one in CAST:
            _enter(one, places, children.of_the_village(found), by, at)
        children.enter_teams(found, at)
        workers = {login: _at_work(login, at) for login in ("liumin", "yangfan")}
        homes = children.enter_children(found, workers, at)
        talks.enter_talks(homes, _at_work("zhanglan", at))
        at_work = workers | {"zhanglan": _at_work("zhanglan", at)}
        stories.enter_cases(homes, at_work, at)
        children.bring_the_list(found, workers["liumin"], at)
        _propose_a_colleague(at)


def _enter(one: Cast, places: dict[str, UUID], village: UUID, by: Actor, at: dt.datetime) -> None:
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
    organisation = Organisation.objects.unscoped("it was entered a moment ago").get(
        pk=places[one.organisation]
    )
    people.grant_role(
        account=account,
        organisation=organisation,
        role=one.role,
        from_on=min(FIRST_DAY, clock.day(at)),
        until_on=clock.day(at) + dt.timedelta(days=21)
        if one.role in ("evaluator", "auditor")
        else None,
        scope_kind=one.scope_kind,
        scope_id=village if one.scope_kind is ScopeKind.PLACE else None,
        by=by,
        at=at,
    )


def _propose_a_colleague(at: dt.datetime) -> None:
    """Leave one act waiting for the head, so that her Today is not empty."""
    administrator = _at_work("hejing", at)
    house = Organisation.objects.unscoped("it was entered a moment ago").get(pk=AGENCY)
    people.welcome_person(
        name=NEWCOMER.name,
        login=NEWCOMER.login,
        latin_name=NEWCOMER.latin_name,
        phone="",
        role=NEWCOMER.role,
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
            "organisation_latin": row.organisation.latin_name,
            "password": PASSWORD,
        }
        for row in rows
    ]
