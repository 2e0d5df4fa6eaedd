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
_checks: Registry[tuple[Check, bool]] = Registry("checks")


def ok(words: str) -> Verdict:
    """Say that all is well."""
    return Verdict(Grade.OK, words)


def warning(words: str, mend: str) -> Verdict:
    """Say what is not good, and how to mend it; the server starts all the same."""
    return Verdict(Grade.WARNING, words, mend)


def refused(words: str, mend: str) -> Verdict:
    """Say why the server does not start, and how to mend it."""
    return Verdict(Grade.REFUSED, words, mend)


def check(name: str, *, at_start: bool = True) -> Callable[[Check], Check]:
    """Register a check; the long ones (``at_start=False``) are left to ``doctor``.

    :raises ValueError: when two checks have one name.
    """

    def register(function: Check) -> Check:
        _checks.register(name, (function, at_start))
        return function

    return register


def run_checks(*, all_of_them: bool) -> Iterable[tuple[str, Verdict]]:
    """Run the checks in the order of their names; one that breaks is a refusal, not a crash."""
    for name, (function, at_start) in sorted(_checks.items()):
        if all_of_them or at_start:
            try:
                yield name, function()
            except Exception as error:  # noqa: BLE001 -- doctor reports whatever is broken
                yield name, refused(f"could not be checked: {error}", "Mend what it names first.")
