"""The Rules of a sheet in words."""

from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from tonghu.access.sheets import Action, Sheet
from tonghu.kernel.rules import NOBODY

register = template.Library()

ACTIONS = {
    Action.FIND: gettext_lazy("Find"),
    Action.READ: gettext_lazy("Read"),
    Action.WRITE: gettext_lazy("Write"),
    Action.APPROVE: gettext_lazy("Approve"),
    Action.EXPORT: gettext_lazy("Export"),
}


@register.filter
def action_name(action: Action) -> str:
    """Return what somebody wants to do, in a word."""
    return str(ACTIONS[action])


@dataclass(frozen=True)
class Line:
    """What the same people may do with rows of a sheet."""

    actions: str
    who: str
    nobody: bool


@register.filter
def who_does_what(sheet: Sheet) -> list[Line]:
    """Return who may do what, actions that are open to the same people on one line."""
    grouped: dict[str, list[str]] = {}
    for action in Action:
        grouped.setdefault(who(sheet, action), []).append(action_name(action))
    comma = pgettext("between names", ", ")
    return [
        Line(comma.join(actions), said, nobody=said == str(NOBODY.says))
        for said, actions in grouped.items()
    ]


@register.filter
def who(sheet: Sheet, action: Action) -> str:
    """Return who may do this with rows of the sheet, and who with a reason."""
    rule, reasoned = sheet.rules(action)
    if reasoned is NOBODY:
        return str(rule.says)
    with_reason = _("with a reason: {who}").format(who=reasoned.says)
    if rule is NOBODY:
        return with_reason
    return pgettext("who may, and who with a reason", "{who}; {with_reason}").format(
        who=rule.says, with_reason=with_reason
    )
