from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation
from tools import messages

from tonghu.kernel.registry import Registry
from tonghu.look import navigation

PROCESSORS = (
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
    "django.contrib.messages.context_processors.messages",
    "tonghu.look.context.shell",
)


@pytest.fixture(scope="session", autouse=True)
def _chinese():
    for domain in messages.domains():
        if domain.po.is_file() and not domain.po.with_suffix(".mo").is_file():
            messages.compile_catalogue(domain)


@pytest.fixture(autouse=True)
def frame(settings, monkeypatch):
    """The frame without any domain: own addresses, an empty navigation, English words."""
    settings.ROOT_URLCONF = "tests.look.urls"
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["context_processors"] = list(PROCESSORS)
    settings.TEMPLATES = templates
    monkeypatch.setattr(navigation, "_entries", Registry("entries"))
    monkeypatch.setattr(navigation, "_places", {})
    with translation.override("en"):
        yield


@pytest.fixture
def request_of(rf: RequestFactory):
    """Somebody asks for an address: ``request_of("/people/", role="supervisor")``."""

    def ask(address: str = "/", role: str | None = "worker"):
        request = rf.get(address)
        request.resolver_match = resolve(request.path)
        request.LANGUAGE_CODE = "en"
        if role:
            request.actor = SimpleNamespace(
                account=SimpleNamespace(name="Liu Min"),
                role=SimpleNamespace(key=role, name="Social worker"),
                organisation=SimpleNamespace(name="Qinhui Social Work Centre"),
            )
        return request

    return ask
