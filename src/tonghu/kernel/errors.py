"""The answers a person can be shown; anything else that is raised is a bug."""

from django.utils.translation import gettext_lazy as _

from tonghu.kernel.law import upholds


class Refused(Exception):  # noqa: N818 -- it names an answer, not a fault
    """The rules of the service do not allow it; the message is safe to show."""

    on_record = False
    """Whether the journal has it already."""


class Forbidden(Refused):
    """Not this person's to do, with a thing she may know of: 403, says who can (R79)."""


@upholds("R75", says=_("one page for whatever is not there for somebody"))
class Hidden(Refused):
    """For this person the thing does not exist: 404, the same as for no thing at all."""


class ReasonNeeded(Refused):
    """Allowed once a reason has been written down (R6, R65)."""
