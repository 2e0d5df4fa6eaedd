"""The name of an act that takes two persons."""

from django import template

from tonghu.access.models import Proposal
from tonghu.access.two_persons import act_of

register = template.Library()


@register.filter
def act_name(proposal: Proposal) -> str:
    """Return what was proposed, in words."""
    return str(act_of(proposal).name)
