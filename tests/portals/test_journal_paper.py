import pytest
from django.urls import reverse

from tests.access.conftest import events
from tests.conftest import AT, QINHUI
from tonghu.access.actors import system
from tonghu.access.operations import journal


@pytest.mark.parametrize("login", ["hejing", "qinhui", "luowen"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_signed_end_is_printed_for_those_who_keep_it(login, language, request, signed_in):
    by = request.getfixturevalue(login)
    by.account.language = language
    by.account.save()
    journal.sign_head(by=system(QINHUI), at=AT)

    answer = signed_in(by).get(reverse("journal-head-paper"))

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-1.7")
    assert answer.headers["Content-Disposition"].endswith('"tonghu-journal-2026-06-01.pdf"')
    assert events()[-1] == "access.record.looked_at"


@pytest.mark.parametrize("login", ["zhanglan", "liumin", "hanxue", "majing"])
def test_signed_end_is_not_everybodys(login, request, signed_in):
    client = signed_in(request.getfixturevalue(login))
    journal.sign_head(by=system(QINHUI), at=AT)

    statuses = [
        client.get(reverse(name)).status_code for name in ("journal-head-paper", "journal-head")
    ]
    page = client.get(reverse("journal")).content.decode()

    assert statuses == [403, 403]
    assert reverse("journal-head") not in page


def test_head_of_another_agency_is_not_printed(hejing, other_house, signed_in):
    journal.sign_head(by=system(other_house.pk), at=AT)

    assert signed_in(hejing).get(reverse("journal-head-paper")).status_code == 404
