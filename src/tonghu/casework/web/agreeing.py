"""A plan goes to the supervisor, is signed by the family, and holds."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.casework.constants import CaseState, PaperKind, Signer
from tonghu.casework.models import Plan
from tonghu.casework.operations import signing
from tonghu.casework.operations.submitting import submit
from tonghu.casework.plans import plan_for, signature_for, whole
from tonghu.casework.policy import PLANS
from tonghu.casework.web.plan_forms import SignForm, WhyForm
from tonghu.casework.web.writing import Writing, written
from tonghu.kernel import clock
from tonghu.look.addresses import address
from tonghu.people.guardians import guardians_who_may_know
from tonghu.people.web.changes import either_way


@page(PLANS, Action.WRITE)
@either_way
def plan_submit(request: Request, plan_id: UUID) -> HttpResponse:
    """Put a plan before the supervisor."""
    at = clock.now()
    plan = plan_for(request.actor, plan_id, on=clock.day(at), action=Action.WRITE)
    what = Writing(
        _("Put the plan before the supervisor?"),
        _("Put it before the supervisor"),
        address("plan", plan.pk),
        _("Until it is returned or approved, nobody writes in it."),
    )
    form = forms.Form(request.POST or None)
    said = {"case": plan.case, "kind": PaperKind.PLAN, "paper": plan}
    return written(request, plan.case, form, submit, what, at=at, **said)


@page(PLANS, Action.WRITE)
@either_way
def plan_sign(request: Request, plan_id: UUID) -> HttpResponse:
    """Note who agreed to a plan."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    plan = plan_for(by, plan_id, on=on, action=Action.WRITE)
    signers = dict(_signers(plan, by, on))
    offered = [(key, words) for key, (words, _said) in signers.items()]
    form = SignForm(request.POST or None, offered=offered, on=on)
    what = Writing(_("Who agrees to the plan"), _("Note the signature"), address("plan", plan.pk))
    said: dict[str, Any] = {}
    if form.is_valid():
        said = dict(form.cleaned_data)
        said |= signers[said.pop("who")][1]
    return written(request, plan.case, form, signing.sign_plan, what, at=at, plan=plan, **said)


def _signers(plan: Plan, by: Actor, on: Any) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    """Yield who may sign: child, guardians but the suspended, worker, supervisor."""
    child = plan.case.child
    yield (
        "child",
        (_said(Signer.CHILD, child.person), {"part": Signer.CHILD, "person": child.person}),
    )
    for one in guardians_who_may_know(child, on=on):
        said = {"part": Signer.GUARDIAN, "person": one.guardian}
        yield f"guardian-{one.guardian_id}", (_said(Signer.GUARDIAN, one.guardian), said)
    if by.account is not None:
        yield "worker", (_said(Signer.WORKER, by.account), {"part": Signer.WORKER})
    sent = whole(plan, by, on=on).submission
    if sent is not None and sent.decided_by is not None:
        said = {"part": Signer.SUPERVISOR, "account": sent.decided_by}
        yield "supervisor", (_said(Signer.SUPERVISOR, sent.decided_by), said)


def _said(part: Signer, who: Any) -> str:
    return f"{who.called} · {part.label}"


@page(PLANS, Action.WRITE)
@either_way
def signature_back(request: Request, signature_id: UUID) -> HttpResponse:
    """Say that a signature was noted by mistake."""
    at = clock.now()
    row = signature_for(request.actor, signature_id, on=clock.day(at), action=Action.WRITE)
    form = WhyForm(request.POST or None)
    what = Writing(
        _("Take the signature back"),
        _("Take it back"),
        address("plan", row.plan_id),
        _("It stays in the history, with your reason."),
    )
    said = form.cleaned_data if form.is_valid() else {}
    act = signing.withdraw_signature
    return written(request, row.case, form, act, what, at=at, signature=row, **said)


@page(PLANS, Action.WRITE)
@either_way
def plan_agree(request: Request, plan_id: UUID) -> HttpResponse:
    """Let a plan hold that was approved and signed."""
    at = clock.now()
    plan = plan_for(request.actor, plan_id, on=clock.day(at), action=Action.WRITE)
    what = Writing(
        _("Let the plan hold?"),
        _("It holds"),
        address("case", plan.case_id),
        _("The day of the last signature is the day that counts."),
    )
    form = forms.Form(request.POST or None)
    act = signing.agree if plan.case.state == CaseState.PLANNING else signing.renew
    return written(request, plan.case, form, act, what, at=at, plan=plan)
