"""What a form is: the field's cells in their order, and where what stands in them comes from.

A form holds no words of its own but labels. Its values come by name from providers
(:mod:`tonghu.casework.papers.providers`), so that the same names fill an agency's own template.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from django.utils.functional import Promise

from tonghu.access.sheets import Sheet
from tonghu.kernel.registry import Registry


class Origin(StrEnum):
    """Where what stands in a cell was written down."""

    REUSED = "reused"
    OWN = "own"
    PEN = "pen"


@dataclass(frozen=True)
class Field:
    """One cell: its name, its label, and whether it takes the whole width.

    ``origin`` is ``OWN`` where it was recorded for this very paper, as the reason of a closing;
    ``PEN`` where it is left to be written by hand, as an opinion beside a signature.
    """

    key: str
    label: str | Promise
    wide: bool = False
    origin: Origin = Origin.REUSED


@dataclass(frozen=True)
class Grid:
    """A block of cells, label and value, two abreast where both are short."""

    fields: tuple[Field, ...]
    heading: str | Promise = ""


@dataclass(frozen=True)
class Lines:
    """A table with one line for each of several things; ``widths`` are shares of the page."""

    key: str
    heading: str | Promise
    columns: tuple[Field, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Drawn:
    """A drawing, which a provider gives as a :class:`Picture`."""

    key: str
    heading: str | Promise


Block: TypeAlias = Grid | Lines | Drawn


@dataclass(frozen=True)
class Picture:
    """A drawing for paper: its signs as SVG, and the one sentence that says the same."""

    svg: str
    says: str


@dataclass(frozen=True)
class Form:
    """One of the field's forms.

    ``sheets`` are the classes it prints, as sheets of cases: each is asked whether the reader may
    read it, so that the strictest counts (R30). ``providers`` name where its values come from;
    a form of which one is missing does not exist yet. ``one_of`` names the provider of parts
    where it is printed of one of several, as one contact: the last provider speaks of that part,
    the others of the case. ``taken_away_by`` are classes so strict that printing them asks their
    own export Rule, with its reason; such a form is printed singly and stands in no whole file.
    """

    key: str
    title: str | Promise
    sheets: tuple[Sheet, ...]
    providers: tuple[str, ...]
    blocks: tuple[Block, ...]
    signers: tuple[str | Promise, ...] = ()
    one_of: str = ""
    note: str | Promise = ""
    is_whole: bool = False
    taken_away_by: tuple[Sheet, ...] = ()

    def fields(self) -> Iterator[tuple[str, Field]]:
        """Yield every cell with its name; those of a table as ``table.column``."""
        for block in self.blocks:
            if isinstance(block, Grid):
                yield from ((one.key, one) for one in block.fields)
            elif isinstance(block, Lines):
                yield from ((f"{block.key}.{one.key}", one) for one in block.columns)


FORMS: Registry[Form] = Registry("forms of a case")
ORDER = (
    *("whole", "intake", "assessment", "network", "capacity", "plan", "safety", "contacts"),
    *("contact", "review", "referral", "referral_loop", "closure", "follow_up", "handover"),
    *("course", "report"),
)
"""How the whole file has them; a form that stands nowhere here comes last."""


def in_order() -> list["Form"]:
    """Return the forms in the order of the whole file."""
    return sorted(
        FORMS.values(), key=lambda one: ORDER.index(one.key) if one.key in ORDER else len(ORDER)
    )


def form(one: Form) -> Form:
    """Sign up a form.

    :raises ValueError: when another form has the key.
    """
    return FORMS.register(one.key, one)
