"""Tables of a tenant: a query that nobody scoped raises instead of answering."""

from typing import Any, Self, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class Unscoped(RuntimeError):  # noqa: N818 -- says what is wrong
    """A question was asked of a guarded table without a Rule: a bug, never shown."""


class ScopedQuerySet(models.QuerySet[M]):
    """A query that answers only after a Rule opened it, or a reason in the code did.

    ``rule.rows(Table.objects.all(), by, on=day)`` opens it; ``Table.objects.unscoped("why")``
    is for the kernel of a domain, where there is no actor or the question comes before one.
    """

    _open = False

    def opened(self) -> Self:
        """Return the same query, free to answer."""
        found: Self = self._chain()  # type: ignore[attr-defined]
        found._open = True
        return found

    def unscoped(self, why: str) -> Self:
        """Return the same query, free to answer, for the reason that stands at the call."""
        if not why:
            raise Unscoped("Say why no Rule is asked.")
        return self.opened()

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._open = self._open
        return clone

    def _must_be_open(self) -> None:
        if not self._open:
            raise Unscoped(f"{self.model._meta.label} was asked without a Rule.")

    def _fetch_all(self) -> None:
        self._must_be_open()
        super()._fetch_all()

    def count(self) -> int:
        """Count the rows of an opened query."""
        self._must_be_open()
        return super().count()

    def exists(self) -> bool:
        """Tell whether an opened query has rows."""
        self._must_be_open()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Aggregate the rows of an opened query."""
        self._must_be_open()
        return super().aggregate(*args, **kwargs)

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        """Stream the rows of an opened query."""
        self._must_be_open()
        return super().iterator(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Change the rows of an opened query."""
        self._must_be_open()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the rows of an opened query."""
        self._must_be_open()
        return super().delete()


ScopedManager = models.Manager.from_queryset(ScopedQuerySet)
