"""Roles in words."""

from django import template

from tonghu.access.roles import ROLES

register = template.Library()


@register.filter
def role_name(key: str) -> str:
    """Write a role as people read it."""
    return str(ROLES[key].name)
