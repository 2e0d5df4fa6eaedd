"""Somebody with a browser's memory: keeps cookies, finds the form's hidden fields, holds on."""

import gzip
import http.client
import re
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Unexpected(RuntimeError):  # noqa: N818 -- says what is wrong
    """A page answered otherwise than the measurement needs."""


class Visitor:
    """One keep-alive connection to one server, with its cookies."""

    def __init__(self, address: str, *, like: "Visitor | None" = None) -> None:
        self.host = urlsplit(address).netloc
        self.cookies: dict[str, str] = dict(like.cookies) if like else {}
        self.connection = http.client.HTTPConnection(self.host, timeout=60)

    def get(self, path: str, *, expect: int = 200) -> str:
        """Open a page and return it.

        :raises Unexpected: when it answers with another status.
        """
        return self._ask("GET", path, None, expect)[1]

    def post(self, path: str, fields: dict[str, str], *, expect: int = 302) -> str:
        """Send a form and return where it leads, or the page it answers with.

        :raises Unexpected: when it answers with another status.
        """
        place, page = self._ask("POST", path, urlencode(fields), expect)
        return place or page

    def hidden(self, page: str) -> dict[str, str]:
        """Return the hidden fields of a page's forms."""
        return {name: unescape(value) for name, value in HIDDEN.findall(page)}

    def close(self) -> None:
        """Let go of the connection."""
        self.connection.close()

    def _ask(self, verb: str, path: str, body: str | None, expect: int) -> tuple[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Accept-Encoding": "gzip"}  # as every browser sends
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(verb, path, body, headers)
        answer = self.connection.getresponse()
        body_sent = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
        page = (gzip.decompress(body_sent) if packed else body_sent).decode()
        for said in answer.headers.get_all("Set-Cookie") or []:
            self._remember(said)
        if answer.status != expect:
            raise Unexpected(f"{verb} {path}: {answer.status} instead of {expect}\n{page[:2000]}")
        return answer.headers.get("Location", ""), page

    def _remember(self, said: str) -> None:
        for name, morsel in SimpleCookie(said).items():
            if morsel["max-age"] == "0" or not morsel.value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value
