"""Several children in one cell: names with sex and birthday behind them, in brackets or not."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Final

from tonghu.people.roster.cells.dates import is_birth
from tonghu.people.roster.cells.identity import Identity, read_identity
from tonghu.people.roster.cells.lists import read_sex
from tonghu.people.roster.cells.names import ChildName, clean_name, read_child_name
from tonghu.people.roster.text import Value, is_han, narrow, plain, shown, tidy
from tonghu.people.roster.words import any_of, openings, word, words

_HARD: Final = ";\u3001\n,|"
_INSIDE = re.compile(r"[,;\u3001\s|]+|/(?!\d)|(?<!\d)/")
_SEX = "|".join(word("names", sex) for sex in ("boy", "girl"))
_SEX_BEHIND = re.compile(f"^(?P<name>[^\\d()]{{2,}}?)(?P<sex>{_SEX})(?P<rest>[\\d(].*)$")
_BIRTH_BEHIND = re.compile("^(?P<name>[^\\d()]{2,}?)(?P<rest>\\d.*)$")
_SEX_FIRST = re.compile(f"^(?P<sex>{_SEX})(?P<rest>\\d.*)$")
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_NUMBERED = re.compile(
    rf"(?:^|(?<=[;\u3001\n,\s)]))\(?\d{{1,2}}[.)\u3001:]+\s*(?=[{_HAN}])|[\u2460-\u2473]\s*"
)
_SLASHED = re.compile(r"\s*(?:/(?!\d)|(?<!\d)/)\s*")
_ORDER = re.compile(f"^(?:{any_of('names', 'order_openings')}):")
_NO_CHILDREN = words("counts", "none")
_NICKNAME = openings("names", "nickname_openings")
_NUMERALS = word("counts", "numerals")
_TWO, _THREE = words("counts", "two"), words("counts", "three")
_COUNT = re.compile(
    rf"^(?:{word('counts', 'opening')})?(\d{{1,2}}|[{_NUMERALS}]|{'|'.join(sorted(_TWO | _THREE))})"
    rf"(?:{any_of('counts', 'units')})?$"
)


@dataclass
class Found:
    """One child as a cell with several of them tells it; the texts as they stand there."""

    name: str = ""
    sex: str = ""
    birth: str = ""
    identity: str = ""
    asides: list[str] = field(default_factory=list)

    @property
    def is_told(self) -> bool:
        """Return whether more than the name is known: the next name is another child's."""
        return bool(self.sex or self.birth or self.identity)

    def read_name(self) -> ChildName:
        """Return the name with what stood in brackets."""
        return read_child_name(self.name + "".join(f"({aside})" for aside in self.asides))

    def read_identity(self, *, on: dt.date, typed: bool) -> Identity:
        """Return the ID number, when one was written."""
        return read_identity(self.identity, on=on, typed=typed)


def read_children(value: Value) -> list[Found]:
    """Read a cell as children in their order; a cell that names none gives an empty list."""
    if says_none(value):
        return []
    text = narrow(shown(value)).strip()
    text = _SLASHED.sub(";", _NUMBERED.sub(";", text))
    children: list[Found] = []
    for segment in _split(text, _HARD):
        for token in _tokens(_ORDER.sub("", segment.strip())):
            _take(token, children)
    return [child for child in children if child.name or child.is_told]


def says_none(value: Value) -> bool:
    """Return whether a cell says that there are no children, or nothing at all."""
    bare = plain(shown(value))
    return not bare or bare in _NO_CHILDREN


def read_count(value: Value) -> int | None:
    """Read how many children a household is said to have."""
    bare = plain(shown(value))
    if bare in _NO_CHILDREN and bare:
        return 0
    found = _COUNT.match(bare)
    if found is None:
        return None
    number = found[1]
    if number.isdecimal():
        return int(number)
    if number in _TWO:
        return 2
    return 3 if number in _THREE else _NUMERALS.index(number)


def _split(text: str, marks: str) -> list[str]:
    """Split a text at marks that stand outside brackets."""
    parts, depth, begun = [], 0, 0
    for at, character in enumerate(text):
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(depth - 1, 0)
        elif character in marks and not depth:
            parts.append(text[begun:at])
            begun = at + 1
    parts.append(text[begun:])
    return [part for part in parts if part.strip()]


def _tokens(segment: str) -> list[str]:
    """Split at blanks outside brackets and before and behind brackets; join a parted name."""
    pieces = []
    for part in _split(segment, " \t"):
        pieces += [piece for piece in re.split(r"(\([^)]*\)?)", part) if piece.strip()]
    joined: list[str] = []
    for piece in pieces:
        if joined and _is_parted(joined, piece):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _is_parted(before: list[str], piece: str) -> bool:
    """Return whether a surname and a given name stand apart, as in columns of equal width."""
    surname = before[-1]
    if len(surname) != 1 or not is_han(surname) or read_sex(surname):
        return False
    return len(piece) <= 2 and all(map(is_han, piece)) and not read_sex(piece)


def _take(token: str, children: list[Found]) -> None:
    """Add one token to the last child, or begin another one with it."""
    if token.startswith("("):
        _take_aside(token.strip("()"), children)
    elif _is_told(token):
        _tell(token, _last(children))
    elif (first := _SEX_FIRST.match(token)) is not None:
        _tell(first["sex"], _last(children))
        _tell(first["rest"], children[-1])
    else:
        _take_name(token, children)


def _take_name(token: str, children: list[Found]) -> None:
    found = _SEX_BEHIND.match(token) or _BIRTH_BEHIND.match(token)
    if found is None:
        children.append(Found(name=token))
        return
    children.append(Found(name=found["name"]))
    if "sex" in found.groupdict():
        _tell(found["sex"], children[-1])
    _tell(found["rest"], children[-1])


def _last(children: list[Found]) -> Found:
    if not children:
        children.append(Found())
    return children[-1]


def _is_told(token: str) -> bool:
    return bool(read_sex(token)) or _is_identity(token) or is_birth(token)


def _is_identity(token: str) -> bool:
    return len(plain(token)) >= 15 and plain(token)[:15].isdecimal()


def _tell(token: str, child: Found) -> None:
    if sex := read_sex(token):
        child.sex = child.sex or sex
    elif _is_identity(token):
        child.identity = child.identity or token
    else:  # parts of one date belong together; two dates are a question
        child.birth = tidy(f"{child.birth} {token}")


def _take_aside(aside: str, children: list[Found]) -> None:
    """Sort what stands in brackets: sex, birthday, number, nickname, or a remark."""
    child = _last(children)
    if plain(aside).startswith(_NICKNAME):
        child.asides.append(aside)
        return
    for part in _INSIDE.split(aside):
        if not part:
            continue
        if _is_told(part):
            _tell(part, child)
        elif (first := _SEX_FIRST.match(part)) is not None:
            _tell(first["sex"], child)
            _tell(first["rest"], child)
        else:
            child.asides.append(part)


def names_in(value: Value) -> list[str]:
    """Return the names of a cell that was meant for one; more than one is several children."""
    text = narrow(shown(value))
    parts = [clean_name(part) for part in _split(text, _HARD + "/")]
    return [part for part in parts if part]
