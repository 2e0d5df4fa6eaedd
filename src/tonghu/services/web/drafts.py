"""Keeping a form while it is written: its page sends it whenever something changed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.kernel.errors import Hidden
from tonghu.people.queries import child_for
from tonghu.services.drafting import FORMS, numbers_in
from tonghu.services.operations.drafts import save_draft
from tonghu.services.policy import NOTES


@page(NOTES, Action.WRITE)
@require_POST
def draft(request: Request, child_id: UUID, form: str) -> HttpResponse:
    """Keep a form as far as it is written. The key of its sending is not used up by that."""
    at = clock.now()
    if form not in FORMS:
        raise Hidden
    sheet = FORMS[form].sheet
    child = child_for(request.actor, child_id, on=clock.day(at), action=Action.WRITE, sheet=sheet)
    about = next(iter(numbers_in(request.GET.getlist("about"))), None)
    said = {name: request.POST.getlist(name) for name in request.POST}
    by = request.actor
    save_draft(
        child=child,
        form=form,
        said=said,
        about=about,
        sending=by.op_id,
        by=by.sending(None),
        at=at,
    )
    return render(request, "services/parts/kept.html", {"at": at})
