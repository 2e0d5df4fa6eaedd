"""A child with something of each kind on the file, and the way to its erasing."""

import datetime as dt

from tests.conftest import AT, QINHUI
from tests.people.two_files import MARCH, filled, rows
from tonghu.access.actors import system
from tonghu.access.operations import two_persons
from tonghu.people import daily
from tonghu.people.constants import (
    ErasureGround,
)
from tonghu.people.models import (
    Child,
    Erasure,
)
from tonghu.people.operations import describing, erasing

WEEK = dt.timedelta(days=7)
NAME, GRANDMA, NUMBER = "谭小海", "吴桂兰的奶奶", "610102201503021231"


def written_on(file: Child) -> Child:
    """Write something of each kind on a file."""
    said = {"since": MARCH, "school": "柳湾小学", "grandma": GRANDMA}
    filled(file, number="999001201503020017", **said)  # a list of the test is called so
    describing.note_identity_number(child=file, number=NUMBER, by=system(QINHUI), at=AT)
    return file


def proposed(child, by, **said):
    """Propose to erase a file."""
    words = {"ground": ErasureGround.ASKED, "reason": "孩子满十八岁，自己要求删除"} | said
    return erasing.propose_erasing(child=child, by=by, at=AT, **words)


def confirmed(child, first, second) -> Erasure:
    """Let a second person confirm it."""
    two_persons.confirm(proposal=proposed(child, first), by=second, at=AT)
    return rows(Erasure).get(file=child.pk)


def erased(child, first, second) -> None:
    """Erase a file, a week later."""
    confirmed(child, first, second)
    daily.carry_out_what_is_due(AT + WEEK)
