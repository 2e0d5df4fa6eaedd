"""The work list: what is open about the files somebody answers for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.people.policy import CHILDREN
from tonghu.people.work import A_LIST, open_for


@page(CHILDREN, Action.WRITE)
@require_GET
def work(request: Request) -> HttpResponse:
    """Show what is open, kind by kind, each with the one place where it is done."""
    on, by = clock.day(clock.now()), request.actor
    CHILDREN.require_for_any(Action.WRITE, by, on=on)
    lists = open_for(by, on=on)
    context = {
        "lists": lists,
        "open": sum(len(one.tasks) for one in lists),
        "at_least": any(one.there_are_more for one in lists),
        "most": A_LIST,
    }
    return render(request, "people/work.html", context)
