import re

import pytest
from django.urls import reverse

from tests.casework.test_reports import SEEN, WORDS, feared
from tests.conftest import TODAY
from tonghu.casework.models import HarmReport
from tonghu.casework.reports import report_for

SAID = {
    "danger": "yes",
    "situations": ["R4", "R6"],
    "facts": SEEN,
    "concerns": "family",
    "on": "2026-06-01",
    "time": "09:30",
    "channels": ["POLICE"],
}


def latin(page) -> list[str]:
    text = re.sub(r"<(script|style)[\s\S]*?</\1>|<[^>]+>", " ", page.content.decode())
    return [
        word
        for word in re.findall(r"[A-Za-z]{3,}", text)
        if word not in {"English", "Tonghu"} and not word.isupper()
    ]


def test_the_telephone_comes_before_the_form(gaoxiulan, signed_in):
    page = signed_in(gaoxiulan).get(reverse("report-new"))

    text = page.content.decode()
    assert 0 < text.index('href="tel:110"') < text.index('name="situations"')
    assert latin(page) == []


def test_the_answer_is_a_receipt_whether_there_is_a_file_or_not(gaoxiulan, xiaohai, signed_in):
    client = signed_in(gaoxiulan)

    pages = [
        client.post(reverse("report-new"), {**SAID, "child_words": words}, follow=True)
        for words in (xiaohai.person.name, WORDS)
    ]

    bodies = [
        re.sub(
            r"[0-9a-f]{8}-[0-9a-f-]{27}|[2-9A-Z]{4}-[2-9A-Z]{4}|value=\"\w+\"|X-CSRFToken[^}]+",
            "",
            p.content.decode(),
        )
        for p in pages
    ]
    assert bodies[0] == bodies[1]
    assert xiaohai.person.name not in bodies[0]
    assert latin(pages[0]) == []
    assert not HarmReport.objects.unscoped("tests").filter(child__isnull=False).exists()


def test_from_a_file_the_report_stands_on_it(liumin, xiaohai, signed_in):
    client = signed_in(liumin)
    address = reverse("report-of-child", args=[xiaohai.pk])
    assert address in client.get(reverse("child", args=[xiaohai.pk])).content.decode()

    client.post(address, SAID)

    report = HarmReport.objects.unscoped("tests").get()
    page = client.get(reverse("report", args=[report.pk]))
    assert report_for(liumin, report.pk, on=TODAY).child == xiaohai
    assert SEEN in page.content.decode()
    assert latin(page) == []


def test_what_came_back_is_written_on_the_page(liumin, xiaohai, signed_in):
    report = feared(liumin, child=xiaohai, child_words="", channels=["POLICE"])
    client = signed_in(liumin)

    client.post(
        reverse("report-heard", args=[report.pk]),
        {"words": "已立案", "answered": "on", "on": "2026-06-01", "time": "09:50"},
    )

    report.refresh_from_db()
    assert report.answered_at is not None
    assert "已立案" in client.get(reverse("report", args=[report.pk])).content.decode()


def test_who_told_stands_on_no_other_page(liumin, xiaohai, signed_in):
    report = feared(liumin, child=xiaohai, child_words="", reporter="村医钱大夫")
    client = signed_in(liumin)

    for name, args in (
        ("report", [report.pk]),
        ("report-list", []),
        ("report-receipt", [report.pk]),
    ):
        page = client.get(reverse(name, args=args))
        assert page.status_code == 200
        assert "钱大夫" not in page.content.decode()
        assert latin(page) == []
    asks = client.get(reverse("report-reporter", args=[report.pk]))
    assert asks.headers["Location"].startswith("/reason/")


@pytest.mark.parametrize("name", ["report-told", "report-heard", "report-end"])
def test_each_short_form_speaks_chinese(name, liumin, xiaohai, signed_in):
    report = feared(liumin, child=xiaohai, child_words="")

    page = signed_in(liumin).get(reverse(name, args=[report.pk]))

    assert page.status_code == 200
    assert latin(page) == []


def test_an_unanswered_report_is_on_today_by_its_number_alone(liumin, xiaohai, signed_in):
    report = feared(liumin, child=xiaohai, child_words="")

    page = signed_in(liumin).get(reverse("today"))

    text = page.content.decode()
    assert reverse("report", args=[report.pk]) in text
    assert SEEN not in text
    assert latin(page) == []
