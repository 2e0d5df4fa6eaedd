"""Who may do what with people, roles, the journal and the agency's set-up (R33, R35, R37)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import SYSTEM, Actor
from tonghu.access.constants import DutyKind
from tonghu.access.models import Duty
from tonghu.access.roles import (
    AgencyAdministrator,
    AgencyHead,
    Auditor,
    Role,
    SocialWorker,
    Supervisor,
)
from tonghu.access.sheets import Sheet
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.kernel.rules import EVERYTHING, NOTHING, Rule, any_of

ACCOUNT_KINDS = (
    "access.account",
    "access.membership",
    "access.organisation",
    "access.invitation",
    "access.session",
    "access.device",
    "access.proposal",
)


def in_role(*roles: type[Role], rows: Q | None = None) -> Rule:
    """Return the rule of everybody in one of these roles, for the agency's rows."""
    keys = {role.key for role in roles}
    return Rule(
        any_of([role.name for role in roles]),
        lambda by, on: (rows or EVERYTHING) if by.role_key in keys else NOTHING,
    )


@upholds("R1", "R41", "R42")
def by_duty(*kinds: DutyKind, target_kind: str, target: str = "pk") -> Rule:
    """Return the rule of those who have such a duty on the day: it opens, the role does not."""
    return Rule(
        any_of([kind.label for kind in kinds]),
        lambda by, on: Q(**{f"{target}__in": duties(by, on, kinds, target_kind)}),
    )


def duties(by: Actor, on: dt.date, kinds: Iterable[DutyKind], target_kind: str) -> "QuerySet":
    """Return the files this person has such a duty to on the day."""
    return (
        Duty.objects.unscoped("part of every Rule")
        .filter(in_force(on), account=by.account_id, kind__in=list(kinds), target_kind=target_kind)
        .values("target_id")
    )


@upholds("R9", "R35")
def files_answered_for(by: Actor, on: dt.date) -> "QuerySet":
    """Return the files this person holds on the day, or whose worker she supervises."""
    supervised = duties(by, on, [DutyKind.SUPERVISION], "access.account")
    return (
        Duty.objects.unscoped("part of every Rule")
        .filter(
            Q(account=by.account_id) | Q(account__in=supervised),
            in_force(on),
            kind__in=[DutyKind.ASSIGNMENT, DutyKind.COVER],
        )
        .values("target_id")
    )


the_program = Rule(
    _("the program itself"), lambda by, on: EVERYTHING if by.role_key == SYSTEM else NOTHING
)
oneself = Rule(_("oneself"), lambda by, on: Q(account=by.account_id))
own_acts = Rule(_("oneself, for own acts"), lambda by, on: Q(account_id=by.account_id))
own_files = Rule(
    _("the file's worker and supervisor"),
    lambda by, on: (
        Q(about_id__in=files_answered_for(by, on))
        if by.role_key in (SocialWorker.key, Supervisor.key)
        else NOTHING
    ),
)
agency_staff = Rule(
    _("everybody with an account at the agency"),
    lambda by, on: EVERYTHING if by.membership_id else NOTHING,
)
head = in_role(AgencyHead)
administrator = in_role(AgencyAdministrator)
supervisor = in_role(Supervisor)
auditor = in_role(Auditor)
account_rows = in_role(AgencyAdministrator, rows=Q(subject_kind__in=ACCOUNT_KINDS))

STAFF = Sheet(
    number="R33",
    name=_("Colleagues and their roles"),
    target_kind="access.account",
    target="account_id",
    find=oneself | supervisor | head | administrator,
    read=oneself | supervisor | head | administrator,
    write=administrator | head | the_program,
    approve=head | the_program,
    export_with_reason=head,
)
JOURNAL = Sheet(
    number="R35",
    name=_("Journal"),
    target_kind="access.journal",
    target="agency_id",
    find=own_acts | own_files | account_rows | auditor,
    read=own_acts | own_files | account_rows | auditor,
    read_with_reason=head,
    export=auditor,
    export_with_reason=head,
)
CONFIGURATION = Sheet(
    number="R37",
    name=_("Set-up of the agency"),
    target_kind="access.organisation",
    find=agency_staff,
    read=agency_staff,
    write=administrator | head | the_program,
    approve=head | the_program,
    export=administrator,
)
PROPOSALS = Sheet(
    number="R83",
    name=_("Acts that take two persons"),
    target_kind="access.proposal",
    find=Rule(_("who proposed it"), lambda by, on: Q(proposed_by=by.account_id))
    | head
    | administrator,
    read=Rule(_("who proposed it"), lambda by, on: Q(proposed_by=by.account_id))
    | head
    | administrator,
    write=Rule(_("who proposed it"), lambda by, on: Q(proposed_by=by.account_id)),
)

confirms_a_role = Rule(
    _("the agency head, or the administrator where the head proposed it"),
    lambda by, on: (
        EVERYTHING
        if by.role_key == AgencyHead.key
        else Q(proposed_role=AgencyHead.key)
        if by.role_key == AgencyAdministrator.key
        else NOTHING
    ),
)
confirms_for_safety = in_role(Supervisor, AgencyHead)
