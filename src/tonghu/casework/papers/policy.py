"""Who may print papers of a case (R30): for the own work, and each printing is on record."""

from django.utils.translation import gettext_lazy as _

from tonghu.access.policy import head, the_program
from tonghu.access.sheets import Sheet
from tonghu.people.policy import FILE, at_work, own, supervised, team

PRINTING = Sheet(
    number="R30",
    name=_("Papers: forms filled from a case"),
    target_kind=FILE,
    find=at_work | team | head | the_program,
    read=at_work | the_program,
    read_with_reason=team | head,
    export=own | supervised | the_program,
    export_with_reason=head,
)
"""Over files. What a paper prints is asked besides, class by class: the strictest counts."""
PRINTS = PRINTING.on("child")
"""Of cases; the cases' own sheet is always asked besides."""
