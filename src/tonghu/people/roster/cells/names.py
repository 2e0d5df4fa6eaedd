"""Names of children and carers: blanks, brackets, nicknames, dots, and names that are none."""

import re
from dataclasses import dataclass, field
from typing import Final

from tonghu.people.roster.reasons import Reason
from tonghu.people.roster.text import Value, is_han, plain, shown, tidy
from tonghu.people.roster.words import codes, openings, table, words

DOT: Final = "·"
_PLACEHOLDERS = words("names", "placeholders")
_ENDINGS = openings("names", "placeholder_endings")
_NICKNAME = openings("names", "nickname_openings")
_FORMER = openings("names", "former_openings")
_RELATIONS = codes("relations")
_DOTS = str(table("names")["dots"])
_BRACKETS = re.compile(r"\(([^()]*)\)?")
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3007"
_DOT_BETWEEN = re.compile(f"(?<=[{_HAN}])\\s*[{re.escape(_DOTS)}]\\s*(?=[{_HAN}])")
_BLANK_BY_HAN = re.compile(f"(?<=[{_HAN}{DOT}])\\s+|\\s+(?=[{_HAN}{DOT}])")
_LETTER = re.compile(f"[{_HAN}A-Za-z\u00c0-\u024f\u0400-\u04ff\u0600-\u06ff\u0f00-\u0fff]")
_STRANGE = re.compile(r"[\d?*#=<>\[\]{}@%\u25a1\ufffd]")
_PARTS = re.compile("[,;\u3001/\\s:]+")


@dataclass(frozen=True, slots=True)
class ChildName:
    """A child's name as this list spells it, and what stood in brackets behind it."""

    name: str = ""
    nickname: str = ""
    former: str = ""
    aside: str = ""
    doubt: Reason | None = None


@dataclass(frozen=True, slots=True)
class Carer:
    """A grown-up's name, with the relation that stood beside it."""

    name: str = ""
    relation: str = ""
    doubt: Reason | None = None


@dataclass
class _Asides:
    nickname: str = ""
    former: str = ""
    rest: list[str] = field(default_factory=list)


def read_child_name(value: Value) -> ChildName:
    """Read a cell as one child's name; a word that stands for no name leaves it empty."""
    written = shown(value).strip()
    text = tidy(written)
    asides = _Asides()
    for aside in _BRACKETS.findall(text):
        _sort_aside(aside.strip(), asides)
    name = clean_name(_BRACKETS.sub(" ", text))
    return ChildName(
        name="" if (doubt := _doubt(name, written)) else name,
        nickname=asides.nickname,
        former=asides.former,
        aside=" ".join(asides.rest),
        doubt=doubt,
    )


def clean_name(text: str) -> str:
    """Return a name without stray blanks, its parts joined by one kind of dot."""
    name = _DOT_BETWEEN.sub(DOT, tidy(text))
    return _BLANK_BY_HAN.sub("", name).strip(" ,;:\u3001\u3002.'\"*")


def read_carer(value: Value) -> Carer:
    """Read a cell as a carer's name, the relation to the child behind it or in brackets."""
    text = tidy(shown(value))
    relation, unknown = "", ""
    for aside in _BRACKETS.findall(text):
        code = _RELATIONS.get(plain(aside), "")
        relation, unknown = relation or code, unknown or ("" if code else aside)
    name = clean_name(_BRACKETS.sub(" ", text))
    parts = [part for part in _PARTS.split(tidy(_BRACKETS.sub(" ", text))) if part]
    named = [part for part in parts if plain(part) not in _RELATIONS]
    if len(parts) == 2 and len(named) == 1:  # a name and a relation, in either order
        spoken = next(part for part in parts if part not in named)
        name, relation = clean_name(named[0]), relation or _RELATIONS[plain(spoken)]
    elif name and not named:  # "grandmother" and no name
        name, relation = "", relation or _RELATIONS.get(plain(name), "")
    if plain(name) in _PLACEHOLDERS or not _LETTER.search(name):
        name = ""
    is_relation = bool(unknown) and not relation and _looks_like_relation(unknown)
    doubt = Reason("RELATION_UNKNOWN", "guardian_relation", unknown) if is_relation else None
    return Carer(name, relation, doubt)


def _looks_like_relation(aside: str) -> bool:
    return len(aside) <= 6 and all(map(is_han, aside))


def _sort_aside(aside: str, asides: _Asides) -> None:
    bare = plain(aside)
    for opening in _NICKNAME:
        if bare.startswith(opening):
            asides.nickname = clean_name(aside.replace(opening, "", 1))
            return
    for opening in _FORMER:
        if bare.startswith(opening):
            asides.former = clean_name(aside.replace(opening, "", 1))
            return
    if aside:
        asides.rest.append(aside)


def _doubt(name: str, text: str) -> Reason | None:
    bare, whole = plain(name), plain(text)
    if not bare or bare in _PLACEHOLDERS or whole in _PLACEHOLDERS:
        return Reason("NAME_PLACEHOLDER", "name", text)
    if bare.endswith(_ENDINGS) or whole.endswith(_ENDINGS) or not _LETTER.search(name):
        return Reason("NAME_PLACEHOLDER", "name", text)
    if _STRANGE.search(name):
        return Reason("NAME_UNCLEAR", "name", text)
    return None
