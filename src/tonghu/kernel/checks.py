"""What must hold before the product serves: domains register checks, ``doctor`` runs them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from tonghu.kernel.registry import Registry


class Grade(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARNING = "warning"
    REFUSED = "refused"


@dataclass(frozen=True)
class Verdict:
    """One check's answer; a refused one says how to mend it."""

    grade: Grade
    words: str
    mend: str = ""


Check = Callable[[], Verdict]


@dataclass(frozen=True)
class _Registered:
    function: Check
    at_start: bool
    asks_database: bool


_checks: Registry[_Registered] = Registry("checks")


def ok(words: str) -> Verdict:
    """Say that all is well."""
    return Verdict(Grade.OK, words)


def warning(words: str, mend: str) -> Verdict:
    """Say what is not good, and how to mend it; the server starts all the same."""
    return Verdict(Grade.WARNING, words, mend)


def refused(words: str, mend: str) -> Verdict:
    """Say why the server does not start, and how to mend it."""
    return Verdict(Grade.REFUSED, words, mend)


def check(
    name: str, *, at_start: bool = True, asks_database: bool = False
) -> Callable[[Check], Check]:
    """Register a check; the long ones (``at_start=False``) are left to ``doctor``.

    :raises ValueError: when two checks have one name.
    """

    def register(function: Check) -> Check:
        _checks.register(name, _Registered(function, at_start, asks_database))
        return function

    return register


def run_checks(
    *, all_of_them: bool, no_database: Verdict | None = None
) -> Iterable[tuple[str, Verdict]]:
    """Run the checks in the order of their names; one that breaks is a refusal, not a crash.

    ``no_database`` is what the checks that ask the database say when there is none: to open
    it would make an empty one.
    """
    for name, one in sorted(_checks.items()):
        if not (all_of_them or one.at_start):
            continue
        if one.asks_database and no_database:
            yield name, no_database
            continue
        try:
            yield name, one.function()
        except Exception as error:  # noqa: BLE001 -- doctor reports whatever is broken
            yield name, refused(f"could not be checked: {error}", "Mend what it names first.")
