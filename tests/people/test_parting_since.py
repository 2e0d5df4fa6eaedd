"""Before two files are parted: what was written since goes, row by row, with the child it is of."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.conftest import AT, TODAY
from tests.people.two_files import merged, pair_of, rows
from tonghu.people.constants import Relation, SchoolState
from tonghu.people.merging.since import written_since
from tonghu.people.models import Kinship, Phone, SchoolSpan
from tonghu.people.operations import describing, families, hiding, merging, spans

LATER = AT + dt.timedelta(hours=1)


@pytest.fixture
def merge(pair, first, second, liumin):
    return merged(pair, first, liumin)


@pytest.fixture
def aunt(merge, first, liumin):
    return families.add_relative(
        child=first, name="赵姨", relation=Relation.OTHER, by=liumin, at=LATER
    )


def part(merge, by, *to_other):
    return merging.part(merge=merge, to_other=[one.pk for one in to_other], by=by, at=LATER)


def kin_of(child):
    return sorted(rows(Kinship).filter(child=child).values_list("relative__name", flat=True))


def test_only_what_was_written_since_is_asked_about(merge, aunt):
    assert [one.row for one in written_since(merge)] == [aunt]


def test_what_is_ticked_goes_with_the_other_file(merge, aunt, first, second, liumin):
    part(merge, liumin, aunt)

    assert (kin_of(first), kin_of(second)) == (["李秀珍", "谭母7"], ["李秀珍", "谭母5", "赵姨"])


def test_what_is_not_ticked_stays(merge, aunt, first, second, liumin):
    part(merge, liumin)

    assert (kin_of(first), kin_of(second)) == (["李秀珍", "谭母7", "赵姨"], ["李秀珍", "谭母5"])


def test_merging_again_brings_it_back(merge, aunt, pair, first, second, liumin):
    before = kin_of(first)
    part(merge, liumin, aunt)

    merged(pair_of(first, second), first, liumin)

    assert kin_of(first) == before


def test_a_school_that_goes_lets_the_one_before_run_on(merge, first, second, liumin):
    span = spans.enrol(
        child=first,
        state=SchoolState.IN_SCHOOL,
        school="青石小学",
        from_on=TODAY,
        by=liumin,
        at=LATER,
    )

    part(merge, liumin, span)

    def held(child):
        return list(rows(SchoolSpan).filter(child=child, until_on=None).values_list("school"))

    assert (held(first), held(second)) == ([("石桥小学",)], [("青石小学",)])
    ended = rows(SchoolSpan).get(child=second, school="柳湾小学")
    assert ended.until_on == TODAY - dt.timedelta(days=1)


def test_a_hidden_telephone_goes_with_what_hides_it(merge, first, second, liumin):
    phone = describing.note_phone(
        child=first, person=first.person, number="16132910000", by=liumin, at=LATER
    )
    hiding.hide(child=first, phones=[phone], words="母亲申请保护令", by=liumin, at=LATER)

    part(merge, liumin, phone)

    moved = rows(Phone).get(pk=phone.pk)
    assert (moved.person_id, moved.is_hidden) == (second.pk, True)
    assert [one.child_id for one in second.hidden.unscoped("a test looks")] == [second.pk]


def test_the_page_asks_row_by_row_before_it_parts(merge, aunt, first, second, liumin, signed_in):
    client = signed_in(liumin)
    page = client.get(reverse("merge", args=[merge.pk])).content.decode()

    client.post(reverse("merge-undo", args=[merge.pk]), {"to-other": [aunt.pk], "op_id": ""})

    main = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", page[page.index("<main") :], flags=re.S)
    assert f'value="{aunt.pk}"' in page
    assert "合并之后写的" in main
    assert kin_of(second) == ["李秀珍", "谭母5", "赵姨"]
