"""The answers a person can be shown; anything else that is raised is a bug."""


class Refused(Exception):  # noqa: N818 -- it names an answer, not a fault
    """The rules of the service do not allow it; the message is safe to show."""

    on_record = False
    """Whether the journal has it already."""


class Forbidden(Refused):
    """Not this person's to do, with a thing she may know of: 403, says who can (R79)."""


class Hidden(Refused):
    """For this person the thing does not exist: 404, the same as for no thing at all (R75)."""


class ReasonNeeded(Refused):
    """Allowed once a reason has been written down (R6, R65)."""
