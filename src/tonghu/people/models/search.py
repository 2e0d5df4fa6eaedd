"""What a child is found by: short keys, one index, the same on both engines."""

from django.db import models

from tonghu.access.models import Organisation
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.models.persons import Child


class SearchKey(models.Model):
    """One key of one child: a sign for its kind, then the text, as ``ntanxiaohai``.

    Derived from the file, written anew with it; never a secret: no sealed field, no hidden
    address, nothing of the confidential tier (R23-R25, R67).
    """

    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="search_keys")
    key = models.CharField(max_length=48)

    objects = ScopedManager()
    privacy = decide(links="id agency child", plain="key", scrub={"key": blank})

    class Meta:
        indexes = [models.Index(fields=["key", "child"], name="search_key")]

    def __str__(self) -> str:
        return self.key
