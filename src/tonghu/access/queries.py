"""Questions about people, roles, acts that wait, and the journal; each asks its Rule."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet, UUIDField
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.constants import ProposalState
from tonghu.access.looks import LOOKED
from tonghu.access.models import (
    Account,
    Device,
    Duty,
    Invitation,
    JournalHead,
    JournalRow,
    Membership,
    Notice,
    Organisation,
    Proposal,
    Session,
)
from tonghu.access.notices import heads_of
from tonghu.access.openings import open_reasons
from tonghu.access.policy import (
    CONFIGURATION,
    JOURNAL,
    PROPOSALS,
    STAFF,
    keeps_the_head,
    stops_what_leaves,
)
from tonghu.access.roles import AgencyHead, Auditor
from tonghu.access.sheets import Action, NeedsReason
from tonghu.access.two_persons import act_of
from tonghu.kernel.clock import now
from tonghu.kernel.errors import Hidden
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.kernel.prepared import Asked, Prepared

REFUSED = ("access.refused", "access.session.refused")
A_ROLE = "access.membership.granted"
LISTED = (  # what the list of colleagues shows: an account has more columns, some of them sealed
    "id",
    "account_id",
    "role",
    "from_on",
    "until_on",
    "account__name",
    "account__latin_name",
    "account__is_active",
    "account__last_login",
    "organisation__name",
    "organisation__latin_name",
)
_waiting = Prepared(
    lambda: (
        Proposal.objects.unscoped("each act's own Rule is asked next")
        .filter(agency=Asked("agency", UUIDField()), state=ProposalState.WAITING)
        .exclude(proposed_by=Asked("account", UUIDField()))
        .exclude(concerns=Asked("account", UUIDField()))
        .select_related("proposed_by", "concerns")
        .order_by("proposed_at")
    )
)
_some_role_waits = Prepared(
    lambda: (
        Proposal.objects.unscoped("the Rule is asked only where there is something to show")
        .filter(agency=Asked("agency", UUIDField()), state=ProposalState.WAITING, act=A_ROLE)
        .only("id")[:1]
    )
)


def agency_of(by: Actor) -> Organisation:
    """Return the agency the actor works for or with."""
    rows = Organisation.objects.unscoped("everybody knows the house she works in")
    return rows.get(pk=by.agency_id)


def organisations_for(by: Actor, *, on: dt.date) -> "QuerySet[Organisation]":
    """Return the agency and the organisations it works with."""
    rows = CONFIGURATION.rows(Action.READ, Organisation.objects.all(), by, on=on)
    return rows.order_by("kind", "name")


def colleagues_for(by: Actor, *, on: dt.date, words: str = "") -> "QuerySet[Membership]":
    """Return the roles the actor may find, people who left last; ``words`` is part of a name."""
    rows = STAFF.rows(Action.FIND, Membership.objects.all(), by, on=on)
    if words:
        rows = rows.filter(
            Q(account__name__icontains=words)
            | Q(account__latin_name__icontains=words)
            | Q(account__login__icontains=words)
        )
    return rows.select_related("account", "organisation").order_by("id")


def person_for(by: Actor, account_id: UUID, *, on: dt.date) -> Account:
    """Return a colleague whose page the actor may read.

    :raises Hidden: when there is none for her.
    """
    rows = STAFF.rows(Action.READ, Membership.objects.all(), by, on=on)
    if not rows.filter(account_id=account_id).exists():
        raise Hidden
    return Account.objects.get(pk=account_id)


def roles_of(account: Account, by: Actor, *, on: dt.date) -> "QuerySet[Membership]":
    """Return a colleague's roles, newest first, as far as the actor may read them."""
    rows = STAFF.rows(Action.READ, Membership.objects.all(), by, on=on)
    return rows.filter(account=account).select_related("organisation").order_by("-from_on", "-id")


def open_invitation(account: Account, *, at: dt.datetime) -> Invitation | None:
    """Return the invitation somebody has not used yet; who asks may read her page."""
    rows = Invitation.objects.unscoped("part of a person's page, which asked its Rule")
    return rows.filter(account=account, used_at__isnull=True, expires_at__gt=at).first()


def to_hand_over(account: Account, by: Actor, *, on: dt.date) -> "QuerySet[Duty]":
    """Return what somebody holds that a colleague must take over when she leaves."""
    rows = Duty.objects.unscoped("part of a person's page, which asked its Rule")
    return rows.filter(in_force(on), account=account, agency_id=by.agency_id).order_by("from_on")


def waiting_for(by: Actor, *, on: dt.date) -> list[Proposal]:
    """Return the acts that wait for this person as the second one."""
    rows = _waiting.all(agency=by.agency_id, account=by.account_id)
    at = now()
    acts = ((act_of(one), one) for one in rows)
    return [
        one for act, one in acts if not act.is_over(one, at) and act.confirm.allows(by, one, on=on)
    ]


def leaving_for(by: Actor, *, on: dt.date) -> "QuerySet[Proposal]":
    """Return what waits to leave the house and the actor can stop, the next first."""
    rows = stops_what_leaves.rows(Proposal.objects.all(), by, on=on)
    rows = rows.filter(agency_id=by.agency_id, state=ProposalState.LEAVING)
    return rows.select_related("proposed_by").order_by("not_before", "pk")


def head_names(by: Actor, *, on: dt.date) -> list[str]:
    """Return what the agency's heads in office are called: everybody knows them."""
    rows = Account.objects.filter(pk__in=heads_of(by.agency_id, on=on), is_active=True)
    return [one.called for one in rows.order_by("name", "pk")]


def proposals_by(by: Actor, *, on: dt.date) -> "QuerySet[Proposal]":
    """Return what the actor proposed, and as head or administrator what others did."""
    rows = PROPOSALS.rows(Action.READ, Proposal.objects.all(), by, on=on)
    return rows.select_related("proposed_by", "concerns", "decided_by").order_by("-proposed_at")


def roles_proposed(by: Actor, *, on: dt.date) -> list[Proposal]:
    """Return the proposed roles that wait, as far as the actor may read them."""
    if not _some_role_waits.first(agency=by.agency_id):
        return []
    rows = PROPOSALS.rows(Action.READ, Proposal.objects.all(), by, on=on)
    rows = rows.filter(state=ProposalState.WAITING, act=A_ROLE).order_by("-proposed_at")
    rows = rows.select_related("concerns", "proposed_by")
    return list(rows.only("proposed_at", "concerns__name", "proposed_by__name"))


def proposal_for(by: Actor, pk: UUID, *, on: dt.date) -> Proposal:
    """Return one act that takes two persons, for its author or a possible second person.

    :raises Hidden: when there is none for her.
    """
    mine = proposals_by(by, on=on).filter(pk=pk).first()
    if mine is None:
        mine = next((one for one in waiting_for(by, on=on) if one.pk == pk), None)
    if mine is None:
        raise Hidden
    return mine


def notices_for(by: Actor) -> "QuerySet[Notice]":
    """Return what this person must be told and has not seen."""
    rows = Notice.objects.unscoped("one's own notices")
    return rows.filter(account=by.account_id, agency_id=by.agency_id, seen_at__isnull=True)


def notice_for(by: Actor, pk: UUID) -> Notice:
    """Return one of the actor's own notices.

    :raises Hidden: when it is not hers.
    """
    notice = notices_for(by).filter(pk=pk).first()
    if notice is None:
        raise Hidden
    return notice


def sessions_of(account: Account) -> "QuerySet[Session]":
    """Return where somebody is signed in, most recent first; asked about oneself only."""
    return Session.objects.filter(account=account).select_related("device").order_by("-seen_at")


def devices_of(account: Account) -> "QuerySet[Device]":
    """Return the browsers and phones of an account; asked about oneself only."""
    rows = Device.objects.unscoped("one's own devices")
    return rows.filter(account=account, revoked_at__isnull=True).order_by("-last_seen_at")


def device_for(by: Actor, pk: UUID) -> Device:
    """Return one of the actor's own devices.

    :raises Hidden: when it is not hers.
    """
    device = devices_of(by.account).filter(pk=pk).first() if by.account else None
    if device is None:
        raise Hidden
    return device


@dataclass(frozen=True)
class JournalFilter:
    """What a page of the journal is narrowed to; each part is a chip that can be taken off."""

    about: UUID | None = None
    account: UUID | None = None
    refused: bool = False
    since: dt.date | None = None
    until: dt.date | None = None


def journal_for(by: Actor, wanted: JournalFilter, *, on: dt.date) -> "QuerySet[JournalRow]":
    """Return the rows of the journal the actor may read, newest first.

    :raises NeedsReason: for the head, until a reason is written down (R35).
    """
    if by.role_key == AgencyHead.key and not reads_journal(by):
        raise NeedsReason(JOURNAL.target_kind, by.agency_id)
    rows = JOURNAL.rows(Action.READ, JournalRow.objects.all(), by, on=on)
    return _narrowed(rows, wanted, by).order_by("-seq")


def journal_to_export(by: Actor, wanted: JournalFilter, *, on: dt.date) -> "QuerySet[JournalRow]":
    """Return the rows of the journal the actor may take away, oldest first (R35)."""
    rows = JOURNAL.rows(Action.EXPORT, JournalRow.objects.all(), by, on=on)
    return _narrowed(rows, wanted, by).order_by("seq")


def reads_journal(by: Actor) -> bool:
    """Tell whether a written reason holds the journal open for the head today."""
    return open_reasons(by, JOURNAL.target_kind).filter(target_id=by.agency_id).exists()


@upholds("R20", "R39", says=_("an auditor reads codes for people and records"))
def reads_codes(by: Actor) -> bool:
    """Tell whether people and records are codes for this reader of the journal."""
    return by.role_key == Auditor.key


def _narrowed(
    rows: "QuerySet[JournalRow]", wanted: JournalFilter, by: Actor
) -> "QuerySet[JournalRow]":
    if wanted.about and not reads_codes(by):
        rows = rows.filter(about_id=wanted.about)
    if wanted.account and not reads_codes(by):
        rows = rows.filter(account_id=wanted.account)
    if wanted.refused:
        rows = rows.filter(event__in=REFUSED)
    if wanted.since:
        rows = rows.filter(at__date__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(at__date__lte=wanted.until)
    return rows


def history_of(about_id: UUID, by: Actor, *, looks: bool, on: dt.date) -> "QuerySet[JournalRow]":
    """Return what was done with one record, or who looked, as far as the journal is hers (R35).

    Everybody reads what was done with her own account.
    """
    rows = JOURNAL.rows(Action.READ, JournalRow.objects.all(), by, on=on)
    if about_id == by.account_id:
        rows = JournalRow.objects.unscoped("the own account's own history")
    rows = rows.filter(agency_id=by.agency_id, about_id=about_id)
    rows = rows.filter(event=LOOKED) if looks else rows.exclude(event=LOOKED)
    return rows.order_by("-seq")


def names_of(rows: list[JournalRow]) -> dict[UUID, str]:
    """Return the names behind the account numbers of journal rows, in one question."""
    wanted = {row.account_id for row in rows if row.account_id}
    return {one.pk: one.called for one in Account.objects.filter(pk__in=wanted)}


def head_to_keep(by: Actor, *, on: dt.date) -> JournalHead:
    """Return the newest signed head, for those who keep it outside the house.

    :raises Hidden: when nothing was signed yet.
    :raises Forbidden: for everybody else.
    """
    head = last_head(by)
    if head is None:
        raise Hidden
    keeps_the_head.require(by, head, on=on)
    return head


def last_head(by: Actor) -> JournalHead | None:
    """Return the newest signed head of the agency's journal."""
    rows = JournalHead.objects.unscoped("a head names nobody")
    return rows.filter(agency_id=by.agency_id).order_by("-day_on").first()
