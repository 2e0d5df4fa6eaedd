import pytest
from django.utils import translation

from tests.conftest import AT, TODAY, entered, with_second_factor
from tonghu.portals.checklist import checklist_for


def steps(by):
    return {str(step.title): step for part in checklist_for(by, AT, TODAY) for step in part.steps}


@pytest.mark.parametrize("more", [1, 3])
def test_checklist_asks_as_often_for_every_number_of_colleagues(
    more, house, hejing, django_assert_num_queries
):
    for number in range(more):
        entered(house, f"more{number}", f"同事{number}", "Somebody", "finance")

    with django_assert_num_queries(17):
        checklist_for(hejing, AT, TODAY)


def test_checklist_names_those_without_a_second_factor(hejing, hanxue, stranger):
    with_second_factor(hejing.account)

    with translation.override("zh-hans"):
        missing = [step for step in steps(hejing).values() if "韩雪" in str(step.why)]

    assert [step.done for step in missing] == [False]
    assert "何静" not in str(missing[0].why)
    assert "吴凡" not in str(missing[0].why)
