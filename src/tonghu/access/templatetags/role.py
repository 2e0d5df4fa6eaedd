"""Roles in words, and how somebody stands in hers."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tonghu.access.models.people import readable
from tonghu.access.roles import ROLES

register = template.Library()


@register.filter
def role_name(key: str) -> str:
    """Write a role as people read it."""
    return str(ROLES[key].name)


@register.simple_tag
def standing(row: Mapping[str, Any], today: dt.date) -> SafeString:
    """Write how somebody stands in a role of the list of colleagues."""
    kind, words = _standing(row, today)
    return format_html('<span class="{}">{}</span>', kind, words)


@register.simple_tag
def called(row: Mapping[str, Any], whose: str) -> str:
    """Write the name of an account or organisation of the list of colleagues for its reader."""
    return readable(row[f"{whose}__name"], row[f"{whose}__latin_name"])


def _standing(row: Mapping[str, Any], today: dt.date) -> tuple[str, str]:
    if not row["account__is_active"]:
        return "risk", _("Left")
    if row["until_on"] and row["until_on"] < today:
        return "risk", _("Ended")
    if row["from_on"] > today:
        return "risk m", _("Begins later")
    if not row["account__last_login"]:
        return "why", _("Not signed in yet")
    return "at", _("At work")
