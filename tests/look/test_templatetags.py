import datetime as dt
from dataclasses import dataclass
from xml.etree import ElementTree

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from tonghu.kernel import clock
from tonghu.look.forms import DayInput, Renderer
from tonghu.look.icons import ICONS
from tonghu.look.templatetags import look

TODAY = dt.date(2026, 11, 20)
XIAN = dt.timezone(dt.timedelta(hours=8))


class Visit(forms.Form):
    safe = forms.ChoiceField(
        label="Is she safe?",
        help_text="Her own words count.",
        choices=[("yes", "Safe"), ("no", "In danger")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="What happened?", widget=forms.Textarea, required=False)
    next_on = forms.DateField(label="Next visit", widget=DayInput)
    agreed = forms.BooleanField(label="She agrees", required=False)


def drawn(template: str, **context: object) -> str:
    return Template(template).render(Context(context))


@pytest.mark.parametrize("name", sorted(ICONS))
def test_icon_is_silent_and_well_formed(name):
    svg = ElementTree.fromstring(look.icon(name, 20))

    assert (svg.get("aria-hidden"), svg.get("width")) == ("true", "20")


@pytest.mark.parametrize(
    ("language", "fen", "words"),
    [
        ("zh-hans", 19913000, "199,130 元"),
        ("zh-hans", 8605, "86.05 元"),
        ("zh-hans", -5, "−0.05 元"),
        ("en", 19913000, "¥199,130"),
        ("en", -8650, "−¥86.50"),
    ],
)
def test_yuan_puts_the_unit_where_the_language_does(language, fen, words):
    with translation.override(language):
        assert look.yuan(fen) == words


@pytest.mark.parametrize(("number", "words"), [(12, "+12"), (-1200, "−1,200"), (0, "0")])
def test_signed_writes_a_real_minus(number, words):
    assert look.signed(number) == words


@pytest.mark.parametrize(
    ("language", "date", "words"),
    [
        ("zh-hans", TODAY, "11月20日 周五"),
        ("zh-hans", dt.date(2025, 5, 1), "2025年5月1日 周四"),
        ("en", TODAY, "Fri 20 Nov"),
        ("en", dt.date(2025, 5, 1), "Thu 1 May 2025"),
        ("en", None, ""),
    ],
)
def test_day_has_a_year_only_when_it_is_another(language, date, words):
    with translation.override(language):
        assert look.day(date, TODAY) == words


@pytest.mark.parametrize(
    ("language", "moment", "words"),
    [
        ("zh-hans", dt.datetime(2026, 11, 20, 9, 41, tzinfo=XIAN), "今天 09:41"),
        ("zh-hans", dt.datetime(2026, 11, 18, 22, 40, tzinfo=XIAN), "11月18日 22:40"),
        ("en", dt.datetime(2026, 11, 19, 23, 59, tzinfo=XIAN), "Yesterday 23:59"),
        ("en", dt.datetime(2025, 5, 1, 10, 5, tzinfo=XIAN), "1 May 2025 10:05"),
    ],
)
def test_moment_words(settings, language, moment, words):
    settings.TIME_ZONE = "Asia/Shanghai"

    with translation.override(language):
        assert look.moment_words(moment, TODAY) == words


def test_moment_words_asks_for_the_day_where_the_service_works(settings):
    settings.TIME_ZONE = "Asia/Shanghai"
    before_eight = dt.datetime(2026, 11, 19, 23, 30, tzinfo=dt.UTC)

    assert look.moment_words(before_eight, TODAY) == "Today 07:30"


def test_today_is_the_day_of_the_one_clock(settings):
    settings.TIME_ZONE = "Asia/Shanghai"

    with clock.at(dt.datetime(2031, 1, 1, 1, 0, tzinfo=XIAN)):
        assert look.day(dt.date(2031, 3, 1)) == "Sat 1 Mar"
        assert look.moment_words(dt.datetime(2030, 12, 31, 23, 0, tzinfo=XIAN)) == "Yesterday 23:00"


def test_field_ties_hint_and_error_to_the_question():
    form = Visit({"next_on": "2026-11-27"})

    html = drawn("{% field form.safe %}", form=form)

    assert 'aria-describedby="id_safe_helptext id_safe_error"' in html
    assert 'id="id_safe_helptext"' in html
    assert 'id="id_safe_error"' in html
    assert html.count('aria-invalid="true"') == 2
    assert "<legend>Is she safe?</legend>" in html


def test_field_marks_only_what_may_stay_empty():
    assert "optional" in drawn("{% field form.words %}", form=Visit())
    assert "optional" not in drawn("{% field form.next_on %}", form=Visit())


def test_field_escapes_what_was_typed():
    html = drawn("{% field form.words %}", form=Visit({"words": "</textarea><b>"}))

    assert "<b>" not in html


def test_field_repeats_a_date_in_words():
    html = drawn("{% field form.next_on %}", form=Visit({"next_on": "2025-05-01"}))

    assert 'value="2025-05-01"' in html
    assert "Thu 1 May 2025" in html


def test_field_keeps_a_date_nobody_can_read():
    html = drawn("{% field form.next_on %}", form=Visit({"next_on": "tomorrow"}))

    assert 'value="tomorrow"' in html


def test_renderer_draws_a_whole_form_with_our_part():
    html = str(Visit(renderer=Renderer()))

    assert html.count('class="field') == 4


def test_error_summary_leads_to_the_fields_and_takes_the_focus():
    html = drawn("{% error_summary form %}", form=Visit({}))

    assert 'role="alert"' in html
    assert "autofocus" in html
    assert 'href="#id_safe"' in html
    assert 'href="#id_next_on"' in html


def test_error_summary_says_nothing_of_a_form_without_errors():
    assert drawn("{% error_summary form %}", form=Visit()).strip() == ""


def test_pagination_keeps_the_filters(rf: RequestFactory):
    request = rf.get("/journal/", {"child": "31", "page": "2"})
    page = Paginator(range(83), 25).page(2)

    html = drawn("{% pagination page %}", page=page, request=request)

    assert "Rows 26–50 of 83" in html
    assert 'href="?child=31&amp;page=1"' in html
    assert 'href="?child=31&amp;page=3"' in html


def test_pagination_of_one_page_has_no_way_on():
    page = Paginator(range(7), 25).page(1)

    assert "href" not in drawn("{% pagination page %}", page=page)


@dataclass
class Onward:
    rows: list[int]
    total: int
    total_is_known: bool
    more: str


def test_pagination_of_a_list_too_long_to_count_only_goes_on(rf: RequestFactory):
    request = rf.get("/journal/", {"refused": "on", "after": "90"})
    page = Onward(list(range(20)), 1000, total_is_known=False, more="71&b")

    html = drawn("{% pagination page %}", page=page, request=request)

    assert "20 here, more than 1000 in all" in html
    assert 'href="?refused=on&amp;"' in html
    assert 'href="?refused=on&amp;after=71%26b"' in html


def test_pagination_of_a_short_list_says_how_many(rf: RequestFactory):
    page = Onward([1, 2], 2, total_is_known=True, more="")

    html = drawn("{% pagination page %}", page=page, request=rf.get("/people/"))

    assert "2 here, 2 in all" in html
    assert "href" not in html


def test_progress_says_its_number_without_a_style():
    html = drawn("{% progress 80 83 'children' %}")

    bar = ElementTree.fromstring(html).find("progress")

    assert bar is not None
    assert bar.attrib == {"value": "80", "max": "83", "aria-label": "children"}
    assert bar.text == "80 / 83"


def test_steps_mark_the_present_one():
    html = drawn("{% steps steps 2 %}", steps=[("File", "/file/"), ("Decide", "/d/"), ("End", "")])

    assert html.count('aria-current="step"') == 1
    assert 'href="/file/"' in html
    assert 'href="/d/"' not in html


@pytest.mark.parametrize(
    ("state", "words"),
    [("saved", "All saved"), ("waiting", "2 wait to be sent"), ("offline", "No network · 2 wait")],
)
def test_sync_says_what_waits(state, words):
    assert words in drawn("{% sync state 2 %}", state=state)


def test_a_refusal_of_django_is_said_in_our_words():
    with translation.override("zh-hans"):
        html = drawn("{% field form.next_on %}", form=Visit({}))

    assert "还没填。" in html


def test_choice_carries_its_hint_and_the_others_none():
    form = Visit(renderer=Renderer())
    form.fields["safe"].widget.option_hints = {"no": "Phone first & write after."}

    html = drawn("{% load look %}{% field field %}", field=form["safe"])

    assert html.count("<small>") == 1
    assert "In danger<small>Phone first &amp; write after.</small>" in html
