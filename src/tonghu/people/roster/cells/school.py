"""Grade and class: in a cell of their own, in a title, or in the name of a sheet."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tonghu.people.roster.reasons import Reason
from tonghu.people.roster.text import Value, plain, shown
from tonghu.people.roster.words import any_of, openings, word, words

_NUMERALS = word("school", "numerals")
_TEN = word("school", "ten")
_GRADE, _CLASS = word("school", "grade_word"), word("school", "class_word")
_NONE = words("school", "none")
_NONE_WITHIN = tuple(name for name in openings("school", "none") if len(name) > 1)
_JUNIOR, _SENIOR = any_of("school", "junior"), any_of("school", "senior")
_PRIMARY = any_of("school", "primary")
_NUMBER = rf"(?:\d{{1,2}}|{_TEN}?[{_NUMERALS}]|{_TEN})"
_STAGE_GRADE = re.compile(
    rf"(?P<stage>{_PRIMARY}|{_JUNIOR}|{_SENIOR})?(?P<grade>{_NUMBER}){_GRADE}"
    rf"|(?P<short>{_JUNIOR}|{_SENIOR}|{_PRIMARY})(?P<of_short>{_NUMBER})(?!\d|{_CLASS})"
)
_WITH_CLASS = re.compile(
    rf"(?<![\d\-])(?P<stage>{_PRIMARY}|{_JUNIOR}|{_SENIOR})?(?P<grade>{_NUMBER})?(?:{_GRADE})?"
    rf"[\s\-.]?(?:\((?P<in_brackets>{_NUMBER})\)|(?P<bare>{_NUMBER})){_CLASS}"
)
_BEFORE_JUNIOR: Final = 6
_BEFORE_SENIOR: Final = 9
_LAST_GRADE: Final = 12


@dataclass(frozen=True, slots=True)
class School:
    """A grade from 1 to 12 and a class, as digits; or why they are left out."""

    grade: str = ""
    room: str = ""
    doubt: Reason | None = None


@lru_cache(maxsize=1000)
def school_of_title(text: str) -> School:
    """Return the grade and class that a title or the name of a sheet speaks of."""
    bare = plain(text)
    grade, room = _grade_and_class(bare)
    return School(grade or _grade(bare), room)


def _grade_and_class(bare: str) -> tuple[str, str]:
    found = _WITH_CLASS.search(bare)
    if found is None:
        return "", ""
    room = _number(found["in_brackets"] or found["bare"])
    if found["grade"] is None:
        return "", str(room)
    return _in_stage(found["stage"] or "", _number(found["grade"])), str(room)


def _grade(bare: str) -> str:
    found = _STAGE_GRADE.search(bare)
    if found is None:
        return ""
    if found["grade"]:
        return _in_stage(found["stage"] or "", _number(found["grade"]))
    return _in_stage(found["short"], _number(found["of_short"]))


@lru_cache(maxsize=1000)
def _school(grade_text: str, class_text: str) -> School:
    doubts = []
    both, of_class = plain(grade_text), plain(class_text)
    grade, room = _grade_and_class(both)
    grade = grade or _grade(both) or _bare_grade(both)
    if both and not grade and not _is_none(both):
        doubts.append(Reason("GRADE_UNCLEAR", "grade", grade_text.strip()))
    named, said = _grade_and_class(of_class)
    room = room or said or _bare_number(of_class.strip("()").removesuffix(_CLASS).strip("()"))
    grade = grade or named or _grade(of_class)
    if of_class and not room and not _is_none(of_class):
        doubts.append(Reason("GRADE_UNCLEAR", "class", class_text.strip()))
    return School(grade, room, doubts[0] if doubts else None)


def read_school(grade: Value, room: Value) -> School:
    """Read the cells of grade and class; either may hold both."""
    return _school(shown(grade), shown(room))


def _is_none(bare: str) -> bool:
    return bare in _NONE or any(name in bare for name in _NONE_WITHIN)


def _bare_grade(bare: str) -> str:
    number = _bare_number(bare)
    return number if number and 1 <= int(number) <= _LAST_GRADE else ""


def _bare_number(bare: str) -> str:
    return str(_number(bare)) if re.fullmatch(_NUMBER, bare) else ""


def _in_stage(stage: str, number: int) -> str:
    if stage and re.fullmatch(_JUNIOR, stage) and number <= 3:
        number += _BEFORE_JUNIOR
    elif stage and re.fullmatch(_SENIOR, stage) and number <= 3:
        number += _BEFORE_SENIOR
    return str(number) if 1 <= number <= _LAST_GRADE else ""


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition(_TEN)
    units = _NUMERALS.index(ones) + 1 if ones else 0
    return units + (10 * (_NUMERALS.index(tens) + 1 if tens else 1) if ten else 0)
