"""When a list and a file say the same in other letters: addresses, grades and classes."""

from tonghu.people.roster.cells.school import read_school


def bare(address: str, place: str) -> str:
    """Return an address without blanks and the name of the place, which not everybody writes."""
    return "".join(address.split()).removeprefix(place)


def grade_of(grade: str, room: str) -> str:
    """Return grade and class as a list tells them, however a person wrote them on the file."""
    read = read_school(grade, room)
    return f"{read.grade or grade}|{read.room or room}"


def tells_the_same(said: str, held: str) -> bool:
    """Tell whether grade and class are those of the file; a list without classes says less."""
    return said == held or (said.endswith("|") and held.startswith(said))
