import pytest
from django.template import Context, engines
from django.template.base import TextNode
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from tonghu.look.folding import fold
from tonghu.look.templatetags.look import icon


@pytest.fixture
def template():
    """A template of the product's engine, folded in English as its loader does."""

    def of(source: str):
        made = engines["django"].engine.from_string(source)
        fold(made.nodelist)
        return made

    return of


def test_folding_leaves_one_text_where_nothing_changes(template):
    folded = template(
        '{% load static %}<b>{% translate "Today" %}</b> {% icon "check" 16 %}{# x #}'
    )

    assert [type(node) for node in folded.nodelist] == [TextNode]
    assert folded.render(Context()) == f"<b>Today</b> {icon('check', 16)}"


def test_folding_keeps_what_the_page_says(template):
    folded = template("<b>{{ name }}</b>{% icon name %}{% translate name %}")

    assert [type(node).__name__ for node in folded.nodelist] == [
        "TextNode",
        "VariableNode",
        "TextNode",
        "SimpleNode",
        "TranslateNode",
    ]
    assert folded.render(Context({"name": "check"})) == f"<b>check</b>{icon('check')}check"


def test_folding_reaches_branches_and_loops(template):
    folded = template('{% if a %}{% translate "Today" %}{% else %}{% icon "x" %}{% endif %}')

    branches = folded.nodelist[0].conditions_nodelists

    assert [list(map(type, nodes)) for _, nodes in branches] == [[TextNode], [TextNode]]
    assert folded.render(Context({"a": 1})) == "Today"


def test_folding_keeps_words_that_are_given_a_name(template):
    folded = template('{% translate "Today" as word %}[{{ word }}]')

    assert folded.render(Context()) == "[Today]"


def test_folding_leaves_an_address_alone_that_nobody_has(template):
    folded = template('{% if a %}{% url "nowhere" %}{% endif %}ok')

    assert folded.render(Context({"a": 0})) == "ok"


def test_loader_says_each_page_in_the_language_of_its_reader():
    said = []
    for language in ("en", "zh-hans", "en"):
        with translation.override(language):
            title = f"<h1>{gettext('Something broke on our side')}</h1>"
            said.append(title in render_to_string("500.html"))

    assert said == [True, True, True]


def test_folding_leaves_the_indentation_of_the_lines_out(template):
    folded = template("<ul>\n    <li>{{ name }}</li>\n\n  \t<li>a  b</li>\n</ul>\n")

    said = folded.render(Context({"name": "one\n   two"}))

    assert said == "<ul>\n<li>one\n   two</li>\n<li>a  b</li>\n</ul>\n"
