"""Why a file is not taken in at all; each sentence says what to do, nothing is imported."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tonghu.kernel.errors import Refused


class RosterRefused(Refused):
    """The file cannot be read as a roster; the message says what to do with it."""

    code: ClassVar[str]
    sentence: ClassVar[Promise | str]

    def __init__(self) -> None:
        super().__init__(self.sentence)


class NotASpreadsheet(RosterRefused):
    """The bytes are no workbook and no table of text, whatever the name says."""

    code = "NOT_A_SPREADSHEET"
    sentence = _(
        "This is not a spreadsheet. Open it in Excel or WPS, save it as .xlsx, and upload that."
    )


class Encrypted(RosterRefused):
    """The workbook is locked with a password."""

    code = "ENCRYPTED"
    sentence = _(
        "The file is locked with a password. Open it, take the password off, save it, and upload"
        " it again."
    )


class Empty(RosterRefused):
    """There is nothing in the file."""

    code = "EMPTY"
    sentence = _("There is nothing in this file. Look whether you chose the right one.")


class HasMacros(RosterRefused):
    """The workbook carries a program."""

    code = "MACROS"
    sentence = _(
        "The file carries a program (macros). Save it as .xlsx without macros, and upload that."
    )


class TooLarge(RosterRefused):
    """The file, or what it unfolds to, is larger than any roster."""

    code = "TOO_LARGE"
    sentence = _(
        "The file is too large for a roster. Copy the list alone into a new workbook, save it, and"
        " upload that."
    )


class CutOff(RosterRefused):
    """The end of the file is missing, or its inside is damaged."""

    code = "CUT_OFF"
    sentence = _(
        "Part of the file is missing or damaged. Ask for it again, or open it, save it anew, and"
        " upload that."
    )


class NoChildren(RosterRefused):
    """A table, but none that names children: sums per village, an empty form, a notice."""

    code = "NO_CHILDREN"
    sentence = _(
        "No list of children was found. A roster has one row per child or household, and a heading"
        " above the names, such as “Name”."
    )


class TooManyColumns(RosterRefused):
    """More columns than a roster can have."""

    code = "TOO_MANY_COLUMNS"
    sentence = _(
        "The sheet has more than 200 columns. Keep the columns about the children, save it, and"
        " upload it again."
    )


class TooManyRows(RosterRefused):
    """More rows than are read at one time."""

    code = "TOO_MANY_ROWS"
    sentence = _(
        "The file has more than 200,000 rows. Split it into several files, and upload them one by"
        " one."
    )
