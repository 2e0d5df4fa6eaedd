"""What commands say when files or the database fail them: a sentence, never a traceback."""

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from tonghu.config.serving import AlreadyServing, CannotListen
from tonghu.kernel.errors import Refused
from tonghu.kernel.keyring import KeyMissing, KeysUnsafe


def sentence_for(error: Exception) -> str | None:
    """Return what to say of an error that people can mend, or nothing: then it is a bug."""
    if isinstance(error, Refused | AlreadyServing | CannotListen | KeyMissing | KeysUnsafe):
        return str(error)
    if isinstance(error, DatabaseError):
        first = str(error).strip().splitlines() or [type(error).__name__]
        return f"The database refuses: {first[0]}. See what is wrong: tonghu doctor"
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror or error}. See what is wrong: tonghu doctor"
    if isinstance(error, ImproperlyConfigured):
        return f"{error} See what is wrong: tonghu doctor"
    return None
