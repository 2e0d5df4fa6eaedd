import json

import pytest
from django.utils.translation import override

from tests.people.bringing import LIST, everything
from tests.people.roster.test_truth import FIELDS, FILES, ROSTERS, place, truth
from tonghu.config.cli import main
from tonghu.people.models import Child, Roster
from tonghu.people.roster_report import NotAsked, bring

OUTCOMES = {"new", "known", "changed", "decision", "refused"}


def reported(name, **said):
    return bring((ROSTERS / name).read_bytes(), file_name=name, login="liumin", **said)


@pytest.mark.parametrize("name", FILES)
def test_report_says_what_the_truth_says(name, team, liumin):
    report = reported(name)

    expected = {place(row): row for row in truth(name, "clean")}
    told = {(one["sheet"], one["row"], one["child_no"] or 0): one for one in report["children"]}
    assert told.keys() == expected.keys()
    assert {at: one["fields"] for at, one in told.items()} == {
        at: {field: row[field] for field in FIELDS} for at, row in expected.items()
    }
    assert {at: one["outcome"] == "decision" for at, one in told.items()} == {
        at: row["status"] == "DECISION" for at, row in expected.items()
    }
    assert {one["outcome"] for one in told.values()} <= OUTCOMES
    assert report["totals"]["children"] == len(expected)


def test_report_gives_lines_of_one_child_one_key_across_lists(team, liumin):
    first, second = reported(FILES[0]), reported(FILES[3])

    keys = {one["person_key"] for one in first["children"]}
    again = [one for one in second["children"] if one["person_key"] in keys]
    assert len(again) > 20
    assert {one["fields"]["sex"] for one in again} == {"M", "F"}


def test_dry_run_says_the_same_and_writes_nothing(team, liumin):
    before = everything()

    tried = reported(FILES[0], dry_run=True)

    assert everything() == before
    assert Roster.objects.unscoped("nothing is kept").count() == 0
    done = reported(FILES[0])
    assert _told(tried) == _told(done)
    assert (tried["totals"]["imported"], done["totals"]["imported"] > 80) == (0, True)


def _told(report):
    return [
        (one["sheet"], one["row"], one["outcome"], one["reasons"], one["fields"])
        for one in report["children"]
    ]


@pytest.mark.parametrize(
    "said",
    [{"login": "nobody"}, {"place": "青石社区"}, {"agency": "玉兰社会工作服务中心"}],
    ids=["who", "place", "agency"],
)
def test_report_for_the_wrong_person_place_or_agency_is_refused(said, team, qingshi, liumin):
    with pytest.raises(NotAsked):
        bring(LIST.encode(), **({"file_name": "名单.csv", "login": "liumin"} | said))

    assert Child.objects.unscoped("nothing is written").count() == 0


def test_command_prints_one_document(team, liumin, tmp_path, capsys):
    file = tmp_path / "名单.csv"
    file.write_text(LIST, "utf-8")

    code = main(["import", "roster", str(file), "--as", "liumin", "--dry-run", "--json"])

    report = json.loads(capsys.readouterr().out)
    assert code == 0
    assert [one["outcome"] for one in report["children"]] == ["new", "decision", "decision"]
    assert [one["reasons"] for one in report["children"]] == [
        [],
        ["DOB_IMPOSSIBLE"],
        ["PHONE_BAD"],
    ]


def test_command_refuses_a_file_that_is_no_list(team, liumin, tmp_path, capsys):
    file = tmp_path / "scan.pdf"
    file.write_bytes(b"%PDF-1.7 \x00\x01")

    with override("en"):
        code = main(["import", "roster", str(file), "--as", "liumin"])

    assert code == 1
    assert "not a spreadsheet" in capsys.readouterr().err


def test_without_a_name_the_program_brings_the_list(house, liuwan, qingshi):
    told = bring(LIST.encode(), file_name="青石社区.csv")

    rows = Roster.objects.unscoped("a test looks").select_related("place", "source").get()
    assert told["totals"]["new"] + told["totals"]["decision"] == 3
    assert (rows.place, rows.source.name, rows.brought_by) == (qingshi, "青石社区", None)


def test_of_two_agencies_one_is_named(house, other_house, liuwan):
    with pytest.raises(NotAsked):
        bring(LIST.encode(), file_name="名单.csv", dry_run=True)

    told = bring(LIST.encode(), file_name="名单.csv", agency=house.name, dry_run=True)
    assert told["totals"]["children"] == 3
