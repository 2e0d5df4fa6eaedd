"""Whose long work it is: a job and its file belong to who asked (R85)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.sheets import Sheet
from tonghu.kernel.rules import Rule

who_asked = Rule(_("who asked for it"), lambda by, on: Q(membership_id=by.membership_id))

JOBS = Sheet(
    number="R85",
    name=_("Long work and its files"),
    target_kind="jobs.job",
    find=who_asked,
    read=who_asked,
    write=who_asked,
    export=who_asked,
)
