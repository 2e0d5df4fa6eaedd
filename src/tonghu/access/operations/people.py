"""Joiner, mover, leaver: who works here, in which role, until when."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.constants import ProposalState, ScopeKind
from tonghu.access.grants import LastHead as LastHead
from tonghu.access.grants import check_grant, keep_a_head, require_set_up
from tonghu.access.invitations import find_invitation, hashed
from tonghu.access.leaving import end_everything
from tonghu.access.models import Account, Invitation, Membership, Organisation, Proposal
from tonghu.access.operations.two_persons import drop, propose
from tonghu.access.policy import STAFF, confirms_a_role
from tonghu.access.reach import check_places, join_places, told_of_places
from tonghu.access.roles import ROLES
from tonghu.access.sheets import Action
from tonghu.access.tenancy import require_at_home, require_known
from tonghu.access.two_persons import TwoPersonAct, declare
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged
from tonghu.kernel.tenancy import rows_of_every_agency

INVITED_FOR = dt.timedelta(days=7)


class LoginTaken(Refused):
    """The sign-in name belongs to somebody."""


class InvitationOver(Refused):
    """The invitation was used, has expired, or never was."""


class AccountClosed(Refused):
    """The person has left; her account opens nothing and is given nothing."""


class PasswordWeak(Refused):
    """The password would be guessed."""


@operation("access.account.opened")
def open_account(
    *,
    login: str,
    name: str,
    latin_name: str = "",
    phone: str = "",
    language: str = "",
    is_cast: bool = False,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Account]:
    """Give somebody an account without a password: she chooses one when she is invited in.

    :raises Forbidden: unless ``by`` sets up the agency.
    :raises LoginTaken: when the sign-in name is somebody's.
    """
    require_set_up(by, day(at))
    login = login.strip().lower()
    if Account.objects.filter(login=login).exists():
        raise LoginTaken(_("This sign-in name cannot be given. Add a letter or a number."))
    account = Account(
        login=login,
        name=name,
        latin_name=latin_name,
        phone=phone or None,
        language=language,
        is_cast=is_cast,
    )
    account.set_unusable_password()
    account.save(force_insert=True)
    return changed(account)


@operation("access.membership.granted")
def grant_role(
    *,
    account: Account,
    organisation: Organisation,
    role: str,
    from_on: dt.date,
    until_on: dt.date | None = None,
    scope_kind: ScopeKind = ScopeKind.ORGANISATION,
    scope_id: UUID | None = None,
    places: Sequence[UUID] = (),
    by: Actor,
    at: dt.datetime,
) -> Outcome[Membership]:
    """Give somebody a role that sees no child's name; the others are proposed.

    :raises Forbidden: unless ``by`` sets up the agency, for oneself, and for roles that see names.
    :raises Hidden: for a person or an organisation of another agency.
    :raises AccountClosed: for somebody who has left.
    :raises WrongPlace: when the role is not given there, or not with that reach.
    :raises LastDayMissing: when it must end and no last day is named.
    """
    _may_be_given(account, organisation, by, at)
    check_grant(organisation, role, until_on, scope_kind)
    if by.account_id == account.pk:
        raise Forbidden(_("Nobody gives herself a role: a colleague who sets up the agency can."))
    if ROLES[role].sees_names and by.account_id:
        raise Forbidden(_("This role sees names: propose it, the agency head confirms it."))
    check_places(by, role, (scope_kind, scope_id), places, on=day(at))
    membership = Membership(
        agency_id=by.agency_id,
        account=account,
        organisation=organisation,
        role=role,
        scope_kind=scope_kind,
        scope_id=scope_id,
        from_on=from_on,
        until_on=until_on,
    )
    _begin(membership, places, by, at)
    return changed(membership, {"role": (None, role)}, about=account.pk)


@operation("access.membership.proposed")
@upholds("R83")
def propose_role(
    *,
    account: Account,
    organisation: Organisation,
    role: str,
    from_on: dt.date,
    until_on: dt.date | None = None,
    scope_kind: ScopeKind = ScopeKind.ORGANISATION,
    scope_id: UUID | None = None,
    places: Sequence[UUID] = (),
    by: Actor,
    at: dt.datetime,
) -> Outcome[Proposal]:
    """Propose a role that sees names; it begins when the second person has confirmed it.

    :raises Forbidden: unless ``by`` sets up the agency.
    :raises Hidden: for a person or an organisation of another agency.
    :raises AccountClosed: for somebody who has left.
    :raises WrongPlace: when the role is not given there, or not with that reach.
    :raises LastDayMissing: when the role must end and no last day is named.
    """
    _may_be_given(account, organisation, by, at)
    check_grant(organisation, role, until_on, scope_kind)
    check_places(by, role, (scope_kind, scope_id), places, on=day(at))
    details = {
        "organisation": str(organisation.pk),
        "role": role,
        "from_on": from_on.isoformat(),
        "until_on": until_on.isoformat() if until_on else None,
        "scope_kind": scope_kind,
        "scope_id": str(scope_id) if scope_id else None,
        "places": [str(one) for one in places],
    }
    proposal = propose(
        act=GRANT.key, subject=account, details=details, concerns=account, by=by, at=at
    )
    return changed(proposal, {"role": (None, role)}, about=account.pk)


@operation("access.account.welcomed")
def welcome_person(
    *,
    name: str,
    login: str,
    latin_name: str,
    phone: str,
    role: str,
    organisation: Organisation,
    from_on: dt.date,
    until_on: dt.date | None,
    scope_kind: ScopeKind = ScopeKind.ORGANISATION,
    scope_id: UUID | None = None,
    places: Sequence[UUID] = (),
    token: str,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Account]:
    """Open an account, give or propose its first role, and make the way in: one act.

    :raises Refused: whatever opening, granting or proposing refuses; then nothing is done.
    """
    account = open_account(login=login, name=name, latin_name=latin_name, phone=phone, by=by, at=at)
    give = propose_role if ROLES[role].sees_names else grant_role
    give(
        account=account,
        organisation=organisation,
        role=role,
        from_on=from_on,
        until_on=until_on,
        scope_kind=scope_kind,
        scope_id=scope_id,
        places=places,
        by=by,
        at=at,
    )
    invite(account=account, token=token, by=by, at=at)
    return changed(account)


@operation("access.membership.ended")
def end_membership(
    *, membership: Membership, until_on: dt.date, by: Actor, at: dt.datetime
) -> Outcome[Membership]:
    """Let a role end with a last day; the same again with an earlier day moves it.

    :raises Forbidden: unless ``by`` may write the colleague's roles, and when a role that sees
        names would last longer than the second person has confirmed.
    :raises LastHead: when nobody would be the agency's head after it.
    """
    STAFF.require(Action.WRITE, by, membership, on=day(at))
    keep_a_head(membership, until_on)
    until_on = max(until_on, membership.from_on)
    is_longer = membership.until_on and until_on > membership.until_on
    if is_longer and ROLES[membership.role].sees_names and by.account_id:
        raise Forbidden(_("This role sees names: to last longer it is proposed anew."))
    changes = assign(membership, until_on=until_on)
    if not changes:
        return unchanged(membership)
    return changed(membership, changes, about=membership.account_id)


@operation("access.account.left")
@upholds("R58")
def leave(*, account: Account, by: Actor, at: dt.datetime) -> Outcome[Account]:
    """End everything of somebody who leaves: roles, sessions, devices, links, waiting files.

    What she holds is listed by :func:`tonghu.access.queries.to_hand_over`.

    A role that begins today or later is taken back whole: none of hers is in force afterwards.

    :raises Forbidden: unless ``by`` sets up the agency.
    :raises Hidden: for a person of another agency.
    :raises LastHead: when nobody would be the agency's head after it.
    :raises AlreadyDecided: when somebody decides at this moment what she had proposed.
    """
    require_set_up(by, day(at))
    require_known(by, account)
    today = day(at)
    for membership in _not_over(account, today).filter(agency_id=by.agency_id):
        _take_away(membership, today, by, at)
    _drop_what_waits(account, by, at)
    with rows_of_every_agency("does she work for another agency?"):
        is_needed_elsewhere = _not_over(account, today).exists()
    if is_needed_elsewhere:
        return changed(account)
    end_everything(account, at)
    changes = assign(account, is_active=False, left_on=today)
    return changed(account, changes) if changes else unchanged(account)


@operation("access.account.returned")
def readmit(*, account: Account, by: Actor, at: dt.datetime) -> Outcome[Account]:
    """Undo a leaving: the account may sign in again; roles are given anew.

    :raises Forbidden: unless ``by`` sets up the agency.
    :raises Hidden: for a person of another agency.
    """
    require_set_up(by, day(at))
    require_known(by, account)
    changes = assign(account, is_active=True, left_on=None)
    return changed(account, changes) if changes else unchanged(account)


@operation("access.invitation.sent")
def invite(*, account: Account, token: str, by: Actor, at: dt.datetime) -> Outcome[Invitation]:
    """Make a one-time way in, good for seven days; earlier ones end. ``token`` is kept as a hash.

    :raises Forbidden: unless ``by`` sets up the agency.
    :raises Hidden: for a person of another agency.
    :raises AccountClosed: for somebody who has left.
    """
    require_set_up(by, day(at))
    require_known(by, account)
    if not account.is_active:
        raise AccountClosed(_("This person has left. Open the account again first."))
    earlier = Invitation.objects.unscoped("earlier ways in end")
    earlier.filter(account=account, used_at__isnull=True, expires_at__gt=at).update(expires_at=at)
    invitation = Invitation(
        agency_id=by.agency_id,
        account=account,
        token_hash=hashed(token),
        made_at=at,
        expires_at=at + INVITED_FOR,
    )
    invitation.save(force_insert=True)
    return changed(invitation, about=account.pk)


@operation("access.invitation.accepted")
def accept_invitation(*, token: str, password: str, by: Actor, at: dt.datetime) -> Outcome[Account]:
    """Let somebody in with the password she chose; the way in closes behind her.

    :raises InvitationOver: when it was used or has expired.
    :raises PasswordWeak: when the password would be guessed.
    """
    invitation = find_invitation(token, at=at)
    if invitation is None:
        raise InvitationOver(_("This invitation was used or is over. Ask for a new one."))
    account = invitation.account
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise PasswordWeak(" ".join(error.messages)) from error
    assign(invitation, used_at=at)
    account.set_password(password)
    account.save(update_fields=["password"])
    return changed(account)


def _may_be_given(account: Account, organisation: Organisation, by: Actor, at: dt.datetime) -> None:
    require_set_up(by, day(at))
    require_known(by, account)
    require_at_home(by, organisation)
    if not account.is_active:
        raise AccountClosed(_("This person has left. Open the account again first."))


def _begin(membership: Membership, places: Iterable[UUID], by: Actor, at: dt.datetime) -> None:
    membership.save(force_insert=True)
    join_places(membership, places, by, at)


def _not_over(account: Account, on: dt.date) -> "QuerySet[Membership]":
    rows = Membership.objects.unscoped("whoever leaves is asked about as a whole")
    return rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), account=account)


def _take_away(membership: Membership, today: dt.date, by: Actor, at: dt.datetime) -> None:
    """End a role with yesterday; one that has not been held for a day never began."""
    yesterday = today - dt.timedelta(days=1)
    if membership.from_on > yesterday:
        membership.from_on = yesterday
        membership.save(update_fields=["from_on"])
    end_membership(membership=membership, until_on=yesterday, by=by, at=at)


def _drop_what_waits(account: Account, by: Actor, at: dt.datetime) -> None:
    """Let nothing wait any more that concerns somebody who leaves, or that she proposed."""
    waiting = Proposal.objects.unscoped("everything of this account ends").filter(
        Q(concerns=account) | Q(proposed_by=account),
        agency_id=by.agency_id,
        state__in=(ProposalState.WAITING, ProposalState.LEAVING),
    )
    for proposal in waiting:
        drop(proposal=proposal, by=by, at=at)


def _grant_as_confirmed(
    proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime
) -> Membership:
    account = Account.objects.get(pk=proposal.subject_id)
    if not account.is_active:
        raise AccountClosed(_("This person has left. Open the account again first."))
    membership = Membership(
        agency_id=proposal.agency_id,
        account=account,
        organisation_id=UUID(details["organisation"]),
        role=details["role"],
        scope_kind=details["scope_kind"],
        scope_id=UUID(details["scope_id"]) if details["scope_id"] else None,
        from_on=dt.date.fromisoformat(details["from_on"]),
        until_on=parse_date(details["until_on"]) if details["until_on"] else None,
    )
    _begin(membership, map(UUID, details.get("places", ())), by, at)
    return membership


def _told(details: dict[str, Any]) -> dict[Any, Any]:
    place = Organisation.objects.unscoped("the second person sees what will change")
    return {
        gettext_lazy("Role"): ROLES[details["role"]].name,
        gettext_lazy("Organisation"): place.get(pk=details["organisation"]).called,
        **told_of_places(details["scope_id"], details.get("places", ())),
        gettext_lazy("First day"): parse_date(details["from_on"]),
        gettext_lazy("Last day"): parse_date(details["until_on"] or "") or "–",
    }


GRANT = declare(
    TwoPersonAct(
        key="access.membership.granted",
        name=gettext_lazy("Give a role that sees names"),
        confirm=confirms_a_role,
        perform=_grant_as_confirmed,
        tell=_told,
    )
)
