"""The style guide: every part of a page in every state, with its rule beside it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from tonghu.kernel import clock
from tonghu.look.web.samples import NAVIGATIONS, NoteSample, days, visit_sample

ROWS = 83


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the parts of every page; nothing on it is anybody's record."""
    context = {
        "form": visit_sample(),
        "note": NoteSample(),
        "page": Paginator(range(ROWS), 25).get_page(request.GET.get("page", 2)),
        "navigations": NAVIGATIONS,
        "days": days(timezone.localtime(clock.now())),
        "steps": [
            (_("File"), "#steps"),
            (_("Columns"), "#steps"),
            (_("Decide"), ""),
            (_("Import"), ""),
        ],
    }
    return render(request, "look/styleguide.html", context)
