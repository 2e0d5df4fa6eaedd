"""What a case says of itself is corrected; and the table of its steps is read."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page, work_page
from tonghu.casework.constants import CaseState
from tonghu.casework.fields import FIELDS
from tonghu.casework.operations.describing import CASE_SAYS, describe_case
from tonghu.casework.policy import CASES
from tonghu.casework.queries import case_for
from tonghu.casework.steps import STEPS
from tonghu.casework.web.ending_forms import CaseForm
from tonghu.casework.web.writing import Writing, written
from tonghu.kernel import clock
from tonghu.look.addresses import address
from tonghu.people.web.changes import either_way


@page(CASES, Action.WRITE)
@either_way
def case_edit(request: Request, case_id: UUID) -> HttpResponse:
    """Correct what a case says of itself, as far as its state leaves it open."""
    at = clock.now()
    case = case_for(request.actor, case_id, on=clock.day(at), action=Action.WRITE)
    form = CaseForm(request.POST or None, case=case)
    what = Writing(
        _("Correct the case"),
        _("Save"),
        address("case", case.pk),
        _("Only what is open in this state is asked."),
        case,
        CASE_SAYS,
    )
    said = form.cleaned_data if form.is_valid() else {}
    return written(request, case, form, describe_case, what, at=at, case=case, said=said)


@work_page("the rules of a case's steps are no data about anybody")
@require_GET
def case_steps(request: Request) -> HttpResponse:
    """Show the steps of a case and which part is written in which state, as they are coded."""
    fields = [(one, "、".join(str(state.label) for state in one.states)) for one in FIELDS.values()]
    steps = [
        (
            one,
            "、".join(str(state.label) for state in one.from_states),
            one.to_state.label,
            one.sheet.rules(one.action)[0].says,
        )
        for one in STEPS.values()
    ]
    context = {"steps": steps, "fields": fields, "states": list(CaseState)}
    return render(request, "casework/case_steps.html", context)
