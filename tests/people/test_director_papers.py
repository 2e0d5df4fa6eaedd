"""A child director adds papers for the children of her village, and sees those alone."""

import pytest
from django.urls import reverse

from tests.attachments import brought
from tests.conftest import AT, TODAY
from tonghu.attachments.constants import AttachmentKind
from tonghu.attachments.examining import examine
from tonghu.attachments.operations import add_attachment, withdraw_attachment
from tonghu.attachments.queries import content_for, paper_for, papers_of
from tonghu.kernel.errors import Hidden
from tonghu.people.operations import spans
from tonghu.people.policy import FILE


def put(child, by, *, colour="blue", title=""):
    return add_attachment(
        kind_of_file=FILE,
        target_id=child.pk,
        examined=examine(brought.picture(colour=colour), shows=AttachmentKind.SCAN),
        title=title,
        happened_on=TODAY,
        by=by,
        at=AT,
    )


@pytest.fixture
def here(registered, shiqiao, liumin):
    """A child of the director's village, whose file Liu Min holds."""
    return registered("谭小海", shiqiao, holder=liumin)


def test_a_director_sees_her_own_papers_and_no_others(here, gaoxiulan, liumin):
    hers, other = put(here, gaoxiulan), put(here, liumin, colour="red")

    assert list(papers_of(gaoxiulan, FILE, here.pk, on=TODAY)) == [hers]
    assert content_for(gaoxiulan, hers.pk, on=TODAY)[0] == hers
    with pytest.raises(Hidden):
        paper_for(gaoxiulan, other.pk, on=TODAY)
    with pytest.raises(Hidden):
        withdraw_attachment(attachment=other, reason="错", by=gaoxiulan, at=AT)
    assert len(papers_of(liumin, FILE, here.pk, on=TODAY)) == 2


def test_a_director_learns_not_that_the_same_picture_is_there_already(here, gaoxiulan, liumin):
    other = put(here, liumin)

    hers = put(here, gaoxiulan)

    assert hers != other
    assert put(here, gaoxiulan) == hers


def test_a_child_of_another_village_is_not_hers(elsewhere, gaoxiulan):
    with pytest.raises(Hidden):
        put(elsewhere, gaoxiulan)


def test_her_papers_close_to_her_when_the_child_moves(here, team, gaoxiulan, liumin):
    hers = put(here, gaoxiulan)
    spans.move(child=here, place=team, address="", from_on=TODAY, by=liumin, at=AT)

    with pytest.raises(Hidden):
        paper_for(gaoxiulan, hers.pk, on=TODAY)


def test_the_list_of_children_leads_a_director_to_her_papers(here, gaoxiulan, liumin, signed_in):
    put(here, gaoxiulan, title="家里的窗户")
    put(here, liumin, colour="red", title="成绩单")
    client, papers = signed_in(gaoxiulan), reverse("child-papers", args=[here.pk])

    listed = client.get(reverse("child-list"), {"view": "team"}).content.decode()
    page = client.get(papers).content.decode()

    assert papers in listed
    assert [title in page for title in ("家里的窗户", "成绩单")] == [True, False]
    assert f'href="{reverse("child", args=[here.pk])}"' not in page
    assert client.get(reverse("child-paper-new", args=[here.pk])).status_code == 200
