"""What can be put before a supervisor: kinds of papers sign up with what they consist of.

A paper is a row of some table of casework (an assessment, a plan, a closure). It says its text by
part, so that two versions can be held against each other, and what follows from the decision.
"""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from tonghu.access.actors import Actor
from tonghu.access.sheets import Sheet
from tonghu.casework.models import Submission
from tonghu.kernel.registry import Registry


@dataclass(frozen=True)
class Part:
    """One part of a paper: its key, what it is called, what it says."""

    key: str
    label: str | Promise
    text: str


@dataclass(frozen=True)
class Reviewed:
    """A kind of paper: where it lies, what it says, and what a decision does to it.

    ``sheet`` is the cases' sheet of its class: ``CASES_ASSESSED`` or ``CASES_PLANNED``.
    ``missing`` names what it lacks before it can be submitted; empty when nothing does.
    ``decided`` is called inside the operation, after the decision was written.
    """

    key: str
    sheet: Sheet
    load: Callable[[UUID], Any]
    parts: Callable[[Any], list[Part]]
    missing: Callable[[Any], list[str | Promise]]
    decided: Callable[[Any, Submission, Actor, dt.datetime], None]
    address: Callable[[Any], str]


KINDS: Registry[Reviewed] = Registry("papers that are reviewed")


def as_text(parts: list[Part]) -> str:
    """Return the parts of a paper as they are kept."""
    return json.dumps([[one.key, str(one.label), one.text] for one in parts], ensure_ascii=False)


def parts_in(content: str) -> list[Part]:
    """Return the parts of a paper as they were submitted; none once a child was erased."""
    return [Part(*one) for one in json.loads(content)] if content else []
