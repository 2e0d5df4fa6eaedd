"""Templates whose unchanging parts are written once for each language.

Half of a page is words, icons and addresses that are the same in every answer. They are
written when a template is first asked for in a language, and stand there as plain text from
then on: a page with twenty rows costs less than half.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.template import Context, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable
from django.template.defaulttags import CommentNode, IfNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders import cached
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch, get_urlconf
from django.utils.translation import get_language

from tonghu.look.templatetags.look import icon

INDENTATION = re.compile(r"[ \t]*\n\s*")
"""Of a template's lines: a third of a page, which no browser shows. No template holds a ``pre``."""


class Loader(cached.Loader):
    """Keeps each template once per language, folded."""

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        """Return under which name a template is kept, by language and table of addresses."""
        addresses = get_urlconf() or settings.ROOT_URLCONF
        return f"{get_language()} {addresses} {super().cache_key(template_name, skip)}"

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """Return a template with its unchanging parts written."""
        template = super().get_template(template_name, skip)
        if not getattr(template, "is_folded", False):
            fold(template.nodelist)
            template.is_folded = True  # type: ignore[attr-defined]
        return template


def fold(nodes: NodeList) -> None:
    """Write what does not change between two answers, here and in all that lies inside."""
    folded: list[Node] = []
    for node in nodes:
        for inner in _inside(node):
            fold(inner)
        text = _text_of(node)
        if text is None:
            folded.append(node)
        elif folded and isinstance(folded[-1], TextNode):
            folded[-1] = TextNode(folded[-1].s + text)
        else:
            folded.append(TextNode(text))
    nodes[:] = folded


def _inside(node: Node) -> Iterator[NodeList]:
    if isinstance(node, IfNode):
        yield from (inner for _condition, inner in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        inner = getattr(node, name, None)
        if isinstance(inner, NodeList):
            yield inner


def _text_of(node: Node) -> str | None:
    """Return what a node always writes, or nothing when that may change."""
    if isinstance(node, TextNode):
        return INDENTATION.sub("\n", str(node.s))
    if isinstance(node, LoadNode | CommentNode):
        return ""
    if not _never_changes(node):
        return None
    try:
        return str(node.render(Context()))
    except NoReverseMatch:  # stands in a branch that is not taken, or fails where it is
        return None


def _never_changes(node: Node) -> bool:
    if isinstance(node, TranslateNode):
        said = [node.filter_expression, *([node.message_context] if node.message_context else [])]
        return node.asvar is None and all(_is_said(one) for one in said)
    if isinstance(node, URLNode):
        return not (node.args or node.kwargs or node.asvar) and _is_said(node.view_name)
    if isinstance(node, StaticNode):
        return node.varname is None and _is_said(node.path)
    if isinstance(node, SimpleNode):
        given = [*node.args, *node.kwargs.values()]
        return node.func is icon and node.target_var is None and all(_is_said(one) for one in given)
    return False


def _is_said(expression: FilterExpression) -> bool:
    """Tell whether the template itself says the value: a text or a number, no filter."""
    said = expression.var
    return not expression.filters and not (isinstance(said, Variable) and said.literal is None)
