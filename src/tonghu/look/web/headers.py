"""What every answer tells the browser it may do: nothing from elsewhere, nothing inline."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",  # the picture of a code app's key, which must not be a file
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
DEVICE = "camera=(self), geolocation=(), microphone=(self), payment=(), usb=()"


class Headers:
    """Puts the content policy on each answer; Django 6 brings its own, which then replaces it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say what the page may do."""
        response = self.get_response(request)
        # A file that somebody brought forbids itself more than a page does.
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers["Permissions-Policy"] = DEVICE
        return response
