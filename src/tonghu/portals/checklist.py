"""The agency's set-up checklist: what stands, what is missing, who does it, one next step."""

import datetime as dt
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from tonghu.access import queries
from tonghu.access.actors import Actor
from tonghu.access.constants import OrganisationKind, ProposalState
from tonghu.access.models import Membership
from tonghu.access.models.people import readable
from tonghu.access.roles import ROLES, AgencyAdministrator, AgencyHead, Supervisor
from tonghu.kernel.periods import in_force
from tonghu.people import teams

NAMED = 4


@dataclass(frozen=True)
class Step:
    """One line of the checklist; ``who`` is named when it is not the reader's to do."""

    title: Promise | str
    why: Promise | str
    done: bool
    verb: Promise | str = ""
    address: str = ""
    who: Promise | str = ""


@dataclass(frozen=True)
class Part:
    """Some steps that belong together."""

    title: Promise
    steps: list[Step]


def checklist_for(by: Actor, at: dt.datetime, on: dt.date) -> list[Part]:
    """Return the checklist of the agency as this person sees it."""
    held = queries.colleagues_for(by, on=on).filter(in_force(on)).order_by()
    return [
        Part(_("Agency and people"), [_letterhead(by), *_people(by, held, on), _partners(by, on)]),
        Part(
            _("Places and supervision"),
            [_teams(by, on), _directors(by, on), _supervised(by, on)],
        ),
        Part(_("Security"), [_factors(held), _sealed(by, on)]),
    ]


def _letterhead(by: Actor) -> Step:
    agency = queries.agency_of(by)
    return Step(
        title=_("Name, credit code and telephone of the agency"),
        why=_("They stand on every form and letter."),
        done=bool(agency.credit_code and agency.phone),
        verb=_("Fill in"),
        address=reverse("agency"),
    )


def _partners(by: Actor, on: dt.date) -> Step:
    buyers = queries.organisations_for(by, on=on).filter(kind=OrganisationKind.BUYER)
    return Step(
        title=_("Whom you work with: buyer, evaluator, villages"),
        why=_("Their people get roles of their own."),
        done=buyers.exists(),
        verb=_("Add"),
        address=reverse("organisations"),
    )


def _people(by: Actor, held: "QuerySet[Membership]", on: dt.date) -> list[Step]:
    roles = set(held.values_list("role", flat=True).distinct())
    several = held.values("account_id").distinct()[:2].count() > 1
    waiting = queries.proposals_by(by, on=on).filter(state=ProposalState.WAITING).count()
    return [
        Step(
            title=_("An agency head and an administrator, two different people"),
            why=_("Some acts take two persons."),
            done={AgencyHead.key, AgencyAdministrator.key} <= roles and several,
            verb=_("Invite"),
            address=reverse("person-new"),
        ),
        Step(
            title=_("Supervisor and social workers invited"),
            why=_("Each with her own account: nobody shares a password."),
            done=Supervisor.key in roles and "worker" in roles,
            verb=_("Invite"),
            address=reverse("person-new"),
        ),
        Step(
            title=_("Proposed roles confirmed"),
            why=ngettext(
                "%(count)s waits for the second person.",
                "%(count)s wait for the second person.",
                waiting,
            )
            % {"count": waiting}
            if waiting
            else _("A role that sees names begins once a second person agrees."),
            done=not waiting,
            verb=_("Look"),
            address=reverse("waiting-list"),
            who="" if by.role_key == AgencyHead.key else ROLES[AgencyHead.key].name,
        ),
    ]


def _teams(by: Actor, on: dt.date) -> Step:
    worked = teams.places_worked(by, on=on)
    empty = [one.place.name for one in worked if not one.team][:NAMED]
    return Step(
        title=_("Villages and communities, each with a team"),
        why=_("Nobody works yet in: {names}").format(names=_together(empty))
        if empty
        else _("A child belongs to a place; whoever works there finds it."),
        done=bool(worked) and not empty,
        verb=_("Appoint") if empty else _("Enter"),
        address=reverse("places"),
    )


def _directors(by: Actor, on: dt.date) -> Step:
    known, missing = teams.places_by_director(by, on=on)
    without = [one.name for one in missing][:NAMED]
    return Step(
        title=_("A child director for every village and community"),
        why=_("None yet in: {names}").format(names=_together(without))
        if without
        else _("She sees what safety needs of the children who live there."),
        done=bool(known) and not without,
        verb=_("Invite"),
        address=reverse("person-new"),
    )


def _supervised(by: Actor, on: dt.date) -> Step:
    workers = teams.supervision(by, on=on)
    alone = [one.worker.called for one in workers if not one.by][:NAMED]
    return Step(
        title=_("Every social worker has a supervisor"),
        why=_("Nobody supervises yet: {names}").format(names=_together(alone))
        if alone
        else _("She reads the files of her workers, and hands them on when one leaves."),
        done=bool(workers) and not alone,
        verb=_("Appoint"),
        address=reverse("places"),
    )


def _together(names: list[str]) -> str:
    return pgettext("between names", ", ").join(names)


def _factors(held: "QuerySet[Membership]") -> Step:
    without = held.exclude(account_id__in=Authenticator.objects.values("user_id"))
    names = without.order_by("account__name").values_list("account__name", "account__latin_name")
    missing = [readable(*one) for one in names.distinct()[:NAMED]]
    return Step(
        title=_("Everybody signs in with a passkey or a code"),
        why=_("Still missing: {names}").format(names=_together(missing))
        if missing
        else _("A password alone lets nobody see a name."),
        done=not missing,
        verb=_("See who"),
        address=reverse("person-list"),
    )


def _sealed(by: Actor, on: dt.date) -> Step:
    head = queries.last_head(by)
    return Step(
        title=_("The journal is signed every day"),
        why=_(
            "Keep the signed end on a stick in the safe: it proves later that nothing is missing."
        ),
        done=bool(head and (on - head.day_on).days <= 1),
        verb=_("Open the journal"),
        address=reverse("journal"),
    )
