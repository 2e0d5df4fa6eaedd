"""Acts that wait for a second person: she sees what will change, then confirms or declines."""

import datetime as dt
import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from tonghu.access import queries
from tonghu.access.constants import ProposalState
from tonghu.access.models import Proposal
from tonghu.access.operations import two_persons as operations
from tonghu.access.policy import PROPOSALS
from tonghu.access.sheets import Action
from tonghu.access.two_persons import act_of
from tonghu.access.web.forms import DeclineForm
from tonghu.access.web.pages import Request, page
from tonghu.access.web.reasons import proved_lately, to_prove_again
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.look.templatetags.look import moment_words


@page(PROPOSALS, Action.READ)
@require_GET
def waiting_list(request: Request) -> HttpResponse:
    """Show what waits for this person, and what became of her own proposals."""
    today = clock.day(clock.now())
    waits = list(queries.waiting_for(request.actor, on=today))
    others = queries.proposals_by(request.actor, on=today)
    context = {
        "waiting": waits,
        "others": others.exclude(pk__in=[one.pk for one in waits])[:25],
    }
    return render(request, "access/waiting_list.html", context)


@page(PROPOSALS, Action.READ)
@require_GET
def waiting(request: Request, proposal_id: UUID) -> HttpResponse:
    """Show all of what would change, before anybody decides."""
    proposal = _found(request, proposal_id)
    return _decision_page(request, proposal)


def _decision_page(
    request: Request, proposal: Proposal, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    today = clock.day(clock.now())
    act = act_of(proposal)
    context = {
        "proposal": proposal,
        "act": act,
        "details": act.tell(json.loads(proposal.details)),
        "may_decide": proposal in queries.waiting_for(request.actor, on=today),
        "may_stop": proposal in queries.leaving_for(request.actor, on=today),
        "heads": pgettext("between names", ", ").join(queries.head_names(request.actor, on=today)),
        "is_mine": proposal.proposed_by_id == request.actor.account_id,
        "form": DeclineForm(),
        "refusal": refusal,
    }
    return render(request, "access/waiting.html", context, status=status)


@page(PROPOSALS, Action.APPROVE)
@require_POST
def waiting_decide(request: Request, proposal_id: UUID) -> HttpResponse:
    """Confirm, decline or withdraw."""
    at = clock.now()
    proposal = _found(request, proposal_id)
    try:
        words = _decided(request, proposal, at)
    except Forbidden:
        raise
    except operations.ProveAgain:
        return redirect(to_prove_again(request, reverse("waiting", args=[proposal.pk])))
    except Refused as refusal:
        return _decision_page(request, proposal, refusal=str(refusal), status=409)
    messages.success(request, words)
    return redirect("waiting-list")


def _decided(request: Request, proposal: Proposal, at: dt.datetime) -> str:
    by = request.actor
    if "confirm" in request.POST:
        proved = proved_lately(request, at)
        done = operations.confirm(proposal=proposal, proved_again=proved, by=by, at=at)
        if done.state == ProposalState.LEAVING:
            return _(
                "Confirmed. The office is closed, so it waits: it leaves %(moment)s. "
                "Until then it can be stopped."
            ) % {"moment": moment_words(done.not_before)}
        return _("Confirmed. It holds from now on.")
    if "withdraw" in request.POST:
        operations.withdraw(proposal=proposal, by=by, at=at)
        return _("Withdrawn. Nothing was changed.")
    if "stop" in request.POST:
        operations.stop(proposal=proposal, by=by, at=at)
        return _("Stopped. Nothing has left.")
    form = DeclineForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Write why you decline: the other person will read it."))
    reason = form.cleaned_data["reason"]
    operations.decline(proposal=proposal, reason=reason, by=by, at=at)
    return _("Declined. Nothing was changed.")


def _found(request: Request, proposal_id: UUID) -> Proposal:
    return queries.proposal_for(request.actor, proposal_id, on=clock.day(clock.now()))
