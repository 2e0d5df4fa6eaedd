"""One box for all children."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tonghu.access.sheets import BREAKERS, Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.people.policy import CHILDREN
from tonghu.people.search import asking
from tonghu.people.search.find import ENOUGH


@page(CHILDREN, Action.FIND)
@require_GET
def search(request: Request) -> HttpResponse:
    """Show the children whom this person may find and who fit what she typed."""
    words = request.GET.get("q", "").strip()[: asking.LONGEST]
    hits = asking.search(words, by=request.actor, at=clock.now())
    context = {
        "words": words,
        "hits": hits,
        "too_short": bool(words) and asking.is_too_short(words),
        "there_may_be_more": len(hits) == ENOUGH,
        "may_break_glass": request.actor.role_key in BREAKERS,
    }
    return render(request, "people/search.html", context)
