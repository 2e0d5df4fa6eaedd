"""What is written of made-up children for a score outside, and that nobody real is."""

import csv

import pytest

from tests.conftest import AT, TODAY, YULAN, founded
from tonghu.access.actors import actor_for, system
from tonghu.access.models import Account
from tonghu.kernel.errors import Refused
from tonghu.people.constants import Precision
from tonghu.people.models import Child
from tonghu.people.operations import doubles, merging, registering
from tonghu.portals.demo.cast import AGENCY
from tonghu.portals.demo.linkage import export
from tonghu.portals.demo.loading import load


@pytest.fixture
def loaded(db, frozen):
    load(AT)


def written(path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["rec_id"]: row for row in csv.DictReader(file)}


def test_each_file_is_a_line_and_one_childs_files_are_a_cluster(loaded, tmp_path):
    by = system(AGENCY)
    liumin = actor_for(Account.objects.get(login="liumin"), on=TODAY)
    children = Child.objects.unscoped("tests").filter(agency_id=AGENCY).order_by("number")
    first, second, third, fourth = children[:4]
    twin = registering.register_child(
        name="=谭小海", precision=Precision.DAY, born_on=TODAY, place=None,
        registered_on=TODAY, by=liumin, at=AT,
    )  # fmt: skip
    for one, other in ((first, second), (second, third), (third, fourth)):
        pair = doubles.note_possible_double(one=one, other=other, score=20, by=by, at=AT)
    _apart(pair, liumin)

    count = export(tmp_path / "out.csv")

    rows = written(tmp_path / "out.csv")
    clusters = [rows[one.number]["cluster"] for one in (first, second, third, fourth)]
    assert count == len(rows) == children.count()
    assert len({*clusters[:3]}) == 1
    assert clusters[3] == fourth.number
    assert (rows[twin.number]["name"], rows[twin.number]["dob"]) == ("'=谭小海", str(TODAY))


def _apart(pair, by):
    pair.state, pair.decided_by, pair.decided_at = "different", by.account, AT
    pair.save()


def test_merged_files_stay_one_cluster_under_both_numbers(loaded, tmp_path):
    liumin = actor_for(Account.objects.get(login="liumin"), on=TODAY)
    one, other = (
        registering.register_child(name=name, place=None, registered_on=TODAY, by=liumin, at=AT)
        for name in ("谭小海", "谭晓海")
    )
    pair = doubles.note_possible_double(one=one, other=other, score=1, by=system(AGENCY), at=AT)
    merging.merge(pair=pair, survivor=other, by=liumin, at=AT)

    export(tmp_path / "out.csv")

    rows = written(tmp_path / "out.csv")
    assert {rows[file.number]["cluster"] for file in (one, other)} == {other.number}


def test_nothing_is_written_where_a_real_agency_lies(loaded, tmp_path):
    founded(YULAN)

    with pytest.raises(Refused):
        export(tmp_path / "out.csv")

    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_where_no_made_up_agency_lies(db, tmp_path):
    with pytest.raises(Refused):
        export(tmp_path / "out.csv")

    assert list(tmp_path.iterdir()) == []
