"""Sessions kept on the server, so that they can be listed and ended at once."""

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from tonghu.access.models.people import Account, Device
from tonghu.kernel.privacy import decide, keep


class Sessions(BaseSessionManager["Session"]):
    """How sessions are found by their key."""


class Session(AbstractBaseSession):
    """Somebody's stay: 30 minutes without a request, 12 hours in all, then it is over."""

    account = models.ForeignKey(
        Account, models.CASCADE, null=True, blank=True, related_name="sessions"
    )
    device = models.ForeignKey(
        Device, models.CASCADE, null=True, blank=True, related_name="sessions"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Sessions] = Sessions()
    privacy = decide(
        links="account device",
        plain="session_key session_data expire_date started_at seen_at",
        scrub=keep,
    )

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.seen_at:%F %T}" if self.seen_at else "–"


class Try(models.Model):
    """A count of tries, or a code that was used: keys of allauth's, no name among them.

    The table of :class:`tonghu.access.tries.KeptTries`, which writes it by itself.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager["Try"]] = models.Manager()
    privacy = decide(plain="cache_key value expires", scrub=keep)

    def __str__(self) -> str:
        return f"{self.expires:%F %T}"
