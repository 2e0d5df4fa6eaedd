"""The name of a piece of long work."""

from django import template

from tonghu.jobs.kinds import KINDS
from tonghu.jobs.models import Job

register = template.Library()


@register.filter
def job_name(job: Job) -> str:
    """Return what is being done, in words."""
    return str(KINDS[job.kind].name)
