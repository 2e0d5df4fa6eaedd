import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.conftest import AT, FIRST_DAY, TODAY
from tonghu.kernel.registry import Registry
from tonghu.people import coming
from tonghu.people.coming import Coming, coming_for
from tonghu.people.constants import ParentStatus, Relation
from tonghu.people.operations import families

WORDS_OF_ENGLISH = re.compile(r"[a-z]{3,}")


@pytest.fixture
def one_away(liumin, xiaohai):
    """A child whom the definition of 2013 called left-behind, and that of 2016 does not."""
    for name, relation, status in (
        ("谭长青", Relation.FATHER, ParentStatus.WORKING_AWAY),
        ("郑翠英", Relation.MOTHER, ParentStatus.HEALTHY),
    ):
        parent = families.add_relative(
            child=xiaohai, name=name, relation=relation, by=liumin, at=AT
        ).relative
        families.note_parent_status(
            child=xiaohai, parent=parent, status=status, from_on=FIRST_DAY, by=liumin, at=AT
        )
    return xiaohai


def test_a_change_names_the_own_children_it_calls_otherwise(liumin, yangfan, one_away, signed_in):
    mine = signed_in(liumin).get(reverse("rules"))
    theirs = signed_in(yangfan).get(reverse("rules"))

    assert [one.children for one in mine.context["changes"]] == [[one_away]]
    assert [one.children for one in theirs.context["changes"]] == [[]]
    assert "谭小海" not in theirs.content.decode()


def test_no_english_is_left_on_the_chinese_page(liumin, one_away, signed_in):
    page = signed_in(liumin).get(reverse("rules")).content.decode()

    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    told = re.sub(r"<svg.*?</svg>|<[^>]*>", " ", main, flags=re.S)
    assert WORDS_OF_ENGLISH.findall(told) == []


def test_what_is_to_come_stands_on_the_file_the_next_first(liumin, xiaohai, signed_in, monkeypatch):
    later, sooner = (
        Coming(TODAY + dt.timedelta(days), "探访", "刘敏", f"/{days}/") for days in (9, 2)
    )
    monkeypatch.setattr(coming, "_offers", Registry("offers"))
    nothing = coming_for(xiaohai, liumin, on=TODAY)
    coming.offers_coming(lambda child, by, on: [later, sooner] if child == xiaohai else [])

    page = signed_in(liumin).get(reverse("child", args=[xiaohai.pk]))

    assert (nothing, page.context["coming"]) == ([], [sooner, later])
    assert "接下来" in page.content.decode()
