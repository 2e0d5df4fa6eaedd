import datetime as dt
from uuid import UUID, uuid4

import pytest

from tests.access.conftest import last_row
from tests.conftest import AT, TODAY
from tests.services.visited import said, visited
from tonghu.access.sheets import NeedsReason
from tonghu.casework.queries import unscoped_last_met
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.services.constants import Result, RiskChange, Safety
from tonghu.services.linking import LINKS, Link
from tonghu.services.models import Appointment, Contact
from tonghu.services.operations.appointments import WhyMissing
from tonghu.services.operations.contacts import (
    CorrectedAlready,
    correct_contact,
    record_contact,
    review_contact,
)
from tonghu.services.queries import flagged_contacts, reflection_on, unscoped_newer_entries


def corrected(contact, by, why="日子记错了", **also) -> Contact:
    return correct_contact(contact=contact, said=said(**also), why=why, by=by, at=AT)


def test_a_correction_is_a_second_entry_that_names_the_first(liumin, xiaohai):
    first = visited(xiaohai, liumin)

    second = corrected(first, liumin, happened="奶奶在家，小海不在")

    assert (second.corrects, second.why_corrected) == (first, "日子记错了")
    assert Contact.objects.unscoped("tests").get(pk=first.pk).happened == said().happened
    assert unscoped_newer_entries([first.pk, second.pk]) == {first.pk: second.pk}
    assert last_row("services.contact.corrected").about_id == xiaohai.pk


def test_an_entry_is_corrected_once_and_then_the_newer_one(liumin, xiaohai):
    first = visited(xiaohai, liumin)
    second = corrected(first, liumin)

    with pytest.raises(CorrectedAlready):
        corrected(first, liumin)
    corrected(second, liumin)

    assert Contact.objects.unscoped("tests").count() == 3


def test_a_correction_says_why_and_is_of_the_file_alone(liumin, yangfan, hanxue, xiaohai):
    first = visited(xiaohai, liumin)

    with pytest.raises(WhyMissing):
        corrected(first, liumin, why=" ")
    for by in (yangfan, hanxue):
        with pytest.raises((NeedsReason, Hidden)):
            corrected(first, by)

    assert Contact.objects.unscoped("tests").count() == 1


def test_who_was_met_is_what_the_newer_entry_says(liumin, xiaohai):
    first = visited(xiaohai, liumin)
    assert list(unscoped_last_met([xiaohai.pk])) == [xiaohai.pk]

    corrected(first, liumin, result=Result.NOT_HOME)

    assert unscoped_last_met([xiaohai.pk]) == {}


def test_what_the_first_arranged_follows_the_second(liumin, xiaohai):
    later = TODAY + dt.timedelta(days=2)
    first = visited(xiaohai, liumin, next_step="陪去学校", next_on=TODAY)

    second = corrected(first, liumin, next_step="陪去学校", next_on=later)
    moved = Appointment.objects.unscoped("tests").get()
    corrected(second, liumin, why="不去了")
    off = Appointment.objects.unscoped("tests").get()

    assert (moved.on, moved.arranged_in) == (later, second)
    assert (off.called_off_at, off.why_called_off) == (AT, "不去了")


def test_a_supervisor_reviews_what_she_did_not_write(liumin, yangfan, zhanglan, xiaohai):
    contact, hers = visited(xiaohai, liumin), visited(xiaohai, zhanglan)

    for by, row in ((liumin, contact), (yangfan, contact), (zhanglan, hers)):
        with pytest.raises((Forbidden, Hidden)):
            review_contact(contact=row, by=by, at=AT)
    review_contact(contact=contact, by=zhanglan, at=AT)

    assert (contact.reviewed_by, contact.reviewed_at) == (zhanglan.account, AT)
    assert last_row("services.contact.reviewed").subject_id == contact.pk


def test_what_worries_is_flagged_to_the_supervisor_until_she_has_read_it(
    liumin, yangfan, zhanglan, xiaohai, wangyan
):
    visited(xiaohai, liumin)
    visited(xiaohai, zhanglan, safety=Safety.DANGER)
    visited(wangyan, yangfan, safety=Safety.DANGER)
    worse = visited(xiaohai, liumin, risk_change=RiskChange.UP)
    danger = visited(xiaohai, liumin, safety=Safety.DANGER)
    unsafe = visited(xiaohai, liumin, result=Result.UNSAFE)
    newer = corrected(unsafe, liumin, result=Result.UNSAFE)

    flagged = set(flagged_contacts(zhanglan, on=TODAY))
    review_contact(contact=worse, by=zhanglan, at=AT)

    hers = {one for one in flagged if one.child == xiaohai}
    assert hers == {worse, danger, newer}
    assert worse not in flagged_contacts(zhanglan, on=TODAY)
    assert not flagged_contacts(liumin, on=TODAY).exists()


def test_a_reflection_is_read_by_two(liumin, zhanglan, qinhui, xiaohai):
    contact = visited(xiaohai, liumin, reflection="我有点怕他父亲")

    read = [reflection_on(contact, by, on=TODAY) for by in (liumin, zhanglan, qinhui)]

    assert read == ["我有点怕他父亲", "我有点怕他父亲", ""]


@pytest.fixture
def goals(monkeypatch):
    """A floor above that offers two goals and keeps which a contact was about."""
    offered, kept = [(uuid4(), "每天按时到校"), (uuid4(), "睡得好")], {}

    def keep(contact: Contact, chosen: list[UUID], by) -> None:
        kept[contact.pk] = list(chosen)

    link = Link(
        "goals",
        "这次做了哪些目标？",
        lambda child, by, on: offered,
        keep,
        lambda contact, by, on: [],
    )
    monkeypatch.setitem(LINKS._things, "goals", link)
    return offered, kept


def test_a_contact_is_tied_to_what_was_offered_alone(goals, liumin, xiaohai):
    offered, kept = goals
    chosen = {"goals": [offered[0][0], uuid4()]}

    contact = record_contact(child=xiaohai, said=said(links=chosen), by=liumin, at=AT)

    assert kept == {contact.pk: [offered[0][0]]}
