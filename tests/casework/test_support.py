import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.access.conftest import last_row
from tests.conftest import AT, TODAY
from tests.documents.test_pdf import OURS, faces_of, text_of
from tonghu.access.constants import ClosingKind
from tonghu.access.operations import grounds
from tonghu.casework.drawings.network import NARROW, family_drawn, network_drawn
from tonghu.casework.models import SupportMap
from tonghu.casework.models.support import MapOccasion, SupportKind, TieFlow, TieSide, TieStrength
from tonghu.casework.operations.support import (
    DrawnLater,
    DrawnMeanwhile,
    NobodyDrawn,
    NotOfTheFamily,
    SaidTie,
    draw_support,
)
from tonghu.casework.printing import printed
from tonghu.casework.support import maps_of, network_of
from tonghu.kernel.errors import Forbidden
from tonghu.kernel.ids import new_id
from tonghu.people.constants import ParentStatus, Relation
from tonghu.people.models import Kinship
from tonghu.people.numbers import shown
from tonghu.people.operations import families
from tonghu.people.policy import FILE

ENGLISH = re.compile(r"[A-Za-z]{3,}")
TEACHER = SaidTie(
    who="班主任赵老师",
    side=TieSide.SCHOOL,
    is_unpaid=False,
    strength=TieStrength.STRONG,
    kinds=(SupportKind.EMOTIONAL, SupportKind.INFORMATION),
)
AUNT = SaidTie(
    who="邻居李婶",
    side=TieSide.NEIGHBOUR,
    strength=TieStrength.NORMAL,
    flow=TieFlow.BOTH,
    at_night=True,
)
UNCLE = SaidTie(who="舅舅家", side=TieSide.KIN, strength=TieStrength.TENSE, strain="为钱吵过")


def drawn(case, by, *ties, base=None, **also):
    said = {"occasion": MapOccasion.INTAKE, "drawn_on": TODAY, "drawn_with": "小海和奶奶"} | also
    return draw_support(case=case, ties=ties or (TEACHER,), base=base, **said, by=by, at=AT)


def test_what_is_missing_is_said_in_words_and_growth_is_counted(liumin, case):
    first = drawn(case, liumin, TEACHER, UNCLE)
    before = network_of(case, liumin, on=TODAY)
    drawn(case, liumin, TEACHER, AUNT, base=first, occasion=MapOccasion.REVIEW)
    after = network_of(case, liumin, on=TODAY)

    assert before.gaps == [
        "家庭以外没有不拿报酬的帮手。",
        "夜里没有可以投靠的人。",
        "没有同龄朋友。",
    ]
    assert after.gaps == ["没有同龄朋友。"]
    assert (before.gain, after.gain) == (None, 1)
    assert [(one.name, one.is_new) for one in after.ties] == [
        ("班主任赵老师", False),
        ("邻居李婶", True),
    ]
    assert last_row("casework.support.mapped").about_id == case.child_id


@pytest.mark.parametrize(
    ("also", "refusal"),
    [
        ({"drawn_on": TODAY + dt.timedelta(days=1)}, DrawnLater),
        ({"drawn_on": TODAY - dt.timedelta(days=1)}, DrawnLater),
        ({"ties": ()}, NobodyDrawn),
    ],
)
def test_a_map_names_somebody_on_a_day_of_the_case(liumin, case, also, refusal):
    said = {"occasion": MapOccasion.INTAKE, "drawn_on": TODAY, "ties": (TEACHER,)} | also

    with pytest.raises(refusal):
        draw_support(case=case, **said, by=liumin, at=AT)

    assert not SupportMap.objects.unscoped("tests").exists()


def test_a_map_drawn_meanwhile_is_not_passed_over(liumin, case):
    first = drawn(case, liumin)
    drawn(case, liumin, AUNT, base=first)

    with pytest.raises(DrawnMeanwhile):
        drawn(case, liumin, UNCLE, base=first)

    assert len(maps_of(case, liumin, on=TODAY)) == 2


def test_only_who_plans_the_case_draws_and_strangers_to_the_family_are_not_named(
    liumin, yangfan, wangyan, case
):
    with pytest.raises(Forbidden):
        drawn(case, yangfan)
    with pytest.raises(NotOfTheFamily):
        drawn(case, liumin, SaidTie(person=wangyan.person))

    assert not SupportMap.objects.unscoped("tests").exists()


def test_a_sister_whose_file_is_closed_stands_on_no_map(liumin, zhanglan, team, case, registered):
    sister = registered("谭小月", team, holder=liumin)
    kin = {"child": case.child, "relative": sister.person, "relation": Relation.SIBLING}
    Kinship(agency_id=case.agency_id, **kin).save(force_insert=True)
    drawn(case, liumin, TEACHER, SaidTie(person=sister.person, side=TieSide.KIN))
    assert [one.name for one in network_of(case, zhanglan, on=TODAY).ties][1:] == ["谭小月"]

    grounds.close_to(
        account=zhanglan.account,
        kind=ClosingKind.CONFLICT,
        target_kind=FILE,
        target_id=sister.pk,
        words="我的外甥女",
        by=zhanglan,
        at=AT,
    )
    network = network_of(case, zhanglan, on=TODAY)

    assert [one.name for one in network.ties] == ["班主任赵老师"]
    assert "谭小月" not in family_drawn(case, network.family, zhanglan, on=TODAY)


def test_the_drawings_say_one_sentence_and_keep_their_letters(liumin, case):
    for name, relation in (("谭秀英", Relation.GM_P), ("周玉梅", Relation.MOTHER)):
        families.add_relative(child=case.child, name=name, relation=relation, by=liumin, at=AT)
    mother = case.child.kin.unscoped("tests").get(relation=Relation.MOTHER).relative
    families.note_parent_status(
        child=case.child,
        parent=mother,
        status=ParentStatus.WORKING_AWAY,
        from_on=TODAY,
        by=liumin,
        at=AT,
    )
    drawn(case, liumin, TEACHER, AUNT, UNCLE)
    network = network_of(case, liumin, on=TODAY)

    ring = network_drawn(case, network, liumin, on=TODAY, width=NARROW)
    tree = family_drawn(case, network.family, liumin, on=TODAY, width=NARROW)

    for drawing in (ring, tree):
        assert drawing.count('role="img"') == 1
        assert {float(one) for one in re.findall(r'font-size="([\d.]+)"', drawing)} == {12.5}
        assert f'viewBox="0 0 {NARROW} ' in drawing
    assert all(one in ring for one in ("班主任赵老", "邻居李婶", "舅舅家"))
    assert tree.count("stroke-dasharray") == 2


def _sent(*rows, base="", **also):
    data = {"occasion": "intake", "drawn_on": str(TODAY), "drawn_with": "小海和奶奶", "base": base}
    for number, row in enumerate(rows):
        said = {"side": "SCHOOL", "strength": "STRONG", "flow": "in", "who": "", "person": ""} | row
        data |= {f"t{number}-{key}": value for key, value in said.items()}
    return data | {"count": len(rows), "op_id": str(new_id())} | also


def _main(page) -> str:
    main = page.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return re.sub(r"<svg.*?</svg>|<[^>]*>", " ", main, flags=re.S)


def test_the_map_is_drawn_on_a_page_and_stands_on_the_case(liumin, case, signed_in):
    client = signed_in(liumin)
    address = reverse("support-new", args=[case.pk])

    form = client.get(address)
    done = client.post(address, _sent({"who": "班主任赵老师"}, {}, {}), follow=True)
    again = client.get(address)

    assert form.status_code == 200
    assert "班主任赵老师" in _main(done)
    assert 'role="img"' in done.content.decode()
    assert 'value="班主任赵老师"' in again.content.decode()
    number = shown(case.number)
    for page in (form, done, again):
        assert [one for one in ENGLISH.findall(_main(page)) if one not in number] == []


def test_a_page_that_is_older_than_the_map_shows_both(liumin, case, signed_in):
    client = signed_in(liumin)
    drawn(case, liumin, AUNT)

    page = client.post(reverse("support-new", args=[case.pk]), _sent({"who": "班主任赵老师"}))

    text = page.content.decode()
    assert page.status_code == 200
    assert "邻居李婶" in text
    assert 'value="班主任赵老师"' in text
    assert SupportMap.objects.unscoped("tests").count() == 1


def test_the_network_prints_with_its_drawings(liumin, case):
    drawn(case, liumin, TEACHER, AUNT, UNCLE)

    pdf = printed(case, "network", language="zh-hans", by=liumin, at=AT).pdf

    assert faces_of(pdf) == OURS
    assert "班主任赵老师" in text_of(pdf)
