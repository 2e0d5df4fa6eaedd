"""What no page wants to meet: a forged host, a huge body, characters that no record may hold."""

from collections.abc import Callable, Iterable
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from tonghu.look.web.failures import failure

NUL = "\0"
PROBE = "/healthz"  # asked by number, not by name; says nothing but ready


class Guard:
    """Refuses with 4xx before a session is opened; stands inside the choice of language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the outside of a request; give a method that is not offered a page."""
        if request.path != PROBE:
            request.get_host()
        if _length(request) > settings.MOST_IN_A_REQUEST:
            return failure(413, "413.html")
        said_in_address = (request.path, unquote(request.META.get("QUERY_STRING", "")))
        _require_text(said_in_address)
        _require_utf_8(request)
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            page = failure(405, "400.html")
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Look at the fields of a form."""
        for name, values in request.POST.lists():
            _require_text((name, *map(str, values)))


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def _require_text(said: Iterable[str]) -> None:
    if any(NUL in one for one in said):
        raise BadRequest("a NUL character")


def _require_utf_8(request: HttpRequest) -> None:
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "utf8"):
        raise BadRequest("another character set")
