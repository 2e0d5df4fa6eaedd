"""Give each child of a full agency fifteen contacts, each fifth a case, past the operations.

``python -m bench.working AGENCY``: the worker ``liumin`` holds a case of each of her files.
"""

import datetime as dt
import random
import sys
from uuid import UUID

import django

OF_A_CHILD = 15
EACH = 5
CHUNK = 4000
OPENED = dt.date(2026, 5, 4)
WORDS = "奶奶在家，孩子自己开的门。作业写完了，说周末想和爸爸视频。约好下周再来。"


def main(agency: UUID) -> None:
    """Write cases, risk, steps and contacts for all children of the agency."""
    django.setup()
    from tonghu.access.models import Account, Duty  # noqa: PLC0415 -- after the set-up
    from tonghu.people.models import Child  # noqa: PLC0415 -- after the set-up
    from tonghu.people.policy import FILE  # noqa: PLC0415 -- after the set-up

    children = list(
        Child.objects.unscoped("a measurement")
        .filter(agency_id=agency)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    worker = Account.objects.get(login="liumin")
    held = set(
        Duty.objects.unscoped("a measurement")
        .filter(account=worker, target_kind=FILE)
        .values_list("target_id", flat=True)
    )
    chance = random.Random(5)
    for start in range(0, len(children), CHUNK):
        some = children[start : start + CHUNK]
        with_a_case = [
            one for place, one in enumerate(some, start) if one in held or place % EACH == 0
        ]
        _cases(agency, with_a_case, worker, chance)
        _contacts(agency, some, worker, chance)


def _cases(agency: UUID, children: list[UUID], worker: object, chance: random.Random) -> None:
    from tonghu.casework.constants import CaseState, RiskLevel, Source  # noqa: PLC0415
    from tonghu.casework.models import Case  # noqa: PLC0415 -- after the set-up
    from tonghu.people.numbers import new_number  # noqa: PLC0415 -- after the set-up

    opened = dt.datetime.combine(OPENED, dt.time(2), tzinfo=dt.UTC)
    cases = [
        Case(
            agency_id=agency,
            child_id=child,
            number=new_number(),
            state=CaseState.ACTIVE,
            source=Source.SCHOOL,
            problem=WORDS,
            risk_level=chance.choice([RiskLevel.L2_HIGH, RiskLevel.L3_MEDIUM]),
            opened_on=OPENED,
            accepted_on=OPENED,
            signed_on=OPENED,
        )
        for child in children
    ]
    Case._base_manager.bulk_create(cases, batch_size=CHUNK)
    _history(agency, cases, worker, chance, opened)


def _history(
    agency: UUID, cases: list, worker: object, chance: random.Random, opened: dt.datetime
) -> None:
    from tonghu.casework.models import RiskFinding  # noqa: PLC0415 -- after the set-up

    RiskFinding._base_manager.bulk_create(
        [
            RiskFinding(
                agency_id=agency,
                case=one,
                level=one.risk_level,
                reason=WORDS,
                set_by=worker,
                set_on=OPENED,
                set_at=opened,
                review_on=OPENED + dt.timedelta(days=chance.randrange(90, 400)),
            )
            for one in cases
        ],
        batch_size=CHUNK,
    )
    _steps(agency, cases, worker, opened)


def _steps(agency: UUID, cases: list, worker: object, opened: dt.datetime) -> None:
    from tonghu.casework.constants import CaseState  # noqa: PLC0415 -- after the set-up
    from tonghu.casework.models import CaseStep  # noqa: PLC0415 -- after the set-up

    CaseStep._base_manager.bulk_create(
        [
            CaseStep(
                agency_id=agency,
                case=one,
                step=step,
                from_state=before,
                to_state=after,
                on=OPENED,
                at=opened,
                by=worker,
            )
            for one in cases
            for step, before, after in (
                ("lead", "", CaseState.LEAD),
                ("screen", CaseState.LEAD, CaseState.SCREENING),
                ("accept", CaseState.SCREENING, CaseState.ASSESSMENT),
            )
        ],
        batch_size=CHUNK,
    )


def _contacts(agency: UUID, children: list[UUID], worker: object, chance: random.Random) -> None:
    from tonghu.services.constants import ContactKind, Mode, Result  # noqa: PLC0415
    from tonghu.services.models import Contact  # noqa: PLC0415 -- after the set-up

    began = dt.datetime.combine(OPENED, dt.time(8), tzinfo=dt.UTC)
    rows = (
        Contact(
            agency_id=agency,
            child_id=child,
            author=worker,
            happened_at=began + dt.timedelta(days=12 * number, minutes=chance.randrange(300)),
            minutes=45,
            mode=Mode.HOME,
            kind=ContactKind.ROUTINE,
            result=Result.MET_CHILD,
            happened=WORDS,
            recorded_at=began,
        )
        for child in children
        for number in range(OF_A_CHILD)
    )
    Contact._base_manager.bulk_create(rows, batch_size=CHUNK)


if __name__ == "__main__":
    main(UUID(sys.argv[1]))
