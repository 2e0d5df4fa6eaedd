import pytest
from django.urls import reverse

from tests.access.conftest import last_row
from tonghu.access.looks import LOOKED

FORMS = [
    "child-identity",
    "number-new",
    "name-new",
    "relative-new",
    "phone-new",
    "residence-new",
    "hukou-new",
    "care-new",
    "school-new",
    "guardian-new",
    "parent-new",
    "household-new",
    "category-new",
]


def test_reading_a_file_is_on_record_before_it_is_sent(liumin, xiaohai, signed_in):
    page = signed_in(liumin).get(reverse("child", args=[xiaohai.pk]))

    row = last_row(LOOKED)
    assert page.status_code == 200
    assert (row.about_id, row.account_id) == (xiaohai.pk, liumin.account_id)


def test_a_colleagues_file_asks_for_a_reason(yangfan, xiaohai, signed_in):
    answer = signed_in(yangfan).get(reverse("child", args=[xiaohai.pk]))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/reason/")


def test_a_child_elsewhere_is_no_child_at_all(liumin, team, elsewhere, signed_in):
    client = signed_in(liumin)

    page = client.get(reverse("child", args=[elsewhere.pk]))
    listed = client.get(reverse("child-list"), {"view": "team"}).content.decode()

    assert page.status_code == 404
    assert "肖宇安" not in listed


@pytest.mark.parametrize("name", FORMS)
def test_each_short_form_opens_for_who_holds_the_file(name, liumin, xiaohai, signed_in):
    page = signed_in(liumin).get(reverse(name, args=[xiaohai.pk]))

    assert page.status_code == 200
    assert 'name="op_id"' in page.content.decode()


@pytest.mark.parametrize("name", FORMS)
def test_no_short_form_opens_for_a_colleague(name, yangfan, xiaohai, signed_in):
    page = signed_in(yangfan).get(reverse(name, args=[xiaohai.pk]))

    assert page.status_code == 403


def test_a_file_nobody_holds_is_taken(liumin, wangyan, signed_in):
    client = signed_in(liumin)
    before = client.get(reverse("child-list")).context["page"].total

    client.post(reverse("child-take", args=[wangyan.pk]))

    assert (before, client.get(reverse("child-list")).context["page"].total) == (0, 1)
