"""What a heading means: whose column it is, and what of theirs it holds."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tonghu.people.roster.text import plain
from tonghu.people.roster.words import openings, table, word

_ROLES: Final[list[tuple[str, str]]] = sorted(
    ((plain(name), role) for role, every in table("roles").items() for name in every),
    key=lambda pair: (-len(pair[0]), pair[0]),
)
_LEAVES: Final[dict[str, tuple[frozenset[str], tuple[str, ...]]]] = {
    leaf: (frozenset(map(plain, lists["exact"])), tuple(map(plain, lists["within"])))
    for leaf, lists in table("leaves").items()
}
_BRACKETS = re.compile(r"\([^()]*\)?")
_FOREIGN: Final = re.compile(r"[*:?\u203b_]")
_NAME, _SEX, _BIRTH = (word("headings", name) for name in ("name", "sex", "birth"))
_ASKS = openings("flags", "opening")
_OF, _WITH = word("headings", "of"), word("headings", "with")
_LONGEST: Final = 40

_OF_CARER: Final = {
    "name": "guardian",
    "": "guardian",
    "relation": "guardian_relation",
    "phones": "phones",
    "address": "address",
}
_OF_ROLE: Final[dict[str, dict[str, str]]] = {
    "guardian": _OF_CARER,
    "family": _OF_CARER,
    "head": {"name": "guardian", "": "guardian", "phones": "phones", "address": "address"},
    "contact": {"phones": "phones"},
    "parents": {"phones": "phones"},
    "father": {"name": "father", "": "father", "phones": "father_phone"},
    "mother": {"name": "mother", "": "mother", "phones": "mother_phone"},
    "other": {},
}
_STRENGTH: Final = {"guardian": 4, "family": 3, "head": 2, "contact": 2, "parents": 1}
_STRENGTH_OF_PHONE: Final = {"": 4, "child": 4, "family": 4}
_SURE_WITHIN: Final = frozenset({"name", "sex", "dob", "id_number", "phones", "ethnicity"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """The field a heading stands for, why, how surely, and how strongly against another."""

    field: str = ""
    why: str = "unknown"
    sure: bool = False
    strength: int = 0

    @property
    def is_known(self) -> bool:
        """Return whether the heading is one that lists use, imported or not."""
        return self.why != "unknown"


@lru_cache(maxsize=4000)
def meaning_of(group: str, heading: str) -> Meaning:
    """Return what a heading under its group (the father's, the guardian's) means."""
    bare_group, bare = _bare(group), _bare(heading)
    if not bare:
        bare, bare_group = bare_group, ""
    if not bare or len(bare) > _LONGEST:
        return Meaning()
    if _names_children(bare):
        return Meaning("children", "exact", sure=True, strength=5)
    role, rest = _role(bare)
    if not role and bare_group:
        role = _role(bare_group)[0]
    return _of_role(role, rest, bare)


def _bare(text: str) -> str:
    return _FOREIGN.sub("", plain(text))


def _names_children(bare: str) -> bool:
    """Return whether several children stand in one cell, each with what is known of it."""
    if _NAME in bare and (_SEX in bare or _BIRTH in bare):
        return True
    role, rest = _role(bare)
    if role != "child":
        return False
    leaf, _exact = _leaf(_BRACKETS.sub("", rest))
    return leaf == "children"


def _role(bare: str) -> tuple[str, str]:
    """Return whose column it is, and the heading without that word."""
    for name, role in _ROLES:
        if bare.startswith(name):
            return role, bare.removeprefix(name).removeprefix(_OF)
    for name, role in _ROLES:
        if len(name) > 1 and name in bare:
            if role != "child" and bare.endswith(name):  # a kind of guardian is a guardian
                return role, ""
            return role, bare.replace(name, "", 1)
    return "", bare


def _leaf(rest: str) -> tuple[str, bool]:
    for leaf, (exact, _within) in _LEAVES.items():
        if rest in exact:
            return leaf, True
    for leaf, (_exact, within) in _LEAVES.items():
        if any(part in rest for part in within):
            return leaf, False
    return "", False


def _of_role(role: str, rest: str, bare: str) -> Meaning:
    leaf, exact = _leaf(rest)
    if not leaf and rest:
        leaf, exact = _leaf(_BRACKETS.sub("", rest))
    whole_role = not _BRACKETS.sub("", rest)
    if leaf == "relation" and not whole_role:
        return _relation(role, bare, exact=exact)
    if role in {"", "child"}:
        if bare.startswith(_ASKS):  # a yes or no that is none of ours
            return Meaning()
        return _of_child(role, leaf, exact=exact, whole_role=whole_role)
    return _of_grown_up(role, "" if whole_role else leaf or "unknown", exact=exact or whole_role)


def _of_grown_up(role: str, leaf: str, *, exact: bool) -> Meaning:
    field = _OF_ROLE[role].get(leaf, "")
    if leaf in {"status", "note"} and role in {"father", "mother"}:
        field = f"{role}_status"
    if not field and leaf == "unknown" and role != "other":
        return Meaning()
    if not field:
        return Meaning("", "left_out", sure=role == "other")
    strength = _STRENGTH.get(role, 0)
    if field == "phones":
        strength = _STRENGTH_OF_PHONE.get(role, strength)
    return Meaning(field, "exact" if exact else "within", sure=exact, strength=strength)


def _relation(role: str, bare: str, *, exact: bool) -> Meaning:
    """A relation is the carer's to the child, unless it is to or of somebody else."""
    if role in {"father", "mother", "parents", "other", "head", "contact"}:
        return Meaning("", "left_out", sure=False)
    strength = 4 if role == "guardian" else 3
    known = exact or role in {"guardian", "family"} or bare.startswith(_WITH)
    return Meaning("guardian_relation", "exact" if known else "within", known, strength)


def _of_child(role: str, leaf: str, *, exact: bool, whole_role: bool) -> Meaning:
    if role == "child" and whole_role:
        return Meaning("name", "within", sure=True, strength=3)
    if leaf in {"", "children"}:
        return Meaning()
    leaf = "note" if leaf == "status" else leaf
    if leaf == "count" and role != "child":
        return Meaning("", "left_out", sure=True)
    if leaf == "ignored":
        return Meaning("", "left_out", sure=True)
    strength = 5 if role == "child" else 4
    sure = exact or leaf in _SURE_WITHIN
    return Meaning(leaf, "exact" if exact else "within", sure=sure, strength=strength)


def name_words() -> list[str]:
    """Return the words of which one at least stands above the names of children."""
    exact, within = _LEAVES["name"]
    of_child = {name for name, role in _ROLES if role == "child"}
    return sorted({*exact, *within, *of_child}, key=len, reverse=True)


def is_heading_word(text: str) -> bool:
    """Return whether a cell could stand in a row of headings."""
    return 0 < len(plain(text)) <= _LONGEST and meaning_of("", text).is_known
