import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.access.conftest import last_row
from tests.casework.conftest import PROBLEM
from tests.conftest import AT, TODAY
from tests.documents.test_pdf import OURS, faces_of, text_of
from tests.people.test_hidden import NUMBER, SCHOOL, SECRET, hide_all
from tests.services.visited import visited
from tonghu.access.models import JournalRow
from tonghu.access.sheets import NeedsReason
from tonghu.casework.operations.printing import NoSuchForm, print_paper
from tonghu.casework.papers.filling import fill, forms_of
from tonghu.casework.papers.form import FORMS
from tonghu.casework.printing import printed
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.people.constants import SchoolState
from tonghu.people.operations import describing, spans

ZH, EN = "zh-hans", "en"
PRINTED = "casework.paper.printed"
ENGLISH = re.compile(r"[A-Za-z]{3,}")


def _printed(case, form, by, language=ZH, **also):
    return text_of(printed(case, form, language=language, by=by, at=AT, **also).pdf)


def test_the_intake_form_prints_itself_from_the_records(liumin, case):
    text = _printed(case, "intake", liumin)

    for words in ("谭小海", PROBLEM, case.number[:4]):
        assert words in text
    assert last_row("casework.paper.printed").about_id == case.child_id
    assert last_row("casework.paper.printed").account_id == liumin.account_id


def test_a_paper_has_our_two_faces_alone(liumin, case):
    visited(case.child, liumin)

    for language in (ZH, EN):
        pdf = printed(case, "whole", language=language, by=liumin, at=AT).pdf
        assert faces_of(pdf) == OURS


def test_a_contact_is_printed_but_its_reflection_never(liumin, case):
    contact = visited(case.child, liumin, reflection="我有点怕他父亲")

    text = _printed(case, "contact", liumin, part=contact.pk)
    whole = _printed(case, "whole", liumin)

    assert "奶奶在家，小海自己开的门" in text
    assert "奶奶在家，小海自己开的门" in whole
    assert "怕他父亲" not in text + whole


def test_who_may_not_print_is_refused_and_nobody_prints_by_finding(
    yangfan, hanxue, qinhui, liumin, case
):
    for by, refusal in ((yangfan, Forbidden), (hanxue, Hidden), (qinhui, NeedsReason)):
        with pytest.raises(refusal):
            print_paper(case=case, form="intake", language=ZH, by=by, at=AT)

    assert JournalRow.objects.unscoped("tests").filter(event=PRINTED).count() == 0


def test_a_form_nobody_knows_is_refused_with_the_names_of_those_there_are(liumin, case):
    with pytest.raises(NoSuchForm, match="intake"):
        print_paper(case=case, form="intakes", language=ZH, by=liumin, at=AT)


def test_a_contact_of_another_child_is_no_paper_of_this_case(liumin, case, team, registered):
    other = registered("周小鱼", team, holder=liumin)
    contact = visited(other, liumin)

    with pytest.raises(Hidden):
        print_paper(case=case, form="contact", part=contact.pk, language=ZH, by=liumin, at=AT)


def test_nothing_hidden_is_on_any_paper(liumin, case, team):
    child = case.child
    describing.note_phone(child=child, person=child.person, number=NUMBER, by=liumin, at=AT)
    spans.move(child=child, place=team, address=SECRET, from_on=TODAY, by=liumin, at=AT)
    spans.enrol(
        child=child,
        state=SchoolState.IN_SCHOOL,
        school=SCHOOL,
        grade="三年级",
        class_name="",
        from_on=TODAY,
        by=liumin,
        at=AT,
    )
    before = _printed(case, "intake", liumin).replace("\n", "")
    hide_all(child, child.person, liumin)
    after = "".join(
        _printed(case, one.key, liumin).replace("\n", "")
        for one in forms_of(case, liumin, on=TODAY)
        if not one.one_of
    )

    assert [one in before for one in (SECRET, NUMBER, SCHOOL)] == [True, True, True]
    assert [one in after for one in (SECRET, NUMBER, SCHOOL)] == [False, False, False]


def test_what_the_records_leave_empty_is_counted_and_named(liumin, case):
    filled = fill(FORMS["intake"], case, liumin, on=TODAY)

    count = filled.count()
    assert (count.cells, count.filled, count.own) == (32, 13, 0)
    with override(EN):
        assert "Ethnicity" in filled.missing
        assert "Supervisor’s opinion" not in filled.missing


def test_the_page_offers_the_papers_and_prints_the_one_pressed(liumin, case, signed_in):
    contact = visited(case.child, liumin)
    client = signed_in(liumin)
    address = reverse("case-papers", args=[case.pk])

    page = client.get(address)
    said = {"form": "contact", "part": str(contact.pk), "language": EN}
    paper = client.post(address, said)
    again = client.post(address, said)

    assert (page.status_code, paper.status_code, again.status_code) == (200, 200, 200)
    assert paper.headers["Content-Type"] == "application/pdf"
    assert "谭小海" not in paper.headers["Content-Disposition"]
    assert JournalRow.objects.unscoped("tests").filter(event=PRINTED).count() == 2
    assert ENGLISH.findall(_main(page).replace("English", "")) == []


def test_the_case_page_leads_to_the_papers(liumin, yangfan, case, signed_in):
    page = signed_in(liumin).get(reverse("case", args=[case.pk])).content.decode()

    assert reverse("case-papers", args=[case.pk]) in page


def test_the_administrator_sees_how_much_fills_itself_and_no_child(hejing, case, signed_in):
    page = signed_in(hejing).get(reverse("paper-shares"))

    main = _main(page)
    assert "41%" in main
    assert "谭小海" not in main
    assert case.number[:4] not in main
    assert ENGLISH.findall(main) == []


def _main(page) -> str:
    main = page.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return re.sub(r"<svg.*?</svg>|<[^>]*>", " ", main, flags=re.S)
