"""People and roles: joiner, mover, leaver."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tonghu.access import queries
from tonghu.access.invitations import new_token
from tonghu.access.looks import record_look, record_search
from tonghu.access.models import Account
from tonghu.access.operations import people as operations
from tonghu.access.operations.factors import KnownElsewhere, propose_clearing
from tonghu.access.policy import CONFIGURATION, STAFF
from tonghu.access.reach import places_for
from tonghu.access.roles import ROLES
from tonghu.access.sheets import Action, Answer
from tonghu.access.web.colleagues import colleagues
from tonghu.access.web.forms import InviteForm, LastDayForm, RoleForm
from tonghu.access.web.listing import page_of
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.kernel.errors import Refused

A_PAGE = 20
LONGEST = 80


@page(STAFF, Action.FIND)
@require_GET
def person_list(request: Request) -> HttpResponse:
    """Show the colleagues whom this person may find, with their roles."""
    at = clock.now()
    today, words = clock.day(at), request.GET.get("q", "").strip()[:LONGEST]
    found = queries.colleagues_for(request.actor, on=today, words=words)
    after = request.GET.get("after", "")
    shown = page_of(found, after, A_PAGE, key="id", shows=queries.LISTED)
    if words:
        record_search("access.account", words, hits=shown.total, by=request.actor, at=at)
    context = {
        "page": shown,
        "colleagues": colleagues(shown.rows, today),
        "words": words,
        "today": today,
        "roles": ROLES,
        "may_invite": CONFIGURATION.is_offered(Action.WRITE, request.actor, on=today),
        "proposals": queries.roles_proposed(request.actor, on=today),
    }
    return render(request, "access/person_list.html", context)


@page(STAFF, Action.READ)
@require_GET
def person(request: Request, account_id: UUID) -> HttpResponse:
    """Show a colleague: roles, what she holds, her record's history, who looked."""
    return _person_page(request, account_id)


def _person_page(
    request: Request, account_id: UUID, *, status: int = 200, **more: Any
) -> HttpResponse:
    at = clock.now()
    today = clock.day(at)
    account = queries.person_for(request.actor, account_id, on=today)
    record_look(account, by=request.actor, at=at)
    roles = list(queries.roles_of(account, request.actor, on=today))
    history = list(queries.history_of(account.pk, request.actor, looks=False, on=today)[:20])
    looks = list(queries.history_of(account.pk, request.actor, looks=True, on=today)[:20])
    may_write = (
        bool(roles) and STAFF.judge(Action.WRITE, request.actor, roles[0], on=today) is Answer.ALLOW
    )
    context = {
        "person": account,
        "held": roles,
        "roles": ROLES,
        "duties": queries.to_hand_over(account, request.actor, on=today),
        "invitation": queries.open_invitation(account, at=at),
        "history": history,
        "looks": looks,
        "names": queries.names_of(history + looks),
        "may_write": may_write,
        "today": today,
        "last_day_form": LastDayForm(initial={"until_on": today}),
    }
    return render(request, "access/person.html", context | more, status=status)


@page(CONFIGURATION, Action.WRITE)
@require_http_methods(["GET", "POST"])
def person_new(request: Request) -> HttpResponse:
    """Invite somebody: an account, a first role, a one-time way in."""
    at = clock.now()
    today = clock.day(at)
    CONFIGURATION.require(Action.WRITE, request.actor, queries.agency_of(request.actor), on=today)
    organisations = queries.organisations_for(request.actor, on=today)
    form = InviteForm(
        request.POST or None,
        organisations=organisations,
        places=places_for(request.actor, on=today),
        initial={"from_on": today},
    )
    if request.method == "POST" and form.is_valid():
        token = new_token(request.actor)
        try:
            account = operations.welcome_person(
                **form.cleaned_data, token=token, by=request.actor, at=at
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _invited(request, account, token)
    return render(request, "access/person_new.html", {"form": form, "roles": ROLES})


def _invited(request: Request, account: Account, token: str) -> HttpResponse:
    """Show the way in once; only its hash is kept."""
    address = request.build_absolute_uri(reverse("invitation", args=[token]))
    context = {"person": account, "address": address, "days": operations.INVITED_FOR.days}
    return render(request, "access/invited.html", context)


@page(CONFIGURATION, Action.WRITE)
@require_POST
def person_invite(request: Request, account_id: UUID) -> HttpResponse:
    """Make a new way in for somebody who lost hers; her second factor is asked for as ever."""
    at = clock.now()
    account = queries.person_for(request.actor, account_id, on=clock.day(at))
    token = new_token(request.actor)
    try:
        operations.invite(account=account, token=token, by=request.actor, at=at)
    except operations.AccountClosed as refusal:
        return _person_page(request, account_id, status=409, refusal=str(refusal))
    return _invited(request, account, token)


@page(CONFIGURATION, Action.WRITE)
@require_POST
def person_factors(request: Request, account_id: UUID) -> HttpResponse:
    """Propose to take away the second factor of somebody who lost her phone."""
    at = clock.now()
    account = queries.person_for(request.actor, account_id, on=clock.day(at))
    try:
        proposal = propose_clearing(account=account, by=request.actor, at=at)
    except KnownElsewhere as refusal:
        return _person_page(request, account_id, status=409, refusal=str(refusal))
    messages.success(request, _("Proposed. A second person confirms that she has really lost it."))
    return redirect("waiting", proposal_id=proposal.pk)


@page(CONFIGURATION, Action.WRITE)
@require_http_methods(["GET", "POST"])
def role_new(request: Request, account_id: UUID) -> HttpResponse:
    """Give a colleague another role, or propose it where it sees names."""
    at = clock.now()
    today = clock.day(at)
    account = queries.person_for(request.actor, account_id, on=today)
    organisations = queries.organisations_for(request.actor, on=today)
    form = RoleForm(
        request.POST or None,
        organisations=organisations,
        places=places_for(request.actor, on=today),
        initial={"from_on": today},
    )
    if request.method == "POST" and form.is_valid():
        sees_names = ROLES[form.cleaned_data["role"]].sees_names
        give = operations.propose_role if sees_names else operations.grant_role
        try:
            give(account=account, **form.cleaned_data, by=request.actor, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = (
                _("Proposed. The role begins once a second person has confirmed it.")
                if sees_names
                else _("The role is given.")
            )
            messages.success(request, words)
            return redirect("person", account_id=account.pk)
    # The operation asks this too; the page asks it before it shows anything.
    CONFIGURATION.require(Action.WRITE, request.actor, queries.agency_of(request.actor), on=today)
    return render(request, "access/role_new.html", {"form": form, "person": account})


@page(STAFF, Action.WRITE)
@require_POST
def role_end(request: Request, account_id: UUID, membership_id: UUID) -> HttpResponse:
    """End a role with a last day."""
    at = clock.now()
    today = clock.day(at)
    account = queries.person_for(request.actor, account_id, on=today)
    held = queries.roles_of(account, request.actor, on=today)
    membership = STAFF.get(Action.WRITE, held, request.actor, membership_id, on=today)
    form = LastDayForm(request.POST)
    if not form.is_valid():
        return _person_page(request, account_id, status=400, refusal=_("Choose the last day."))
    try:
        operations.end_membership(
            membership=membership, until_on=form.cleaned_data["until_on"], by=request.actor, at=at
        )
    except Refused as refusal:
        return _person_page(request, account_id, status=409, refusal=str(refusal))
    messages.success(request, _("The role has a last day now. An earlier day can still be set."))
    return redirect("person", account_id=account_id)


@page(CONFIGURATION, Action.WRITE)
@require_http_methods(["GET", "POST"])
def person_leave(request: Request, account_id: UUID) -> HttpResponse:
    """Say what ends and what must be handed over, then end it all at once."""
    at = clock.now()
    today = clock.day(at)
    account = queries.person_for(request.actor, account_id, on=today)
    CONFIGURATION.require(Action.WRITE, request.actor, queries.agency_of(request.actor), on=today)
    context = {
        "person": account,
        "held": queries.roles_of(account, request.actor, on=today),
        "duties": queries.to_hand_over(account, request.actor, on=today),
        "sessions": queries.sessions_of(account).count(),
    }
    if request.method == "POST":
        try:
            operations.leave(account=account, by=request.actor, at=at)
        except Refused as refusal:
            context["refusal"] = str(refusal)
            return render(request, "access/person_leave.html", context, status=409)
        return redirect("person", account_id=account_id)
    return render(request, "access/person_leave.html", context)


@page(CONFIGURATION, Action.WRITE)
@require_POST
def person_return(request: Request, account_id: UUID) -> HttpResponse:
    """Undo a leaving."""
    at = clock.now()
    account = queries.person_for(request.actor, account_id, on=clock.day(at))
    operations.readmit(account=account, by=request.actor, at=at)
    messages.success(request, _("The account is open again. Give it a role now."))
    return redirect("person", account_id=account_id)
