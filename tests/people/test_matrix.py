"""Every address with every role and every kind of child, secrets planted: nothing unexpected.

A step of its own (``tools/everything.py``): it asks some thousand pages. The table is read from
the access policy; a page that answers otherwise, or lets a planted word out, is a leak.
"""

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.urls import get_resolver, reverse

from tests.casework.worked import worked_with
from tests.conftest import AT, FIRST_DAY, PASSWORD, QINHUI, TODAY
from tests.people.bringing import brought, imported
from tests.people.test_hidden import NUMBER, SCHOOL, SECRET, hide_all
from tonghu.access.actors import system
from tonghu.access.checks import addresses
from tonghu.access.constants import ClosingKind
from tonghu.access.models import JournalRow
from tonghu.access.operations import grounds, two_persons
from tonghu.access.policy import JOURNAL
from tonghu.access.sheets import Action
from tonghu.access.web.pages import policy_of
from tonghu.people.constants import Precision, Relation, SchoolState, Sex
from tonghu.people.models import Child, HouseholdMember, Kinship, Person
from tonghu.people.numbers import shown
from tonghu.people.operations import describing, doubles, families, registering, sealing, spans
from tonghu.people.policy import FILE
from tonghu.people.search.index import index

ROLES = (
    *("liumin", "yangfan", "zhanglan", "qinhui", "hejing", "hanxue", "gaoxiulan"),
    *("majing", "xuzhe", "luowen", "stranger"),
)
KIN, ALIKE = "闵惜云", "闵惜芸"
SEALED = "聂念慈"
BORN = dt.date(2014, 7, 19)
WORRY = {
    "own": "三周没有到校",
    "kin": "夜里不敢关灯睡",
    "elsewhere": "放学后在网吧过夜",
    "sealed": "半夜有人在楼下等他",
}
"""What is worried about in each of the four cases; whose file is closed, whose words stay in."""


# What the addresses of a child and its case answer, by what they demand (R21 … R8); she is Liu
# Min's, under Zhang Lan, with address, telephone, place and school hidden. Who is missing: 404.
OWN = """
             liumin    yangfan   zhanglan  qinhui
R21.find     200       200       200       200
R21.read     200       302       200       302
R21.write    200       403       200       403
R21.approve  403       403       200       200
R21.export   302       403       302       302
R22.write    200       403       200       403
R23.read     200       404       200       200
R23.write    200       403       200       403
R24.read     404       404       404       404
R25.read     200       404       302       302
R25.write    200       404       200       200
R26.approve  403       403/404   200/302   200/302
R26.read     200/403   302       200/403   302
R26.write    200/302   200/302/403   200/302   403
R28.approve  403       403       200/302   302
R28.read     200       302       200       302
R28.write    200/302   403       403       403
R29.read     200/302   302       200/302   302
R29.write    200       403       403       403
R30.export   200       403       302       302
R31.read     200       302       200       302
R31.write    200       403       200       403
R33.read     404       404       404       404
R33.write    404       404       404       404
R53.write    403       403       200       200
R60.write    403       302       200       302
R61.read     200       302       200       302
R61.write    200       403       200       403
R62.read     404       404       404       404
R62.write    200       404       200       200
R83.write    403       403       403       200
R88.write    200       403       200       403
R8.write     200/403   200/403   200/403   200/403
"""
# A child of a place in which nobody works.
ELSEWHERE = """
             qinhui
R21.find     200
R21.read     302
R21.write    403
R21.approve  200
R21.export   302
R22.write    403
R23.read     200
R23.write    403
R24.read     404
R25.read     302
R25.write    200
R26.approve  200/302
R26.read     302
R26.write    403
R28.approve  302
R28.read     302
R28.write    403
R29.read     302
R29.write    403
R30.export   302
R31.read     302
R31.write    403
R33.read     404
R33.write    404
R53.write    200
R60.write    302
R61.read     302
R61.write    403
R62.read     404
R62.write    200
R83.write    200
R88.write    403
R8.write     200/403
"""


@dataclass
class World:
    """Four children and what stands beside them."""

    own: Child
    kin: Child
    elsewhere: Child
    sealed: Child
    numbers: dict[str, object]
    work: dict[str, dict[str, UUID]]

    def of(self, which: str) -> dict[str, object]:
        """Return the numbers that the addresses of one of the four carry."""
        return self.numbers | self.work[which]


@pytest.fixture
def world(xiaohai, elsewhere, team, registered, liumin, yangfan, zhanglan, qinhui) -> World:
    """A hidden child, its sister who is closed to whoever asks, one elsewhere, one sealed."""
    program = system(QINHUI)
    kin = registering.register_child(
        name=KIN,
        sex=Sex.FEMALE,
        born_on=BORN,
        precision=Precision.DAY,
        place=team,
        address="3组12号",
        registered_on=FIRST_DAY,
        by=program,
        at=AT,
    )
    grandmother = families.add_relative(
        child=xiaohai, name="谭秀英", relation=Relation.GM_P, by=liumin, at=AT
    ).relative
    describing.note_phone(child=xiaohai, person=grandmother, number=NUMBER, by=liumin, at=AT)
    spans.move(child=xiaohai, place=team, address=SECRET, from_on=TODAY, by=liumin, at=AT)
    spans.enrol(
        child=xiaohai,
        state=SchoolState.IN_SCHOOL,
        school=SCHOOL,
        from_on=TODAY,
        by=liumin,
        at=AT,
    )
    household = _one_household(xiaohai, kin.person, liumin)
    roster = imported(brought(liumin, _list_of(KIN), team), liumin)
    doubles.note_possible_double(one=xiaohai, other=kin, score=9, by=program, at=AT)
    hide_all(xiaohai, grandmother, liumin)
    member = HouseholdMember.objects.unscoped("tests").filter(household=household).first()
    numbers = {"roster_id": roster.pk, "household_id": household.pk, "member_id": member.pk}
    sealed = registered(SEALED, team, holder=liumin)
    four = {"own": xiaohai, "kin": kin, "elsewhere": elsewhere, "sealed": sealed}
    work = {which: worked_with(child, program, says=WORRY[which]) for which, child in four.items()}
    _sealed(sealed, qinhui, yangfan, zhanglan)
    return World(**four, numbers=numbers, work=work)


def _sealed(child: Child, head, worker, second) -> Child:
    """Seal a file that Liu Min holds, to all but two of her team."""
    proposal = sealing.propose_seal(
        child=child, named=[worker.account, second.account], words="证人保护", by=head, at=AT
    )
    two_persons.confirm(proposal=proposal, by=second, at=AT)
    return child


def _one_household(child: Child, sister: Person, by):
    Kinship(agency_id=QINHUI, child=child, relative=sister, relation=Relation.SIBLING).save(
        force_insert=True
    )
    index(child)
    household = families.begin_household(child=child, members=[], from_on=TODAY, by=by, at=AT)
    HouseholdMember(agency_id=QINHUI, household=household, person=sister, from_on=TODAY).save(
        force_insert=True
    )
    return household


def _list_of(name: str) -> str:
    return f"""姓名,性别,出生日期,身份证号,监护人,与儿童关系,联系电话,类别
{name},女,{BORN:%Y.%-m.%-d},,闵建国,父亲,16132913155,留守
王小满,男,2015.2.30,,王大力,父亲,1613291,留守
"""


def close(child: Child, by) -> None:
    """Close a file to somebody as kin, which beats whatever opens it."""
    grounds.close_to(
        account=by.account,
        kind=ClosingKind.CONFLICT,
        target_kind=FILE,
        target_id=child.pk,
        words="表姑",
        by=system(by.agency_id),
        at=AT,
    )


def filled(route: str, numbers: dict[str, object], child: Child) -> str:
    said = defaultdict(uuid4, numbers | {"child_id": child.pk, "token": "nothing", "pk": 1})
    said |= {"target_kind": FILE, "target_id": child.pk, "form": "contact"}
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: str(said[found[1]]), route)


def walked(client, world: World) -> list[tuple[str, str, str, object]]:
    """Ask for every address, those of a child for each of the three, to read and to write."""
    answers = []
    for route, view in addresses(get_resolver()):
        policy = policy_of(view)
        numbers = re.findall(r"<uuid:(\w+)>", route)
        bound = {"child_id", *world.work["own"]}.intersection(numbers)
        alone = len(numbers) == len(bound) == 1
        group = f"{policy.sheet.number}.{policy.action}" if alone and policy.sheet else ""
        for which in tuple(WORRY) if bound else ("own",):
            address = filled(route, world.of(which), getattr(world, which))
            answers.append((group, which, route, client.get(address)))
            if bound:
                answers.append((group, which, route, client.post(address, {})))
    return answers


def questions(client, world: World) -> list[tuple[str, object]]:
    """Ask by what is planted: search, lists, filters, journal, colleagues, registering."""
    asked = []
    for words in (
        KIN,
        ALIKE,
        "MXY",
        "minxiyun",
        world.kin.number,
        SEALED,
        world.sealed.number,
        SECRET,
        NUMBER,
        SCHOOL,
    ):
        asked.append((words, client.get(reverse("search"), {"q": words})))
        asked.append((words, client.get(reverse("person-list"), {"q": words})))
    for view in ("mine", "team", "nobodys"):
        asked.append(("", client.get(reverse("child-list"), {"view": view})))
    asked.append(("", client.get(reverse("journal"), {"about": world.kin.pk})))
    form = {"name": ALIKE, "sex": "F", "born": f"{BORN:%Y-%m-%d}"}
    asked.append((ALIKE, client.post(reverse("child-new"), form)))
    return asked


def told(answer) -> str:
    body = answer.content if not answer.streaming else b"".join(answer.streaming_content)
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body.decode(errors="replace"))
    return page + str(sorted(answer.headers.items()))


def let_out(answer, words: tuple[str, ...], asked: str = "") -> list[str]:
    """Return which planted words stand in an answer; what was typed may come back as typed."""
    page = told(answer)
    return [word for word in words if word != asked and word in page]


@pytest.mark.parametrize("who", ROLES)
def test_matrix_of_roles_addresses_and_children_lets_nothing_out(who, world, request, signed_in):
    by = request.getfixturevalue(who)
    by.account.set_password(PASSWORD)
    by.account.save()
    close(world.kin, by)
    client = signed_in(by)
    hidden = (SECRET, NUMBER, SCHOOL)
    closed = (KIN, world.kin.number, shown(world.kin.number))
    closed += (SEALED, world.sealed.number, shown(world.sealed.number))
    closed += (WORRY["kin"], WORRY["sealed"])

    answers = walked(client, world)
    leaks = [
        (route, which, found)
        for _group, which, route, answer in answers
        if (found := let_out(answer, (*hidden, *closed)))
    ]
    leaks += [
        (words, "asked", found)
        for words, answer in questions(client, world)
        if (found := let_out(answer, (*hidden, *closed), words))
    ]

    assert leaks == []
    assert table(answers, "own") == expected(OWN, who)
    assert table(answers, "elsewhere") == expected(ELSEWHERE, who)
    assert table(answers, "kin") == nothing(OWN)
    assert table(answers, "sealed") == nothing(OWN)


def table(answers, which: str) -> dict[str, str]:
    """Return what the addresses of one child answer, by what they demand."""
    found: dict[str, set[str]] = defaultdict(set)
    for group, of, _route, answer in answers:
        if of == which and group and answer.status_code != 405:
            found[group].add(str(answer.status_code))
    return {group: "/".join(sorted(statuses)) for group, statuses in found.items()}


def expected(text: str, who: str) -> dict[str, str]:
    people, *lines = text.strip().splitlines()
    said = {line.split()[0]: line.split()[1:] for line in lines}
    at = people.split().index(who) if who in people.split() else None
    return {demand: "404" if at is None else answers[at] for demand, answers in said.items()}


def nothing(text: str) -> dict[str, str]:
    """The closed sister and the sealed file: 404 to everybody, those named in the seal too."""
    return expected(text, "nobody")


@pytest.mark.parametrize("view", ["mine", "team", "nobodys"])
def test_matrix_counts_no_closed_child(view, world, liumin, signed_in):
    client, address = signed_in(liumin), reverse("child-list")
    before = client.get(address, {"view": view}).context["page"].total

    close(world.kin, liumin)

    gone = {"mine": 0, "team": 1, "nobodys": 1}[view]
    assert client.get(address, {"view": view}).context["page"].total == before - gone


def test_matrix_export_of_the_journal_holds_no_row_of_a_closed_child(world, qinhui, luowen):
    grounds.give_reason(
        target_kind="access.journal",
        target_id=QINHUI,
        code="AUDIT",
        words="季度检查记录",
        by=qinhui,
        at=AT,
    )
    before = [about(world.kin, by) for by in (qinhui, luowen)]

    close(world.kin, qinhui)
    close(world.kin, luowen)

    assert [many > 0 for many in before] == [True, True]
    assert [about(world.kin, by) for by in (qinhui, luowen)] == [0, 0]


def about(child: Child, by) -> int:
    rows = JOURNAL.rows(Action.EXPORT, JournalRow.objects.all(), by, on=TODAY)
    return rows.filter(about_id=child.pk).count()
