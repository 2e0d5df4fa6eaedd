"""Look each child of a made-up list up among the others, by the product and by pg_trgm.

``python -m bench.linkage AGENCY FOLDER COUNT`` needs PostgreSQL; FOLDER holds ``records.csv`` and
``truth.csv``. A hit is another record of the same child among the first ten. pg_trgm is asked
twice, for the name alone and for all that is written, and its better answer counts.
"""

import csv
import datetime as dt
import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from uuid import UUID

import django

CHUNK = 5000
FIRST = 10
SINCE = dt.date(2010, 1, 1)
SEXES = {"男": "M", "女": "F"}
ALL = "name || ' ' || born || ' ' || village || ' ' || carer || ' ' || phone"


def main(agency: UUID, folder: Path, count: int) -> None:
    """Load the list, ask both, print how many each has found and what one question costs."""
    django.setup()
    records = list(csv.DictReader((folder / "records.csv").open(encoding="utf-8")))
    truth = {
        one["rec_id"]: one["entity_id"]
        for one in csv.DictReader((folder / "truth.csv").open(encoding="utf-8"))
    }
    alike = defaultdict(set)
    for key, entity in truth.items():
        alike[entity].add(key)
    asked = [one for one in records if len(alike[truth[one["rec_id"]]]) > 1][:count]
    ours, cpu = _ours(agency, records, asked)
    theirs = {text: _trigrams(records, asked, text) for text in ("name", ALL)}

    def hits(found: dict[str, list[str]]) -> int:
        return sum(bool((alike[truth[key]] - {key}) & set(ten)) for key, ten in found.items())

    said = {"asked": len(asked), "ours": hits(ours), "cpu_ms": cpu}
    said |= {"by_name": hits(theirs["name"]), "by_all": hits(theirs[ALL])}
    print(json.dumps(said))


def _born(text: str) -> tuple[dt.date | None, str]:
    if not text:
        return None, ""
    if len(text) == len("2015-03"):
        return dt.date.fromisoformat(f"{text}-01"), "month"
    return dt.date.fromisoformat(text), "day"


def _ours(agency: UUID, records: list[dict], asked: list[dict]) -> tuple[dict, float]:
    from tonghu.access.actors import system  # noqa: PLC0415 -- after the set-up
    from tonghu.kernel import clock  # noqa: PLC0415 -- after the set-up
    from tonghu.people.search.likeness import Described, alike  # noqa: PLC0415 -- after the set-up

    places, children = _load(agency, records)
    of_child = {child.pk: key for key, child in children.items()}
    by, on = system(agency), clock.day(clock.now())
    found: dict[str, list[str]] = {}
    began = time.process_time()
    for one in asked:
        born_on, precision = _born(one["dob"])
        who = Described(
            name=one["surname_given"],
            sex=SEXES.get(one["sex"], ""),
            born_on=born_on,
            precision=precision,
            phones=(one["phone"],) if one["phone"] else (),
            carers=(one["carer"],) if one["carer"] else (),
            place=places[one["village"]].pk,
        )
        mine = children[one["rec_id"]].pk
        ten = alike(who, by, on=on, beside=mine, most=FIRST)
        found[one["rec_id"]] = [of_child[likeness.child.pk] for likeness in ten]
    return found, (time.process_time() - began) / len(asked) * 1000


def _load(agency: UUID, records: list[dict]) -> tuple[dict, dict]:
    """Put the list into the product, past its operations."""
    from tonghu.people import models  # noqa: PLC0415 -- after the set-up

    names = sorted({one["village"] for one in records})
    places = {one: models.Place(agency_id=agency, kind="VILLAGE", name=one) for one in names}
    made: dict[type, list] = defaultdict(list, {models.Place: list(places.values())})
    children = {}
    for number, one in enumerate(records):
        person, carer = _persons(agency, one)
        child = models.Child(
            person=person, agency_id=agency, number=f"L{number:07}", registered_on=SINCE
        )
        children[one["rec_id"]] = child
        made[models.Person] += [person, carer]
        made[models.Child].append(child)
        made[models.ResidenceSpan].append(
            models.ResidenceSpan(
                agency_id=agency, person=person, place=places[one["village"]], from_on=SINCE
            )
        )
        made[models.Kinship].append(
            models.Kinship(agency_id=agency, child=child, relative=carer, relation="OTHER")
        )
        if one["phone"]:
            phone = models.Phone(agency_id=agency, person=carer, number=one["phone"])
            made[models.Phone].append(phone)
        made[models.SearchKey] += _keys(agency, child, one["carer"])
    for model, rows in made.items():
        model._base_manager.bulk_create(rows, batch_size=CHUNK)
    return places, children


def _persons(agency: UUID, one: dict) -> tuple:
    from tonghu.people.models import Person  # noqa: PLC0415 -- after the set-up
    from tonghu.people.naming import named  # noqa: PLC0415 -- after the set-up

    born_on, precision = _born(one["dob"])
    person = Person(
        agency_id=agency,
        name=one["surname_given"],
        sex=SEXES.get(one["sex"], ""),
        born_on=born_on,
        precision=precision,
    )
    carer = Person(agency_id=agency, name=one["carer"])
    for each in (person, carer):
        each.sort_key = named(each, each.name)
    return person, carer


def _keys(agency: UUID, child: object, carer: str) -> list:
    from tonghu.people.models import SearchKey  # noqa: PLC0415 -- after the set-up
    from tonghu.people.search.index import keys_of  # noqa: PLC0415 -- after the set-up

    keys = sorted(keys_of(child, [], [carer] if carer else []))
    return [SearchKey(agency_id=agency, child=child, key=key) for key in keys]


def _trigrams(records: list[dict], asked: list[dict], text: str) -> dict[str, list[str]]:
    from django.db import connection  # noqa: PLC0415 -- after the set-up

    columns = ("rec_id", "surname_given", "dob", "village", "carer", "phone")
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute(
            "CREATE TEMP TABLE listed (key text, name text, born text, village text,"
            " carer text, phone text)"
        )
        cursor.executemany(
            "INSERT INTO listed VALUES (%s, %s, %s, %s, %s, %s)",
            [[one[column] for column in columns] for one in records],
        )
        cursor.execute(f"CREATE TEMP TABLE said AS SELECT key, {text} AS text FROM listed")
        cursor.execute("CREATE INDEX ON said USING gist (text gist_trgm_ops)")
        found = {}
        for one in asked:
            cursor.execute(
                "SELECT key FROM said WHERE key <> %s ORDER BY text <->"
                " (SELECT text FROM said WHERE key = %s) LIMIT %s",
                [one["rec_id"], one["rec_id"], FIRST],
            )
            found[one["rec_id"]] = [key for (key,) in cursor.fetchall()]
        cursor.execute("DROP TABLE listed, said")
    return found


if __name__ == "__main__":
    main(UUID(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
