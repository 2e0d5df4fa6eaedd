"""One child of a roster as it was understood, and what a person must decide about it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from tonghu.people.roster.reasons import Reason

READY: Final = "READY"
DECISION: Final = "DECISION"


@dataclass(slots=True)
class Fields:
    """What a roster says about a child; a field in doubt, or not told, is empty.

    Several categories and phones stand with ``|`` between them.
    """

    name: str = ""
    nickname: str = ""
    sex: str = ""
    dob: str = ""
    dob_precision: str = ""
    id_number: str = ""
    ethnicity: str = ""
    categories: str = ""
    guardian: str = ""
    guardian_relation: str = ""
    phones: str = ""
    grade: str = ""
    room: str = ""
    address: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return the fields by the names under which they are exchanged."""
        return dict(self.items())

    def items(self) -> Iterator[tuple[str, str]]:
        """Go through the fields by the names under which they are exchanged."""
        for name in self.__slots__:
            yield "class" if name == "room" else name, getattr(self, name)


@dataclass(slots=True)
class Line:
    """One child of the source, in the order of the source.

    ``row`` is the row of the sheet as people count (of a table of text: the record), ``child_no``
    the place in a cell that holds several children, or nought. ``further`` holds what is not among
    the fields of a child: its parents, the note, the comments. ``remarks`` are codes of what is
    worth knowing and asks nobody anything.
    """

    sheet: str
    row: int
    child_no: int
    fields: Fields
    reasons: list[Reason] = field(default_factory=list)
    further: dict[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    person_key: str = ""
    proposed: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """Return ``READY``, or ``DECISION`` when a person must look."""
        return DECISION if self.reasons else READY

    def as_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "child_no": self.child_no or None,
            "status": self.status,
            "fields": self.fields.as_dict(),
            "further": dict(self.further),
            "reasons": [reason.as_json() for reason in self.reasons],
            "remarks": list(self.remarks),
            "person_key": self.person_key,
            "proposed": list(self.proposed),
        }


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with a roster and concerns no single child."""

    sheet: str
    row: int
    reason: Reason
