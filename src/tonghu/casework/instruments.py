"""The registry of instruments: data, not code; only scores typed in from paper (reference 4).

A missing licence keeps the wording of the items out, never a score. A range is a word about a
number. No level of risk follows from it (PIPL 24).
"""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

BANDS: dict[str, Promise] = {
    "low": _("low"),
    "middle": _("in the middle"),
    "strong": _("strong"),
    "usual": _("as usual for the age"),
    "edge": _("at the edge"),
    "high": _("clearly raised"),
}
ANY = "any"


@dataclass(frozen=True)
class Instrument:
    """One instrument: its names, its licence, what its scores can be, and what they are called."""

    code: str
    zh: str
    en: str
    licence: str
    items: str
    least: Decimal
    most: Decimal
    source: str
    bands: dict[str, list[tuple[int, int, str]]]

    @property
    def name(self) -> str:
        """Return what it is called in the reader's language."""
        return self.zh if (get_language() or "").startswith("zh") else self.en

    def takes(self, raw: Decimal) -> bool:
        """Tell whether a score can be one of this instrument."""
        return raw.is_finite() and self.least <= raw <= self.most

    def band(self, raw: Decimal, answered_by: str) -> str:
        """Return the code of the range a score falls into, or nothing where none is agreed."""
        bands = self.bands.get(answered_by) or self.bands.get(ANY, [])
        whole = int(raw)
        return next((code for low, high, code in bands if low <= whole <= high), "")


@cache
def instruments() -> dict[str, Instrument]:
    """Return every instrument by its code.

    :raises ValueError: when the data name a range that has no words.
    """
    told = tomllib.loads(Path(__file__).with_name("instruments.toml").read_text("utf-8"))
    found = {}
    for code, one in told.items():
        bands = {who: [tuple(row) for row in rows] for who, rows in one["bands"].items()}
        if unknown := {row[2] for rows in bands.values() for row in rows} - BANDS.keys():
            raise ValueError(f"{code} names ranges without words: {sorted(unknown)}")
        least, most = Decimal(one.pop("least")), Decimal(one.pop("most"))
        found[code] = Instrument(code, least=least, most=most, **(one | {"bands": bands}))
    return found


def name_of(code: str) -> str:
    """Return what an instrument is called; one that left the registry keeps its code."""
    known = instruments().get(code)
    return known.name if known else code
