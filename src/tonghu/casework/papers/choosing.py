"""One of several things of a case, for the papers that are printed of one."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from tonghu.kernel.errors import Hidden


class Numbered(Protocol):
    """A row with a number."""

    pk: UUID


T = TypeVar("T", bound=Numbered)


def chosen(rows: Iterable[T], pk: UUID | None) -> T:
    """Return the row of a number among those the reader may read.

    :raises Hidden: when it is not among them.
    """
    for row in rows:
        if row.pk == pk:
            return row
    raise Hidden(_("There is no such paper."))


def yes_or_no(answer: bool | None) -> str:  # noqa: FBT001 -- an answer, not a switch
    """Return an answer in words; nothing where nobody asked."""
    if answer is None:
        return ""
    return _("Yes") if answer else _("No")


def of_ten(figure: int | None) -> str:
    """Return a figure from 0 to 10; nothing where nobody was asked."""
    return "" if figure is None else _("%(score)s of 10") % {"score": figure}


def under_each_other(parts: Sequence[str | None]) -> str:
    """Return the texts that say something, each on its own line."""
    return "\n".join(one for one in parts if one)
