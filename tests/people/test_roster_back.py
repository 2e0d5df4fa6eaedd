"""What goes back to the keeper of a list: its own rows, its own words, open cells marked."""

import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.conftest import AT, QINHUI, TODAY
from tests.people.bringing import brought, imported, lines_of
from tests.people.concealing import concealed
from tonghu.access.actors import system
from tonghu.access.constants import ClosingKind, ReasonCode
from tonghu.access.models import JournalRow, Proposal
from tonghu.access.operations import grounds, two_persons
from tonghu.access.sheets import NeedsReason
from tonghu.jobs.files import file_of
from tonghu.jobs.models import Job
from tonghu.kernel.errors import Hidden
from tonghu.people.constants import RosterAnswer
from tonghu.people.giving_back import back_for
from tonghu.people.models import Child, Phone, RosterQuestion
from tonghu.people.operations import describing, roster_answers
from tonghu.people.policy import FILE, PLACE
from tonghu.people.queries import open_questions_for
from tonghu.portals import operations

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NUMBER = "999001201503020017"
LIST = f"""柳湾村儿童名单
姓名,性别,出生日期,身份证号,监护人,联系电话,备注
谭小海,男,2015.3.2,{NUMBER},谭福生,16132913198,=1+1
马若曦,女,2015.2.30,,马建国,16132913199,+好
王燕曦,男,2015.3.9,999001201503090015,王大山,1613291,@看
"""


@pytest.fixture
def roster(team, liumin):
    return imported(brought(liumin, LIST, team), liumin)


@pytest.fixture
def reasoned(team, liumin):
    grounds.give_reason(
        target_kind=PLACE,
        target_id=team.pk,
        code=ReasonCode.COVER,
        words="请村委会核对名单",
        by=liumin,
        at=AT,
    )


@dataclass
class Cell:
    value: str
    kind: str
    amber: bool
    quoted: bool


def sheets_of(job):
    """The sheets of a workbook as they stand in the file."""
    with zipfile.ZipFile(file_of(job)) as parts:
        styles = ElementTree.fromstring(parts.read("xl/styles.xml"))
        shared = (
            [
                "".join(each.text or "" for each in one.iter(f"{MAIN}t"))
                for one in ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
            ]
            if "xl/sharedStrings.xml" in parts.namelist()
            else []
        )
        names = sorted(name for name in parts.namelist() if "worksheets/sheet" in name)
        pages = [ElementTree.fromstring(parts.read(name)) for name in names]
    formats = list(styles.find(f"{MAIN}cellXfs"))
    return [
        [[_cell(one, formats, shared) for one in row] for row in page.iter(f"{MAIN}row")]
        for page in pages
    ]


def _cell(cell, formats, shared):
    look = formats[int(cell.attrib.get("s", 0))]
    text = "".join(one.text or "" for one in cell.iter() if one.tag in (f"{MAIN}t", f"{MAIN}v"))
    kind = cell.attrib.get("t", "n")
    return Cell(
        value=shared[int(text)] if kind == "s" else text,
        kind="formula" if cell.find(f"{MAIN}f") is not None else kind,
        amber=look.attrib.get("fillId", "0") not in ("0", "1"),
        quoted=look.attrib.get("quotePrefix") == "1",
    )


def texts(rows):
    return [[cell.value for cell in row] for row in rows]


def amber(rows):
    return [cell.value for row in rows for cell in row if cell.amber]


def made(roster, by):
    operations.ask_for_roster_back(roster=roster, by=by, at=AT)
    call_command("work_jobs")
    return sheets_of(Job.objects.unscoped("a test looks").latest("id"))


@pytest.mark.django_db(transaction=True)
def test_the_sheet_holds_the_keepers_rows_with_open_cells_in_amber(roster, reasoned, liumin):
    (rows,) = made(roster, liumin)

    told = texts(rows)
    assert told[0][0] == "柳湾村儿童名单"
    assert told[1][:3] == ["姓名", "性别", "出生日期"]
    assert [row[0] for row in told[2:4]] == ["马若曦", "王燕曦"]
    assert "谭小海" not in str(told)
    marked = amber(rows)
    assert marked[0] == "2015.2.30"
    assert marked[1].startswith("出生日期：")
    assert marked[2:3] == ["1613291"]


@pytest.mark.django_db(transaction=True)
def test_no_number_is_whole_and_no_text_is_a_formula(roster, reasoned, liumin):
    (rows,) = made(roster, liumin)

    every = [cell for row in rows for cell in row if cell.value]
    assert "…0015" in [cell.value for cell in every]
    assert [cell.value for cell in every if "99900120150309" in str(cell.value)] == []
    notes = [cell for cell in every if cell.value in ("+好", "@看")]
    assert [cell.quoted for cell in notes] == [True, True]
    assert [cell for cell in every if cell.kind == "formula"] == []


def test_nothing_of_a_file_goes_back(roster, reasoned, liumin):
    child = lines_of(roster)[2].child
    describing.note_phone(child=child, person=child.person, number="16132913777", by=liumin, at=AT)

    back = back_for(liumin, roster, on=TODAY)

    assert "16132913777" not in str(back.sheets)
    assert back.children == 2


def test_what_was_refused_is_asked_and_what_was_answered_is_not(team, liumin, reasoned):
    imported(brought(liumin, LIST, team), liumin)
    changed = LIST.replace("16132913198", "16132913100").replace("1613291,@看", "16132913155,@看")
    newer = imported(brought(liumin, changed, team), liumin)
    before = _asked_rows(back_for(liumin, newer, on=TODAY))
    differs = open_questions_for(liumin, newer, on=TODAY).filter(code="DIFFERS")

    roster_answers.decide_differences(roster=newer, taken=[], left=list(differs), by=liumin, at=AT)
    bad = RosterQuestion.objects.unscoped("a test").get(roster=newer, code="DOB_IMPOSSIBLE")
    roster_answers.answer_questions(
        roster=newer,
        questions=[bad],
        answer=RosterAnswer.VALUE,
        value="2015.2.28",
        by=liumin,
        at=AT,
    )

    assert before == ["马若曦"]
    assert _asked_rows(back_for(liumin, newer, on=TODAY)) == ["谭小海"]


def test_who_is_missed_is_asked_about_once_a_person_says_so(team, liumin, reasoned):
    imported(brought(liumin, LIST, team), liumin)
    without = "\n".join(LIST.split("\n")[:4]) + "\n"
    newer = imported(brought(liumin, without, team), liumin)
    gone = list(open_questions_for(liumin, newer, on=TODAY).filter(code="GONE"))
    before = back_for(liumin, newer, on=TODAY).missed

    roster_answers.answer_questions(
        roster=newer, questions=gone, answer=RosterAnswer.STAYS, by=liumin, at=AT
    )

    assert before == []
    assert [one.proposed.person.name for one in back_for(liumin, newer, on=TODAY).missed] == [
        "王燕曦"
    ]
    child = Child.objects.unscoped("a test").get(person__name="王燕曦")
    Phone(agency_id=QINHUI, person=child.person, number="16132913666").save(force_insert=True)
    concealed(child, liumin, address=False)
    assert back_for(liumin, newer, on=TODAY).missed == []


def test_a_row_of_a_child_with_something_hidden_or_closed_stays_out(roster, reasoned, liumin):
    first, second = (lines_of(roster)[at].child for at in (1, 2))
    Phone(agency_id=QINHUI, person=first.person, number="16132913666").save(force_insert=True)
    concealed(first, liumin, address=False)
    hidden = _asked_rows(back_for(liumin, roster, on=TODAY))
    grounds.close_to(
        account=liumin.account,
        kind=ClosingKind.CONFLICT,
        target_kind=FILE,
        target_id=second.pk,
        words="是孩子的姑姑",
        by=system(QINHUI),
        at=AT,
    )

    assert hidden == ["王燕曦"]
    assert back_for(liumin, roster, on=TODAY).children == 0
    with pytest.raises(operations.NothingToAsk):
        operations.ask_for_roster_back(roster=roster, by=liumin, at=AT)


def test_without_a_written_reason_nothing_goes_back(roster, liumin, qinhui, signed_in):
    with pytest.raises(NeedsReason):
        back_for(liumin, roster, on=TODAY)
    with pytest.raises(Hidden):
        back_for(qinhui, roster, on=TODAY)

    answer = signed_in(liumin).get(reverse("roster-back", args=[roster.pk]))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/reason/")


def test_more_than_fifty_children_take_a_second_person(team, liumin, zhanglan, reasoned):
    names = [f"赵{chr(0x4E00 + n)}{chr(0x5200 + n)}" for n in range(51)]
    text = "姓名,性别,出生日期\n" + "".join(f"{name},男,2015.2.30\n" for name in names)
    roster = imported(brought(liumin, text, team), liumin)

    operations.ask_for_roster_back(roster=roster, by=liumin, at=AT)

    jobs = Job.objects.unscoped("a test looks").filter(kind="people.roster.given_back")
    proposal = Proposal.objects.unscoped("a test looks").get(act="people.roster.given_back")
    assert jobs.count() == 0
    two_persons.confirm(proposal=proposal, by=zhanglan, at=AT)
    assert jobs.get().account_id == liumin.account_id


def test_the_page_shows_what_would_leave_and_asking_is_on_record(
    roster, reasoned, liumin, signed_in
):
    client = signed_in(liumin)

    page = client.get(reverse("roster-back", args=[roster.pk])).content.decode()
    answer = client.post(reverse("roster-back", args=[roster.pk]))

    assert "要问的 2 个孩子" in page
    assert "马若曦" in page
    assert "谭小海" not in page
    assert answer.headers["Location"].startswith("/jobs/")
    rows = JournalRow.objects.unscoped("a test looks").order_by("-seq")
    assert "portals.roster.back_asked" in rows[:2].values_list("event", flat=True)


def _asked_rows(back):
    return [str(cells[0][0]) for _name, rows in back.sheets for cells, about in rows if about]
