"""Fill an agency with children, past its operations: ``python -m bench.children AGENCY COUNT``.

Names are drawn with a fixed seed from common surnames and given names, so that some children
have the same name, as on real lists. The head finds all of them, the worker ``liumin`` the ones
of five villages, of whom she holds forty, however many children there are.
"""

import datetime as dt
import random
import sys
from collections.abc import Iterator
from uuid import UUID

import django

CHUNK = 5000
OF_A_VILLAGE = 250
OF_THE_TEAM = 5
HELD = 40
BORN = dt.date(2010, 1, 1)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕谭"
GIVEN = (
    "子梓欣怡宇浩轩涵雨嘉诗佳俊思若晨博文天一可心小海明静月兰玉珍志强伟芳丽军杰娟勇艳平"
    "建国华红霞鹏飞燕曦安若宁乐清瑞雪梅菊秀英凤龙虎林森江河山川云峰星辰阳光春夏秋冬"
)


def main(agency: UUID, count: int) -> None:
    """Enter so many children, each with a place, a grandmother and her telephone."""
    django.setup()
    from tonghu.people.models import Place  # noqa: PLC0415 -- after the set-up

    chance = random.Random(3)
    villages = [
        Place(agency_id=agency, kind="VILLAGE", name=f"{_two(chance)}村{number:03}")
        for number in range(max(count // OF_A_VILLAGE, OF_THE_TEAM))
    ]
    Place._base_manager.bulk_create(villages)
    known: list[UUID] = []
    for start in range(0, count, CHUNK):
        known += _chunk(agency, villages, chance, range(start, min(start + CHUNK, count)))
    _worker(agency, villages[:OF_THE_TEAM], known[:: len(villages)][:HELD])


def _two(chance: random.Random) -> str:
    return "".join(chance.choice(GIVEN) for _ in range(2))


def _name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(
        chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2, 2)))
    )


def _chunk(agency: UUID, villages: list, chance: random.Random, numbers: range) -> list[UUID]:
    """Write one batch of every table; return the keys of the children."""
    from tonghu.people import models  # noqa: PLC0415 -- after the set-up
    from tonghu.people.search.index import keys_of  # noqa: PLC0415 -- after the set-up

    persons = [_person(agency, _name(chance), chance) for _ in numbers]
    kin = [_person(agency, _name(chance), None) for _ in numbers]
    children = [
        models.Child(person=one, agency_id=agency, number=f"{number:08X}", registered_on=BORN)
        for one, number in zip(persons, numbers, strict=True)
    ]
    rows: dict[type, list] = {
        models.Person: persons + kin,
        models.Child: children,
        models.ResidenceSpan: list(_residences(agency, villages, persons, numbers)),
        models.Kinship: [
            models.Kinship(agency_id=agency, child=one, relative=other, relation="GM_P")
            for one, other in zip(children, kin, strict=True)
        ],
        models.Phone: [
            models.Phone(agency_id=agency, person=one, number=f"1990{number:07}")
            for one, number in zip(kin, numbers, strict=True)
        ],
        models.IdentityNumber: list(_numbers(agency, persons, numbers)),
        models.SearchKey: [
            models.SearchKey(agency_id=agency, child=one, key=key)
            for one, other in zip(children, kin, strict=True)
            for key in sorted(keys_of(one, [], [other.name]))
        ],
    }
    for model, made in rows.items():
        model._base_manager.bulk_create(made, batch_size=CHUNK)
    return [one.pk for one in persons]


def _person(agency: UUID, name: str, chance: random.Random | None) -> object:
    from tonghu.people.models import Person  # noqa: PLC0415 -- after the set-up
    from tonghu.people.naming import named  # noqa: PLC0415 -- after the set-up

    person = Person(agency_id=agency, name=name)
    person.sort_key = named(person, name)
    if chance is not None:
        person.sex = chance.choice("FM")
        person.born_on = BORN + dt.timedelta(days=chance.randrange(5000))
        person.precision = "day"
    return person


def _residences(agency: UUID, villages: list, persons: list, numbers: range) -> Iterator[object]:
    from tonghu.people.models import ResidenceSpan  # noqa: PLC0415 -- after the set-up

    for person, number in zip(persons, numbers, strict=True):
        yield ResidenceSpan(
            agency_id=agency,
            person=person,
            place=villages[number % len(villages)],
            from_on=BORN,
            since_known=False,
        )


def _numbers(agency: UUID, persons: list, numbers: range) -> Iterator[object]:
    from tonghu.people.models import IdentityNumber  # noqa: PLC0415 -- after the set-up

    for person, number in zip(persons, numbers, strict=True):
        text = f"999001{person.born_on:%Y%m%d}{number % 10000:04}"
        yield IdentityNumber(agency_id=agency, person=person, number=text, last_four=text[-4:])


def _worker(agency: UUID, villages: list, held: list[UUID]) -> None:
    from tonghu.access.models import Account, Duty, Membership  # noqa: PLC0415 -- after the set-up

    account = Account.objects.create(
        login="liumin", name="刘敏", latin_name="Liu Min", password="!"
    )
    Membership._base_manager.create(
        agency_id=agency, account=account, organisation_id=agency, role="worker", from_on=BORN
    )
    duties = [("team", "people.place", one.pk) for one in villages]
    duties += [("assignment", "people.child", one) for one in held]
    Duty._base_manager.bulk_create(
        Duty(
            agency_id=agency,
            account=account,
            kind=kind,
            target_kind=target_kind,
            target_id=target,
            from_on=BORN,
        )
        for kind, target_kind, target in duties
    )


if __name__ == "__main__":
    main(UUID(sys.argv[1]), int(sys.argv[2]))
