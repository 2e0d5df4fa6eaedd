import pytest
from django.urls import reverse
from django.utils import translation

from tests.access.conftest import ROLES_OF_THE_CAST
from tonghu.access.roles import ROLES
from tonghu.access.sheets import SHEETS, Action
from tonghu.portals.templatetags.sheet import who


@pytest.mark.parametrize("login", list(ROLES_OF_THE_CAST.values()))
def test_everybody_at_work_reads_who_may_do_what(login, request, signed_in):
    by = request.getfixturevalue(login)

    page = signed_in(by).get(reverse("permissions")).content.decode()

    assert [str(role.name) for role in ROLES.values() if str(role.name) not in page] == []
    numbers = {number for sheet in SHEETS for number in sheet.numbers}
    assert [number for number in numbers if f'<tr id="{number}">' not in page] == []


def test_page_is_made_from_the_rules(liumin, signed_in):
    page = signed_in(liumin).get(reverse("permissions")).content.decode()

    with translation.override("zh-hans"):
        said = [who(sheet, action) for sheet in SHEETS for action in Action]
    assert [words for words in said if words not in page] == []


def test_rule_with_a_reason_says_so():
    journal = next(sheet for sheet in SHEETS if sheet.number == "R35")

    with translation.override("en"):
        said = (who(journal, Action.READ), who(journal, Action.WRITE))

    assert said == (
        "oneself, for own acts, the file's worker and supervisor, Agency administrator, Auditor; "
        "with a reason: Agency head",
        "nobody",
    )
