import re

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import get_template, render_to_string
from django.utils import translation

from tonghu.look.web.views import styleguide

FAILURES = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"]
INLINE = re.compile(r"\sstyle=|\son[a-z]+=[\"']|<style|<script(?![^>]*\ssrc=)")


@pytest.mark.parametrize("name", FAILURES)
@pytest.mark.parametrize(("language", "lang"), [("zh-hans", "zh-Hans"), ("en", "en")])
def test_failure_is_told_without_request_or_script(name, language, lang):
    with translation.override(language):
        html = get_template(name).render()

    assert f'<html lang="{lang}">' in html
    assert "<script" not in html
    assert "<form" not in html
    assert html.count("<h1>") == 1


def test_missing_page_is_the_same_for_every_missing_thing(request_of, monkeypatch):
    first, second = request_of("/"), request_of("/people/?child=31", role=None)
    first._messages = [Message(constants.ERROR, "Chen Xiaoyu is in another team")]

    pages = {
        render_to_string("404.html", {"request_path": "/people/"}, first).encode(),
        render_to_string("404.html", {"exception": "No Child matches"}, second).encode(),
        get_template("404.html").render().encode(),
    }

    assert len(pages) == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_styleguide_keeps_the_content_policy(request_of, language):
    with translation.override(language):
        html = styleguide(request_of("/styleguide/")).content.decode()

    assert INLINE.search(html) is None
    assert len(re.findall(r"<script", html)) == 1
    assert len(re.findall(r"<h1", html)) == 1


def test_notices_stay_and_are_escaped(request_of):
    request = request_of()
    request._messages = [Message(constants.SUCCESS, "<b>Saved</b>")]

    html = render_to_string("look/base.html", request=request)

    assert "&lt;b&gt;Saved" in html
    assert 'class="notice success"' in html


def test_history_of_pages_is_not_left_in_the_browser(request_of):
    html = render_to_string("look/base.html", request=request_of())

    assert '"historyCacheSize":0' in html
    assert '"allowEval":false' in html
