"""What ends on a file, who moves in and out: short pages about something that stands there."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.people.models import Child
from tonghu.people.operations import families, spans
from tonghu.people.policy import CHILDREN
from tonghu.people.queries import child_for
from tonghu.people.standing import household_of, member_of, span_of_category
from tonghu.people.web.changes import Act, asked, done, either_way, refused
from tonghu.people.web.family_forms import JoinForm
from tonghu.people.web.life_forms import CategoryEndForm, LastDayForm


def _answer(
    request: Request, child: Child, form: Any, act: Act, said: dict[str, Any], **words: Any
) -> HttpResponse:
    """Call the operation when the form is whole; what it refuses is said on the page."""
    at = clock.now()
    record_look(child, by=request.actor, at=at)
    if request.method == "POST" and form.is_valid():
        told = form.said() if hasattr(form, "said") else form.cleaned_data
        refusal = refused(act, **said, **told, by=request.actor, at=at)
        if not refusal:
            return done(request, child)
        form.add_error(None, refusal)
    return asked(request, child, form, **words)


@page(CHILDREN, Action.WRITE)
@either_way
def category_end(request: Request, child_id: UUID, span_id: UUID) -> HttpResponse:
    """Say until which day a category held, and why no longer."""
    on = clock.day(clock.now())
    child = child_for(request.actor, child_id, on=on, action=Action.WRITE)
    span = span_of_category(child, span_id, request.actor, on=on)
    form = CategoryEndForm(request.POST or None, initial={"until_on": on})
    return _answer(
        request,
        child,
        form,
        spans.end_category,
        {"span": span},
        heading=_("No longer: %(category)s") % {"category": span.get_category_display()},
        verb=_("End the category"),
        why=_("It stays in the history with both reasons."),
    )


@page(CHILDREN, Action.WRITE)
@either_way
def household_join(request: Request, child_id: UUID, household_id: UUID) -> HttpResponse:
    """Let somebody of the family live with the child from a day on."""
    on = clock.day(clock.now())
    child = child_for(request.actor, child_id, on=on, action=Action.WRITE)
    household = household_of(child, household_id, request.actor, on=on)
    form = JoinForm(request.POST or None, child=child, by=request.actor, on=on)
    return _answer(
        request,
        child,
        form,
        families.join_household,
        {"child": child, "household": household},
        heading=_("Somebody moves in"),
        verb=_("Save who moves in"),
        why=_("Somebody who is missing here is added as a relative first."),
    )


@page(CHILDREN, Action.WRITE)
@either_way
def household_leave(request: Request, child_id: UUID, member_id: UUID) -> HttpResponse:
    """Say on which day somebody last lived with the child."""
    on = clock.day(clock.now())
    child = child_for(request.actor, child_id, on=on, action=Action.WRITE)
    member = member_of(child, member_id, request.actor, on=on)
    form = LastDayForm(request.POST or None, initial={"until_on": on})
    return _answer(
        request,
        child,
        form,
        families.leave_household,
        {"child": child, "member": member},
        heading=_("%(name)s moves out") % {"name": member.person.called},
        verb=_("Save the last day"),
    )
