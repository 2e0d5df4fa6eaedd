"""Entering an agency with the two people who set it up."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from tonghu.access.actors import Actor, system
from tonghu.access.invitations import new_token
from tonghu.access.models import Organisation
from tonghu.access.operations import agencies, people
from tonghu.access.roles import AgencyAdministrator, AgencyHead
from tonghu.kernel import clock
from tonghu.kernel.ids import new_id


def found(
    *,
    agency: str,
    latin: str,
    credit_code: str,
    head: tuple[str, str],
    administrator: tuple[str, str],
) -> dict[str, Any]:
    """Enter the agency, its head and its administrator; return their ways in, shown once.

    :raises Refused: when a sign-in name is taken; then nothing was entered.
    """
    at = clock.now()
    by = system(new_id())
    with transaction.atomic():
        house = agencies.found_agency(
            name=agency, latin_name=latin, credit_code=credit_code, by=by, at=at
        )
        invited = [
            _invited(house, AgencyHead.key, *head, by=by),
            _invited(house, AgencyAdministrator.key, *administrator, by=by),
        ]
    return {"agency": str(house.pk), "name": house.name, "invited": invited}


def _invited(house: Organisation, role: str, login: str, name: str, *, by: Actor) -> dict[str, str]:
    at = clock.now()
    account = people.open_account(login=login, name=name, by=by, at=at)
    people.grant_role(
        account=account, organisation=house, role=role, from_on=clock.day(at), by=by, at=at
    )
    token = new_token()
    people.invite(account=account, token=token, by=by, at=at)
    return {
        "login": account.login,
        "name": account.name,
        "role": role,
        "path": reverse("invitation", args=[token]),
    }
