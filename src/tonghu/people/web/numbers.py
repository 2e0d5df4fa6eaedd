"""What an identity number says, held against the file: hints that never hold anything up.

The number is kept as it was read out: papers are wrong, and so are registers (GB 11643; the
regulation on minors online, article 32, forbids to refuse a service for the lack of one).
"""

import datetime as dt

from tonghu.people.ages import Birth
from tonghu.people.models import Person
from tonghu.people.roster.cells.identity import read_identity
from tonghu.people.roster.reasons import SENTENCES


def doubts(number: str, person: Person, *, on: dt.date) -> list[str]:
    """Return what does not fit together, in sentences that tell no part of the number."""
    read = read_identity(number, on=on)
    if read.doubt:
        return [read.doubt.sentence]
    found = []
    if read.birth and not _fits(dt.date.fromisoformat(read.birth), person):
        found.append(str(SENTENCES["ID_DOB_MISMATCH"]))
    if read.sex and person.sex and read.sex != person.sex:
        found.append(str(SENTENCES["ID_SEX_MISMATCH"]))
    return found


def _fits(born_on: dt.date, person: Person) -> bool:
    known = Birth.known(person.born_on, person.precision)
    return known is None or known.earliest <= born_on <= known.latest
