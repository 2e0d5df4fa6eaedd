"""Every page stands in the shell; every address says what it demands."""

import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.template.loader import get_template
from django.test import override_settings
from django.urls import URLResolver, get_resolver, include, path
from django.urls.resolvers import RegexPattern

from tests.architecture.source import PACKAGE
from tonghu.access.checks import addresses, every_address_has_a_policy
from tonghu.access.web.pages import Level, open_page, policy_of
from tonghu.portals import demo_urls

SHELLS = {"look/base.html", "look/plain.html"}
FOLDERS_OF_PARTS = {"parts", "guide"}
EXTENDS = re.compile(r"""\{%\s*extends\s+["'](.+?)["']""")


def outside_the_shell(folders: list[Path]) -> list[str]:
    """Templates that neither stand in the shell nor are a part of a page."""
    texts = {
        file.relative_to(folder).as_posix(): file.read_text("utf-8")
        for folder in folders
        for file in sorted(folder.rglob("*.html"))
    }
    return [
        name
        for name in texts
        if not FOLDERS_OF_PARTS & set(name.split("/")[:-1]) and _root(name, texts) not in SHELLS
    ]


def _root(name: str, texts: dict[str, str]) -> str:
    """The template at the end of a chain of ``extends``."""
    seen: set[str] = set()
    while name in texts and name not in seen and (found := EXTENDS.search(texts[name])):
        seen.add(name)
        name = found[1]
    return name


def without_a_policy(urlpatterns: list) -> list[str]:
    """Addresses whose view says nothing of who may call it, or gives no reason."""
    resolver = URLResolver(RegexPattern(r"^/"), urlpatterns)
    return [route for route, view in addresses(resolver) if not _says(policy_of(view))]


def _says(policy) -> bool:
    return policy is not None and bool(policy.why.strip() or (policy.sheet and policy.action))


@pytest.fixture(scope="module")
def folders():
    return sorted(PACKAGE.glob("*/templates"))


def page(request) -> HttpResponse:
    return HttpResponse("here")


def test_every_template_stands_in_the_shell_or_is_a_part(folders):
    assert outside_the_shell(folders) == []


def test_every_template_can_be_read(folders):
    names = [file.relative_to(one).as_posix() for one in folders for file in one.rglob("*.html")]

    assert len([get_template(name) for name in names]) > 60


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("<html></html>", ["people/list.html"]),
        ('{% extends "people/frame.html" %}', ["people/list.html"]),
        ('{% extends "people/list.html" %}', ["people/list.html"]),
        ('{% extends "look/base.html" %}', []),
        ("{% extends 'people/parts/frame.html' %}", []),
    ],
)
def test_a_page_outside_the_shell_is_named(tmp_path, text, named):
    (tmp_path / "people" / "parts").mkdir(parents=True)
    (tmp_path / "people" / "list.html").write_text(text)
    (tmp_path / "people" / "parts" / "row.html").write_text("<tr></tr>")
    (tmp_path / "people" / "parts" / "frame.html").write_text('{% extends "look/plain.html" %}')

    assert outside_the_shell([tmp_path]) == named


def test_every_address_says_what_it_demands():
    everywhere = [*get_resolver().url_patterns, path("demo/", include(demo_urls))]

    assert without_a_policy(everywhere) == []
    assert len(list(addresses(get_resolver()))) > 40


def test_only_listed_addresses_are_open_to_everybody():
    open_to_all = {
        route for route, view in addresses(get_resolver()) if policy_of(view).level is Level.OPEN
    }

    assert open_to_all == {
        "about/",
        "healthz",
        "invitation/<str:token>/",
        "language/",
        "sign-in/",
        "sign-in/closed/",
        "sign-in/code/",
        "sign-in/passkey/",
        "sign-out/",
        "styleguide/",
    }


def test_an_address_without_a_policy_is_named():
    patterns = [path("people/", page), path("about/", open_page("says who we are")(lambda r: r))]

    assert without_a_policy([path("v1/", include(patterns))]) == ["v1/people/"]


def test_an_address_with_an_empty_reason_is_named():
    assert without_a_policy([path("about/", open_page(" ")(lambda r: r))]) == ["about/"]


def test_the_program_does_not_start_with_such_an_address():
    with override_settings(ROOT_URLCONF="tests.look.urls"):
        faults = every_address_has_a_policy()

    assert "people/ has no policy" in [fault.msg for fault in faults]
