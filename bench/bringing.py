"""Read and import a made-up list: ``python -m bench.bringing AGENCY ROWS`` prints what it cost.

Each row is a new child with carer, telephone, address, grade and category: the dearest kind.
"""

import json
import random
import resource
import sys
import time
from uuid import UUID

import django

from bench.children import BORN, _name

HEAD = "姓名,性别,出生日期,身份证号,监护人,与儿童关系,联系电话,家庭住址,年级,类别\n"


def main(agency: UUID, rows: int) -> None:
    """Bring one list as the worker ``liumin`` and print seconds and memory as JSON."""
    django.setup()
    from tonghu.access.actors import actor_for  # noqa: PLC0415 -- after the set-up
    from tonghu.access.models import Account  # noqa: PLC0415 -- after the set-up
    from tonghu.kernel import clock  # noqa: PLC0415 -- after the set-up
    from tonghu.people import queries  # noqa: PLC0415 -- after the set-up
    from tonghu.people.operations import rosters  # noqa: PLC0415 -- after the set-up
    from tonghu.people.roster.understanding import understand  # noqa: PLC0415
    from tonghu.people.tasks import import_whole, liken_whole  # noqa: PLC0415 -- after the set-up

    at = clock.now()
    content = a_list(rows).encode()
    began = time.perf_counter()
    understand(content, on=clock.day(at))
    read = time.perf_counter() - began
    by = actor_for(Account.objects.get(login="liumin"), on=clock.day(at))
    if by is None or by.agency_id != agency:
        raise LookupError("The bench's worker is not of this agency.")
    place = queries.own_places_for(by, on=clock.day(at))[0]
    roster = rosters.bring_roster(
        place=place,
        kind="COMMITTEE",
        source="bench",
        file_name="bench.csv",
        content=content,
        by=by,
        at=at,
    )
    began = time.perf_counter()
    roster = import_whole(rosters.begin_import(roster=roster, by=by, at=at), by, at)
    written = time.perf_counter() - began
    began = time.perf_counter()
    liken_whole(roster, by, at)
    likened = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = {"read": read, "written": written, "likened": likened}
    print(json.dumps({name: rows / took for name, took in said.items()} | {"peak": peak}))


def a_list(rows: int) -> str:
    """Return a list of so many rows with a fixed seed."""
    chance = random.Random(5)
    lines = [HEAD]
    for number in range(rows):
        born = BORN.replace(year=2010 + number % 12, month=1 + number % 12, day=1 + number % 28)
        sex = chance.choice("男女")
        phone = f"1991{number:07}"
        lines.append(
            f"{_name(chance)},{sex},{born:%Y.%m.%d},,{_name(chance)},奶奶,{phone},"
            f"{1 + number % 9}组{number % 60}号,三年级,留守\n"
        )
    return "".join(lines)


if __name__ == "__main__":
    main(UUID(sys.argv[1]), int(sys.argv[2]))
