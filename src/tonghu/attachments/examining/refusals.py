"""Why a file is not taken, in one sentence each; nothing of it was kept."""

from tonghu.kernel.errors import Refused


class NotTaken(Refused):
    """The file cannot be kept as it is; the sentence says what to do instead."""


class UnknownKind(NotTaken):
    """Neither a picture nor a PDF nor a recording that the product knows."""


class TooLarge(NotTaken):
    """More bytes, dots or pages than are kept."""


class NotReadable(NotTaken):
    """Cut off, broken, or not what its first bytes say."""


class Locked(NotTaken):
    """Sealed with a password that nobody here knows."""


class Active(NotTaken):
    """It would do something by itself when opened."""
