import pytest

from tests.casework.conftest import heard
from tests.services.visited import visited
from tonghu.access.models import JournalRow
from tonghu.casework.asked import cases_as, forms_document, print_case
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.people.numbers import shown


def test_the_list_has_what_its_reader_finds_and_nothing_else(liumin, hanxue, elsewhere, case):
    document = cases_as("liumin")

    assert [one["number"] for one in document["cases"]] == [shown(case.number)]
    assert document["cases"][0]["state"] == "ASSESSMENT"
    assert cases_as("hanxue")["cases"] == []


def test_nobody_of_a_login_is_told(db):
    with pytest.raises(Refused):
        cases_as("nobody")


def test_a_case_is_printed_by_its_number_and_is_on_record(liumin, case, tmp_path):
    visited(case.child, liumin)
    file = tmp_path / "paper.pdf"

    for form in ("intake", "contact"):
        size = print_case(shown(case.number), form, "zh", file, "liumin")
        assert file.read_bytes()[:5] == b"%PDF-"
        assert size == file.stat().st_size

    rows = JournalRow.objects.unscoped("tests").filter(event="casework.paper.printed")
    assert rows.count() == 2


def test_the_command_line_prints_no_more_than_its_person_may(yangfan, liumin, case, tmp_path):
    with pytest.raises(Forbidden):
        print_case(case.number, "intake", "en", tmp_path / "paper.pdf", "yangfan")
    with pytest.raises(Refused):
        print_case("2222-2222", "intake", "en", tmp_path / "paper.pdf")
    with pytest.raises(Refused):
        print_case(case.number, "contact", "en", tmp_path / "paper.pdf")

    assert not (tmp_path / "paper.pdf").exists()


def test_the_forms_are_told_with_their_variables_and_shares(liumin, xiaohai):
    heard(xiaohai, liumin, referrer="班主任赵老师")

    found = {one["name"]: one for one in forms_document()["forms"]}

    assert found["intake"]["title"] == {"zh": "个案接案表", "en": "Case intake form"}
    assert "guardian_phone" in found["intake"]["variables"]
    assert found["intake"]["papers_counted"] == 1
    assert found["contact"]["share_filled_by_reuse"] is None
