"""Why a person must look at a line, in a code that stays and a sentence that explains."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Final[Mapping[str, Promise | str]] = MappingProxyType(
    {
        "NAME_PLACEHOLDER": _("No name yet: ask what the child is called."),
        "NAME_UNCLEAR": _("The name cannot be told for certain: type it in."),
        "SEX_MISSING": _("Boy or girl is not known: ask."),
        "DOB_MISSING": _("The date of birth is missing: ask."),
        "DOB_IMPOSSIBLE": _("There is no such day: ask which one was meant."),
        "DOB_IMPOSSIBLE.future": _("This day is still to come: ask for the date of birth."),
        "DOB_IMPOSSIBLE.adult": _("Born that day, this is no child: is it somebody else's date?"),
        "DOB_LUNAR": _("A date of the lunar calendar: ask for the solar date on the papers."),
        "DOB_ONLY_AGE": _("Only the age is written: ask for the date of birth."),
        "DOB_UNCLEAR": _("This date can be read in more than one way: ask which day is meant."),
        "ID_CHECK_FAILS": _("A digit of the ID number is wrong: look at the paper."),
        "ID_CHECK_FAILS.length": _("An ID number has 18 characters: look at the paper."),
        "ID_CHECK_FAILS.birth": _("The date inside the ID number cannot be: look at the paper."),
        "ID_DOB_MISMATCH": _("The date inside the ID number and the date of birth differ."),
        "ID_SEX_MISMATCH": _("The ID number says otherwise than the column whether boy or girl."),
        "ID_PRECISION_LOST": _(
            "The spreadsheet kept this as a number, its last digits are gone: type it again."
        ),
        "PHONE_BAD": _("This is no whole phone number: ask for it."),
        "PHONE_BAD.short": _("Digits are missing from this phone number: ask for it."),
        "PHONE_BAD.long": _("This phone number has too many digits: ask for it."),
        "PHONE_BAD.above": _("It says “as above”, and above there is no phone number."),
        "CATEGORY_UNKNOWN": _("This spelling of a category is new: say which one is meant."),
        "RELATION_UNKNOWN": _("This relation to the child is not clear: say which one is meant."),
        "ETHNICITY_UNKNOWN": _("This ethnic group is not on the list: say which one is meant."),
        "GRADE_UNCLEAR": _("The grade or class cannot be told: say which one is meant."),
        "COUNT_MISMATCH": _("It says {said}, and {found} are named: is one missing?"),
        "TOTAL_MISMATCH": _("It says {said}, and {found} were counted: which is right?"),
        "DUP_IN_ROSTER": _("This child seems to stand in row {row} already: is it the same one?"),
        "DUP_IN_ROSTER.sheet": _(
            "This child seems to stand on sheet “{sheet}” in row {row} already: is it the same one?"
        ),
        "HIDDEN_ROW": _("This row is hidden in the sheet: is it to be taken over?"),
        "CROSSED_OUT": _("This row is crossed out: does it still hold?"),
        "MOVED_AWAY": _("It seems the child has moved: keep, transfer or close?"),
        "NO_RESULT": _("A formula without a result: open the file, save it, or type the value."),
        "COPY_UNCLEAR": _("It says “as above”, and above there is nothing."),
    }
)
"""A sentence for each code; ``CODE.variant`` is a closer one for a case of it."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing a person must decide: about which field, what the cell says, and why."""

    code: str
    field: str
    text: str = ""
    variant: str = ""
    values: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """Return the reason in the language of whoever reads it now."""
        key = f"{self.code}.{self.variant}" if self.variant else self.code
        return str(SENTENCES[key]).format(**dict(self.values))

    def as_json(self) -> dict[str, Any]:
        """Return plain data; :meth:`of_json` makes the same reason from it."""
        return {
            "code": self.code,
            "field": self.field,
            "text": self.text,
            "variant": self.variant,
            "values": dict(self.values),
        }

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> "Reason":
        """Return the reason that was kept as plain data."""
        return cls(
            code=data["code"],
            field=data["field"],
            text=data["text"],
            variant=data["variant"],
            values=tuple(data["values"].items()),
        )
