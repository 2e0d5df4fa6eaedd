import pytest
from django.urls import reverse

from tests.conftest import AT, TODAY
from tonghu.access.constants import ClosingKind
from tonghu.access.models import Closing, Notice, Proposal
from tonghu.access.operations import grounds, two_persons
from tonghu.access.sheets import Action, Answer
from tonghu.people.constants import Relation
from tonghu.people.homes import homes_of, roofs_of
from tonghu.people.models import HouseholdMember, Kinship
from tonghu.people.operations import families, ties
from tonghu.people.policy import CHILDREN, FILE
from tonghu.people.queries import family_of
from tonghu.people.search.find import find
from tonghu.people.search.index import index

WORDS = "是孩子的表姑"
A, H = Answer.ALLOW, Answer.HIDDEN


@pytest.fixture
def brother(xiaohai, registered, team, liumin):
    """Of Tan Xiaohai: they share a father."""
    child = registered("谭大山", team, holder=liumin)
    father = families.add_relative(
        child=xiaohai, name="谭建国", relation=Relation.FATHER, by=liumin, at=AT
    ).relative
    families.share_relative(
        child=child, of=xiaohai, relative=father, relation=Relation.FATHER, by=liumin, at=AT
    )
    return child


@pytest.fixture
def neighbours_child(registered, team, liumin):
    return registered("吴小雨", team, holder=liumin)


def declared(child, account, by):
    return ties.declare_tie(child=child, account=account.account, words=WORDS, by=by, at=AT)


def answers(by, *children):
    return [CHILDREN.judge(Action.FIND, by, child, on=TODAY) for child in children]


def test_a_tie_closes_the_whole_family_at_once_and_nothing_else(
    xiaohai, brother, neighbours_child, liumin
):
    before = answers(liumin, xiaohai, brother, neighbours_child)

    declared(xiaohai, liumin, liumin)

    assert before == [A, A, A]
    assert answers(liumin, xiaohai, brother, neighbours_child) == [H, H, A]


def test_a_colleague_may_say_it_of_who_holds_the_file(xiaohai, liumin, yangfan):
    declared(xiaohai, liumin, yangfan)

    assert answers(liumin, xiaohai) == [H]
    assert answers(yangfan, xiaohai) == [A]


def test_nobody_says_it_of_somebody_she_cannot_name(xiaohai, qinhui, liumin):
    with pytest.raises(ties.NotAColleague):
        declared(xiaohai, qinhui, liumin)

    assert list(Closing.objects.unscoped("tests")) == []


def test_a_tie_takes_a_sentence(xiaohai, liumin):
    with pytest.raises(ties.TieUnexplained):
        ties.declare_tie(child=xiaohai, account=liumin.account, words=" 亲 ", by=liumin, at=AT)


def test_the_files_people_are_told_and_never_the_person_concerned(
    xiaohai, liumin, zhanglan, qinhui, yangfan
):
    declared(xiaohai, liumin, yangfan)

    told = Notice.objects.unscoped("tests").values_list("account_id", flat=True)
    assert set(told) == {zhanglan.account_id, qinhui.account_id}


def test_saying_it_twice_changes_nothing(xiaohai, liumin, yangfan):
    declared(xiaohai, liumin, yangfan)

    declared(xiaohai, liumin, yangfan)

    assert Closing.objects.unscoped("tests").count() == 1


def test_lifting_takes_two_who_are_not_concerned(
    xiaohai, liumin, yangfan, zhanglan, qinhui, signed_in
):
    declared(xiaohai, liumin, yangfan)
    closing = Closing.objects.unscoped("tests").get()
    signed_in(zhanglan).post(
        reverse("tie-lift", args=[xiaohai.pk, closing.pk]), {"words": "弄错了，不是亲戚"}
    )
    before = answers(liumin, xiaohai)

    two_persons.confirm(proposal=Proposal.objects.unscoped("tests").get(), by=qinhui, at=AT)

    assert (before, answers(liumin, xiaohai)) == ([H], [A])


def test_declaring_oneself_leads_away_and_closes_the_file(xiaohai, liumin, signed_in):
    client = signed_in(liumin)

    answer = client.post(
        reverse("child-ties", args=[xiaohai.pk]), {"account": liumin.account_id, "words": WORDS}
    )

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get(reverse("child", args=[xiaohai.pk])).status_code == 404
    assert "谭小海" not in client.get(reverse("child-list")).content.decode()


def test_only_who_answers_for_safety_sees_to_whom_a_file_is_closed(
    xiaohai, liumin, yangfan, zhanglan, qinhui, signed_in
):
    declared(xiaohai, liumin, yangfan)
    address = reverse("child-ties", args=[xiaohai.pk])

    pages = [signed_in(by).get(address) for by in (yangfan, zhanglan, qinhui, liumin)]

    assert [page.status_code for page in pages] == [200, 200, 200, 404]
    assert [WORDS in page.content.decode() for page in pages] == [False, True, True, False]


@pytest.fixture
def sister(xiaohai, registered, team, yangfan):
    """A sister whose page names Tan Xiaohai as kin, as of one household."""
    child = registered("谭小雪", team, holder=yangfan)
    Kinship(
        agency_id=child.agency_id, child=child, relative=xiaohai.person, relation=Relation.SIBLING
    ).save(force_insert=True)
    index(child)
    household = families.begin_household(child=child, members=[], from_on=TODAY, by=yangfan, at=AT)
    HouseholdMember(
        agency_id=child.agency_id, household=household, person=xiaohai.person, from_on=TODAY
    ).save(force_insert=True)
    return child


def close_alone(child, account):
    """Close one file and not the family's, as the kin of a suspect guardian might be."""
    grounds.close_to(
        account=account.account,
        kind=ClosingKind.CONFLICT,
        target_kind=FILE,
        target_id=child.pk,
        words=WORDS,
        by=account,
        at=AT,
    )


def test_a_closed_child_is_not_named_on_the_page_of_her_sister(xiaohai, sister, yangfan, signed_in):
    client, address = signed_in(yangfan), reverse("child", args=[sister.pk])
    before = client.get(address).content.decode()

    close_alone(xiaohai, yangfan)

    assert "谭小海" in before
    assert "谭小海" not in client.get(address).content.decode()
    assert family_of(sister, yangfan, on=TODAY).kin == []
    assert [home.with_whom for home in homes_of(sister, yangfan)] == [()]
    assert [roof.others for roof in roofs_of(sister, yangfan, on=TODAY)] == [[]]


def test_a_closed_child_is_not_found_through_her_sister(xiaohai, sister, yangfan, liumin):
    before = [one.child for one in find("谭小海", yangfan, on=TODAY)]

    close_alone(xiaohai, yangfan)

    assert before == [xiaohai, sister]
    assert find("谭小海", yangfan, on=TODAY) == []
