"""What the sixty children of the demonstration receive, or should: one line for each answer."""

import csv
import datetime as dt
from pathlib import Path

from tonghu.access.actors import Actor
from tonghu.kernel import clock
from tonghu.kernel.money import fen
from tonghu.people.constants import Benefit, BenefitState
from tonghu.people.models import Child
from tonghu.people.operations.benefits import check_benefit
from tonghu.portals.demo.cast import FIRST_DAY

ANSWERS = Path(__file__).with_name("benefits.csv")
ASKED_AFTER = dt.timedelta(days=8)


def answers() -> dict[str, list[dict[str, str]]]:
    """Return the answers by the name of the child."""
    found: dict[str, list[dict[str, str]]] = {}
    with ANSWERS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["name"], []).append(row)
    return found


def enter_benefit(child: Child, row: dict[str, str], by: Actor, at: dt.datetime) -> None:
    """Note how a benefit stood when the worker asked, a week after the first day."""
    asked_on = min(FIRST_DAY + ASKED_AFTER, clock.day(at))
    again = _day(row["again"])
    check_benefit(
        child=child,
        benefit=Benefit(row["benefit"]),
        state=BenefitState(row["state"]),
        checked_on=asked_on,
        monthly=fen(row["monthly"]) if row["monthly"] else None,
        due=fen(row["due"]) if row["due"] else None,
        received_from=_day(row["since"]),
        asked=row["asked"],
        next_on=again if again and again > asked_on else None,
        by=by,
        at=at,
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
