"""Bringing lists, importing them, and looking at what came of it."""

from django.apps import apps
from django.db.models import AutoField

from tests.conftest import AT
from tonghu.access.actors import system
from tonghu.people.constants import KeeperKind, PlaceKind, RosterAnswer
from tonghu.people.models import RosterLine, RosterQuestion
from tonghu.people.operations import places, roster_answers, rosters
from tonghu.people.takeover.answers import ARRIVED
from tonghu.people.tasks import import_whole

TODAY = AT.date()
LIST = """姓名,性别,出生日期,身份证号,监护人,与儿童关系,联系电话,类别
谭小海,男,2015.3.2,999001201503020017,谭福生,爷爷,16132913198,留守
马若曦,女,2015.2.30,,马建国,父亲,16132913199,留守
王燕曦,男,2015.3.2,,,,1613291,留守
"""


def brought(by, content, at_place, *, source="村委会", at=AT):
    return rosters.bring_roster(
        place=at_place,
        kind=KeeperKind.COMMITTEE,
        source=source,
        file_name="名单.csv",
        content=content.encode() if isinstance(content, str) else content,
        by=by,
        at=at,
    )


def a_list_of(agency_id):
    """A village of an agency and its list, as the program enters them."""
    by = system(agency_id)
    village = places.add_place(kind=PlaceKind.VILLAGE, name="枣园村", by=by, at=AT)
    return brought(by, LIST, village)


def left_out_of(roster):
    """Enter that a child of a list is left out, as a decision on an earlier one; return its pk."""
    line = RosterLine.objects.unscoped("tests").filter(roster=roster).first()
    question = RosterQuestion(
        agency_id=roster.agency_id,
        roster=roster,
        line=line,
        code=ARRIVED,
        field="child",
        asked='{"text": "", "variant": "", "values": {}}',
        answer=RosterAnswer.LEAVE,
    )
    question.save(force_insert=True)
    return question.pk


def imported(roster, by):
    return import_whole(rosters.begin_import(roster=roster, by=by, at=AT), by, AT)


def lines_of(roster):
    rows = RosterLine.objects.unscoped("a test looks")
    return list(rows.filter(roster=roster).select_related("child__person").order_by("position"))


def outcomes(roster):
    return [row.outcome for row in lines_of(roster)]


def asked(roster, code):
    rows = RosterQuestion.objects.unscoped("a test looks")
    return rows.select_related("line", "roster").get(roster=roster, code=code)


def answered(roster, code, answer, value="", *, by):
    roster_answers.answer_questions(
        roster=roster, questions=[asked(roster, code)], answer=answer, value=value, by=by, at=AT
    )


def everything():
    """All rows of the domain, the lists themselves aside: what an undo must bring back."""
    tables = apps.get_app_config("people").get_models()
    return {
        one.__name__: sorted(map(str, _rows(one))) for one in tables if "Roster" not in one.__name__
    }


def _rows(table):
    """What stands in a table; numbers that the database itself gives out say nothing."""
    columns = table._meta.concrete_fields
    names = [one.attname for one in columns if not isinstance(one, AutoField)]
    return table._base_manager.values_list(*names)
