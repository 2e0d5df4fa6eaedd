"""Tables of a tenant: a query that nobody scoped raises instead of answering."""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models.sql import Query

M = TypeVar("M", bound=models.Model)


class Unscoped(RuntimeError):  # noqa: N818 -- says what is wrong
    """A question was asked of a guarded table without a Rule: a bug, never shown."""


class GuardedQuery(Query):
    """A query that does not become SQL, alone or inside another, before it was opened."""

    is_open = False

    def must_be_open(self) -> None:
        """Let nothing past that no Rule has opened.

        :raises Unscoped: when none has.
        """
        if not self.is_open:
            label = self.model._meta.label if self.model else "A guarded table"
            raise Unscoped(f"{label} was asked without a Rule.")

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        """Return what writes the SQL, of an opened query only."""
        self.must_be_open()
        return super().get_compiler(*args, **kwargs)

    def combine(self, rhs: Query, connector: str) -> None:
        """Join two queries with ``|``, ``&`` or ``^``; the whole is open when both are."""
        super().combine(rhs, connector)
        self.is_open = self.is_open and getattr(rhs, "is_open", False)


class ScopedQuerySet(models.QuerySet[M]):
    """A query that answers only after a Rule opened it, or a reason in the code did.

    ``rule.rows(Table.objects.all(), by, on=day)`` opens it; ``Table.objects.unscoped("why")``
    is for the kernel of a domain, where there is no actor or the question comes before one.
    The guard sits where a query becomes SQL, so it holds for every way to ask, subqueries and
    related managers too. It does not hold for a join from an unguarded table.
    """

    def __init__(
        self,
        model: Any = None,
        query: Query | None = None,
        using: str | None = None,
        hints: Any = None,
    ) -> None:
        super().__init__(model, query or GuardedQuery(model), using, hints)

    def opened(self) -> Self:
        """Return the same query, free to answer."""
        found: Self = self._chain()  # type: ignore[attr-defined]
        found.query.is_open = True  # type: ignore[attr-defined]
        return found

    def unscoped(self, why: str) -> Self:
        """Return the same query, free to answer, for the reason that stands at the call."""
        if not why:
            raise Unscoped("Say why no Rule is asked.")
        return self.opened()

    def update(self, **kwargs: Any) -> int:
        """Change the rows of an opened query."""
        self._must_be_open()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the rows of an opened query."""
        self._must_be_open()
        return super().delete()

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        """Answer in SQL of one's own, where a reason in the code stands for a Rule."""
        self._must_be_open()
        return super().raw(*args, **kwargs)

    def _must_be_open(self) -> None:
        # Changing and deleting turn the query into one of another class.
        self.query.must_be_open()  # type: ignore[attr-defined]


ScopedManager = models.Manager.from_queryset(ScopedQuerySet)
