import pytest

from tests.conftest import AT
from tests.services.visited import said, visited
from tonghu.access.actors import system
from tonghu.access.models import JournalRow
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.kernel.ids import new_id
from tonghu.services.drafting import CONTACT
from tonghu.services.models import Draft
from tonghu.services.operations.contacts import record_contact
from tonghu.services.operations.drafts import NobodysDraft, TooLong, save_draft
from tonghu.services.queries import draft_of


def kept(child, by, words="写到一半", **also):
    fields = {"happened": [words], "with": ["1", "2"], "op_id": ["x"]}
    return save_draft(child=child, form=CONTACT.key, said=fields, by=by, at=AT, **also)


def test_a_draft_is_one_sealed_and_its_authors(liumin, yangfan, zhanglan, xiaohai):
    rows = JournalRow.objects.unscoped("tests")
    before = rows.count()
    kept(xiaohai, liumin)
    kept(xiaohai, liumin, "写到一半，再多一些")

    draft, written = draft_of(CONTACT, xiaohai, liumin)

    assert Draft.objects.unscoped("tests").get() == draft
    assert written == {"happened": ["写到一半，再多一些"], "with": ["1", "2"]}
    assert [draft_of(CONTACT, xiaohai, by) for by in (yangfan, zhanglan)] == [None, None]
    assert "写到" not in str(Draft.objects.unscoped("tests").values("content").get())
    assert rows.count() == before


def test_a_draft_is_gone_with_what_was_sent_and_does_not_come_back(liumin, yangfan, xiaohai):
    kept(xiaohai, liumin)
    kept(xiaohai, yangfan)
    key = new_id()

    record_contact(child=xiaohai, said=said(), by=liumin.sending(key), at=AT)
    kept(xiaohai, liumin, sending=key)

    assert draft_of(CONTACT, xiaohai, liumin) is None
    assert draft_of(CONTACT, xiaohai, yangfan) is not None


def test_nobody_keeps_a_draft_on_a_file_that_is_not_hers_to_write(
    hanxue, liumin, elsewhere, xiaohai
):
    for by in (hanxue, liumin):
        with pytest.raises((Forbidden, Hidden)):
            kept(elsewhere, by)
    with pytest.raises(NobodysDraft):
        kept(xiaohai, system(xiaohai.agency_id))
    with pytest.raises(TooLong):
        kept(xiaohai, liumin, "长" * 70_000)

    assert not Draft.objects.unscoped("tests").exists()


def test_a_contact_of_somebody_else_leaves_the_draft(liumin, yangfan, xiaohai):
    kept(xiaohai, liumin)

    visited(xiaohai, yangfan)

    assert draft_of(CONTACT, xiaohai, liumin) is not None
