"""Ask an agency full of children: ``python -m bench.asking search|known|list AGENCY COUNT``.

Prints one JSON document. The head finds all children, the worker ``liumin`` those of her five
villages; both are asked in turn.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from uuid import UUID

import django

SAMPLE = 3000
A_PAGE = 20


def main(what: str, agency: UUID, count: int) -> None:
    """Ask so many times, print what it cost."""
    django.setup()
    found = {"search": _searches, "known": _known, "list": _listing}[what](agency, count)
    print(json.dumps(found))


def _actors(agency: UUID) -> list:
    from tonghu.access.actors import actor_for, system  # noqa: PLC0415 -- after the set-up
    from tonghu.access.models import Account  # noqa: PLC0415 -- after the set-up
    from tonghu.kernel import clock  # noqa: PLC0415 -- after the set-up

    on = clock.day(clock.now())
    worker = actor_for(Account.objects.get(login="liumin"), on=on)
    return [worker, system(agency)]


def _some(agency: UUID, chance: random.Random, count: int) -> list:
    from tonghu.people.models import Kinship  # noqa: PLC0415 -- after the set-up

    rows = Kinship.objects.unscoped("a measurement").filter(agency_id=agency)
    known = list(rows.select_related("child__person", "relative")[:SAMPLE])
    return [chance.choice(known) for _ in range(count)]


def _scraps(kin: object) -> Iterator[tuple[str, str]]:
    """Yield everything by which a child may be looked for, with the kind of scrap."""
    from tonghu.kernel.chinese import spellings  # noqa: PLC0415 -- after the set-up

    person, relative = kin.child.person, kin.relative  # type: ignore[attr-defined]
    heard = spellings(person.name)[0]
    yield "name", person.name
    yield "surname", person.name[0]
    yield "part of a name", person.name[1:]
    yield "pinyin", "".join(heard)
    yield "surname in pinyin", heard[0]
    yield "first letters", "".join(one[0] for one in heard)
    yield "other signs", "".join(HOMOPHONES.get(sign, sign) for sign in person.name)
    yield "family", relative.name
    yield "telephone", relative.phones.unscoped("a measurement").get().number
    number = person.identitynumbers.unscoped("a measurement").get()
    yield "last four", number.last_four
    home = person.residences.unscoped("a measurement").select_related("place").get()
    yield "village", home.place.name
    yield "file number", kin.child.number  # type: ignore[attr-defined]


HOMOPHONES = dict(zip("小静志宇嘉佳明玉", "晓婧智雨佳嘉鸣钰", strict=True))


def _searches(agency: UUID, count: int) -> dict:
    from tonghu.kernel import clock  # noqa: PLC0415 -- after the set-up
    from tonghu.people.search.find import find  # noqa: PLC0415 -- after the set-up

    on, actors, seconds = clock.day(clock.now()), _actors(agency), {}
    for number, kin in enumerate(_some(agency, random.Random(7), count)):
        for kind, text in _scraps(kin):
            by = actors[number % len(actors)]
            seconds.setdefault(kind, []).append(_timed(lambda t=text, b=by: find(t, b, on=on)))
    return seconds


def _timed(ask: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    began = clock()
    ask()
    return clock() - began


def _known(agency: UUID, count: int) -> dict:
    from tonghu.kernel import clock  # noqa: PLC0415 -- after the set-up
    from tonghu.people.search.likeness import Described, alike  # noqa: PLC0415 -- after the set-up

    on, actors = clock.day(clock.now()), _actors(agency)
    costs = []
    for number, kin in enumerate(_some(agency, random.Random(8), count)):
        person, by = kin.child.person, actors[number % len(actors)]
        phone = kin.relative.phones.unscoped("a measurement").get().number
        who = Described(
            person.name,
            person.sex,
            person.born_on,
            person.precision,
            phones=(phone,),
            carers=(kin.relative.name,),
        )
        ask = lambda who=who, by=by: alike(who, by, on=on)  # noqa: E731 -- asked at once
        costs.append(_timed(ask, time.process_time))
    return {"cpu": costs}


def _listing(agency: UUID, count: int) -> dict:
    from tonghu.access.web.listing import page_of  # noqa: PLC0415 -- after the set-up
    from tonghu.kernel import clock  # noqa: PLC0415 -- after the set-up
    from tonghu.people.queries import children_for  # noqa: PLC0415 -- after the set-up

    on, actors = clock.day(clock.now()), _actors(agency)

    def one_page(by: object, after: str) -> None:
        page_of(children_for(by, on=on), after, A_PAGE, key="person__sort_key", shows=SHOWN)

    asked = [(by, after) for by in actors for after in ("", "li", "zh")] * count
    one_page(*asked[0])
    return {"cpu": sum(_timed(lambda a=a: one_page(*a), time.process_time) for a in asked)}


SHOWN = ("pk", "number", "person__name", "person__sort_key", "person__born_on")


if __name__ == "__main__":
    main(sys.argv[1], UUID(sys.argv[2]), int(sys.argv[3]))
