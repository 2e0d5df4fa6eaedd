"""Who may do what with people, roles, the journal and the agency's set-up (R33, R35, R37)."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import SYSTEM, Actor
from tonghu.access.constants import DutyKind
from tonghu.access.models import Account, BreakGlass, Closing, Deputy, Duty, Membership
from tonghu.access.openings import closings
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
from tonghu.kernel.registry import Registry
from tonghu.kernel.rules import EVERYTHING, NOTHING, Rule, any_of

ACCOUNT_KINDS = (
    "access.account",
    "access.membership",
    "access.organisation",
    "access.invitation",
    "access.session",
    "access.device",
)
PROPOSED_ON_FILES: Registry[Callable[[QuerySet], Q]] = Registry("subjects that belong to files")
"""Of a higher floor: the filter of acts whose subject belongs to one of these files."""


def in_role(*roles: type[Role], rows: Q | None = None) -> Rule:
    """Return the rule of everybody in one of these roles, for the agency's rows."""
    keys = {role.key for role in roles}
    return Rule(
        any_of([role.name for role in roles]),
        lambda by, on: (rows or EVERYTHING) if by.role_key in keys else NOTHING,
    )


@upholds("R1", "R41", "R42", says=_("a duty opens from its first day to its last"))
def by_duty(*kinds: DutyKind, target_kind: str, target: str = "pk") -> Rule:
    """Return the rule of those who have such a duty on the day: it opens, the role does not."""
    return Rule(
        any_of([kind.label for kind in kinds]),
        lambda by, on: Q(**{f"{target}__in": duties(by, on, kinds, target_kind)}),
        law=("R1", "R41", "R42"),
    )


def duties(by: Actor, on: dt.date, kinds: Iterable[DutyKind], target_kind: str) -> "QuerySet":
    """Return the files this person has such a duty to on the day."""
    return (
        Duty.objects.unscoped("part of every Rule")
        .filter(in_force(on), account=by.account_id, kind__in=list(kinds), target_kind=target_kind)
        .values("target_id")
    )


@upholds("R9", "R35", says=_("who supervises a file's worker answers for the file"))
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


@upholds("R10", "R55", says=_("where each head is in conflict the named deputy acts, there alone"))
def in_place_of_the_head(target_kind: str) -> Rule:
    """Return the rule of the named deputy: of files closed in person to every head in office."""

    def where(by: Actor, on: dt.date) -> Q:
        if by.role_key != Supervisor.key:
            return NOTHING
        return Q(pk__in=_closed_to_every_head(by, on, target_kind))

    return Rule(_("the named deputy, where the agency head is in conflict"), where, ("R10", "R55"))


def _closed_to_every_head(by: Actor, on: dt.date, target_kind: str) -> "QuerySet":
    """Return these files, if the actor is a deputy on the day; without asking beforehand."""
    named = Deputy.objects.unscoped("part of every Rule").filter(
        in_force(on), account=by.account_id, agency_id=by.agency_id
    )
    heads = Membership.objects.unscoped("part of every Rule").filter(
        in_force(on), agency_id=by.agency_id, role=AgencyHead.key
    )
    shut = Closing.objects.unscoped("part of every Rule").filter(lifted_at__isnull=True)
    hers = shut.filter(target_id=OuterRef(OuterRef("target_id")), account=OuterRef("account_id"))
    rows = shut.filter(target_kind=target_kind, agency_id=by.agency_id)
    rows = rows.filter(account__in=heads.values("account_id"))
    free = heads.filter(~Exists(hers))
    return rows.filter(Exists(named)).filter(~Exists(free)).values("target_id")


@upholds("R55", "R56", says=_("what belongs to a closed file is not even hinted at"))
def unless_shut(rule: Rule, rows_of: Callable[[QuerySet], Q]) -> Rule:
    """Return the rule without what belongs to a file closed to this person: not even a hint.

    ``rows_of`` turns the closed files' numbers into the filter of the rows they take away.
    """

    def where(by: Actor, on: dt.date) -> Q:
        opened = rule.where(by, on)
        return opened if opened == NOTHING else opened & ~rows_of(_shut_to(by))

    return Rule(rule.says, where, rule.law)


def _shut_to(by: Actor) -> QuerySet:
    return closings(by)


def _about_file(files: QuerySet) -> Q:
    return Q(about_id__in=files)


def _at_target(files: QuerySet) -> Q:
    return Q(target_id__in=files)


def _on_file(files: QuerySet) -> Q:
    """Return the filter of acts about a file: an emergency there, a closing, or the file itself.

    What else of a higher floor belongs to a file is signed up in ``PROPOSED_ON_FILES``.
    """
    glasses = BreakGlass.objects.unscoped("part of every Rule").filter(target_id__in=files)
    shut = Closing.objects.unscoped("part of every Rule").filter(target_id__in=files)
    about = (
        Q(subject_id__in=files)
        | Q(subject_id__in=glasses.values("pk"))
        | Q(subject_id__in=shut.values("pk"))
    )
    for of_files in PROPOSED_ON_FILES.values():
        about |= of_files(files)
    return about


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
answers_for_it = Rule(
    own_files.says,
    lambda by, on: (
        Q(target_id__in=files_answered_for(by, on))
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
account_rows = Rule(
    AgencyAdministrator.name,
    lambda by, on: (
        Q(subject_kind__in=ACCOUNT_KINDS)
        | Q(subject_kind="access.proposal", about_id__in=Account.objects.values("pk"))
        if by.role_key == AgencyAdministrator.key
        else NOTHING
    ),
)

who_proposed = Rule(_("who proposed it"), lambda by, on: Q(proposed_by=by.account_id))
about_accounts = in_role(AgencyAdministrator, rows=Q(subject_kind="access.account"))
keeps_the_head = in_role(AgencyHead, AgencyAdministrator, Auditor)

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


def _of_the_supervised(by: Actor, on: dt.date) -> Q:
    if by.role_key != Supervisor.key:
        return NOTHING
    workers = duties(by, on, [DutyKind.SUPERVISION], "access.account")
    return Q(account__in=workers) | Q(target_id__in=files_answered_for(by, on))


supervises_them = Rule(_("the supervisor of the person or of the file"), _of_the_supervised)
REASONS = Sheet(
    number="R65",
    name=_("Reasons written down to open a file"),
    target_kind="access.reason",
    find=unless_shut(head | supervises_them, _at_target),
    read=unless_shut(head | supervises_them, _at_target),
)
DEPUTIES = Sheet(
    number="R10",
    name=_("Who stands in for the agency head"),
    target_kind="access.deputy",
    find=in_role(AgencyHead, AgencyAdministrator, Supervisor, SocialWorker),
    read=in_role(AgencyHead, AgencyAdministrator, Supervisor, SocialWorker),
    write=head,
)
JOURNAL = Sheet(
    number="R35",
    name=_("Journal"),
    target_kind="access.journal",
    target="agency_id",
    find=unless_shut(own_acts | own_files | account_rows | auditor, _about_file),
    read=unless_shut(own_acts | own_files | account_rows | auditor, _about_file),
    read_with_reason=unless_shut(head, _about_file),
    export=unless_shut(auditor, _about_file),
    export_with_reason=unless_shut(head, _about_file),
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
    find=unless_shut(who_proposed | head | about_accounts, _on_file),
    read=unless_shut(who_proposed | head | about_accounts, _on_file),
    write=who_proposed,
)

one_of_the_two = Rule(
    _("one of the two who decided it"),
    lambda by, on: Q(proposed_by=by.account_id) | Q(decided_by=by.account_id),
)
stops_what_leaves = unless_shut(head | one_of_the_two, _on_file)
settles_what_is_gone = unless_shut(head, _on_file)

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
confirms_new_factors = confirms_a_role | Rule(
    _("for a head who lost hers: a supervisor"),
    lambda by, on: (
        Q(
            concerns__in=Membership.objects.unscoped("part of every Rule")
            .filter(in_force(on), role=AgencyHead.key, agency_id=by.agency_id)
            .values("account_id")
        )
        if by.role_key == Supervisor.key
        else NOTHING
    ),
)
confirms_for_safety = in_role(Supervisor, AgencyHead)
confirms_on_a_file = unless_shut(confirms_for_safety, _on_file)
reviews = unless_shut(confirms_for_safety, _at_target)
GLASSES = Sheet(
    number="R66",
    name=_("Files opened in an emergency"),
    target_kind="access.breakglass",
    find=unless_shut(oneself | answers_for_it | confirms_for_safety, _at_target),
    read=unless_shut(oneself | answers_for_it | confirms_for_safety, _at_target),
    write=unless_shut(oneself, _at_target),
    approve=reviews,
)
