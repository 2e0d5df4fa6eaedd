"""Money is a whole number of fen; nothing here ever sees a binary fraction.

One yuan is 100 fen. What people type is read as yuan, what is stored and added is fen.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from tonghu.kernel.errors import Refused

MOST = 10**13
"""100 billion yuan: beyond the largest budget, well within a 64-bit column."""

YUAN = "\N{CJK UNIFIED IDEOGRAPH-5143}"
AMOUNT = re.compile(r"^(?P<sign>[-\u2212]?)(?P<whole>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?P<rest>\d+))?$")


class NoAmount(Refused):
    """What was typed cannot be read as an amount of money to the fen."""


def fen(text: str) -> int:
    """Read an amount in yuan as it is typed or copied, and return it in fen.

    Takes ``1,234.5``, ``¥1234.50``, the same with the Chinese word for yuan behind it,
    and full-width digits.

    :raises NoAmount: for anything else, more than two places, or more than :data:`MOST`.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = AMOUNT.match(plain.removeprefix("¥").removesuffix(YUAN))
    if not found:
        raise NoAmount(_("Write the amount in yuan, for example 1234.50."))
    rest = (found["rest"] or "").rstrip("0")
    if len(rest) > 2:
        raise NoAmount(_("An amount has at most two places after the point."))
    amount = int(found["whole"].replace(",", "")) * 100 + int(rest.ljust(2, "0"))
    if amount > MOST:
        raise NoAmount(_("This amount is too large. Look at the zeros."))
    return -amount if found["sign"] else amount


def in_yuan(amount: int) -> Decimal:
    """Return an amount in fen as yuan, exact to the fen, for a spreadsheet."""
    return Decimal(amount) / 100


def split(amount: int, weights: Sequence[int]) -> list[int]:
    """Share an amount out by weights, so that the parts add up to it to the fen.

    The fen that remain go to the largest remainders, the earlier one first, as in the method
    of Hare and Niemeyer. Used wherever a cost is spread over activities or funds.

    :raises ValueError: when a weight is negative or all are zero.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("Weights are not negative and not all zero.")
    sign = -1 if amount < 0 else 1
    parts = [divmod(abs(amount) * weight, whole) for weight in weights]
    left = abs(amount) - sum(part for part, _rest in parts)
    order = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))
    given = set(order[:left])
    return [sign * (part + (place in given)) for place, (part, _rest) in enumerate(parts)]
