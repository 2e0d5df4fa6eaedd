"""What somebody reads when a request could not be answered: in our words, never a trace."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tonghu.kernel.storage import is_unavailable

AGAIN_IN = 30


def failure(status: int, template: str, **said: str) -> HttpResponse:
    """Return a page about a failure; it asks neither the database nor the session."""
    return HttpResponse(render_to_string(template, said), status=status)


# Django's own handlers look for the form's token first, in the very body that was refused.


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read: 400."""
    return failure(400, "400.html")


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what is not this person's to do: 403."""
    return failure(403, "403.html")


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address that leads nowhere: 404, the same for everybody (R75)."""
    return failure(404, "404.html")


def broken(request: HttpRequest) -> HttpResponse:
    """Answer what nobody caught: 503 when records cannot be kept just now, else 500."""
    if is_unavailable(sys.exc_info()[1]):
        response = failure(503, "503.html")
        response.headers["Retry-After"] = str(AGAIN_IN)
        return response
    return failure(500, "500.html")
