import pytest

from tests.conftest import AT, TODAY
from tonghu.access import queries as access
from tonghu.access.constants import ReasonCode
from tonghu.access.models import JournalRow, Proposal
from tonghu.access.operations import grounds, two_persons
from tonghu.access.policy import JOURNAL
from tonghu.access.sheets import Action, Answer
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.people.operations import describing, sealing
from tonghu.people.policy import CHILDREN, FILE
from tonghu.people.queries import children_for
from tonghu.people.search.find import find

WORDS = "证人保护，法院函"
A, R, F, H = Answer.ALLOW, Answer.REASON, Answer.FORBIDDEN, Answer.HIDDEN
EVERYBODY = ("liumin", "yangfan", "zhanglan", "qinhui", "hejing", "gaoxiulan", "luowen")


@pytest.fixture
def sealed(xiaohai, liumin, zhanglan, qinhui):
    """Tan Xiaohai's file, sealed by Qin Hui and Zhang Lan; Liu Min and Zhang Lan may open it."""
    proposal = proposed(xiaohai, qinhui, liumin, zhanglan)
    two_persons.confirm(proposal=proposal, by=zhanglan, at=AT)
    return xiaohai


def proposed(child, by, *named):
    accounts = [one.account for one in named]
    return sealing.propose_seal(child=child, named=accounts, words=WORDS, by=by, at=AT)


def opened(child, by):
    return sealing.open_sealed(
        number=child.number, code=ReasonCode.COVER, words="今天送药", by=by, at=AT
    )


def judged(child, by, *actions):
    return [CHILDREN.judge(one, by, child, on=TODAY) for one in actions]


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_sealed_file_is_there_for_nobody(who, sealed, request):
    by = request.getfixturevalue(who)

    assert judged(sealed, by, *Action) == [H] * 5
    assert sealed not in set(children_for(by, on=TODAY))
    assert find(sealed.number, by, on=TODAY) == find("谭小海", by, on=TODAY) == []


def test_no_emergency_and_no_reason_opens_it(sealed, yangfan, qinhui):
    with pytest.raises(Hidden):
        grounds.break_glass(
            target_kind=FILE, target_id=sealed.pk, words="孩子有危险", by=yangfan, at=AT
        )
    grounds.give_reason(
        target_kind=FILE, target_id=sealed.pk, code=ReasonCode.AUDIT, words=WORDS, by=qinhui, at=AT
    )

    assert judged(sealed, qinhui, Action.READ) == [H]


def test_who_is_named_reads_and_writes_after_a_reason_and_finds_it_nowhere(sealed, liumin):
    opened(sealed, liumin)

    describing.note_phone(
        child=sealed, person=sealed.person, number="16132913111", by=liumin, at=AT
    )
    assert judged(sealed, liumin, Action.READ, Action.WRITE) == [A, A]
    assert find("谭小海", liumin, on=TODAY) == []
    assert sealed not in set(children_for(liumin, on=TODAY))


def test_who_sealed_it_finds_it_nowhere_either(sealed, zhanglan):
    opened(sealed, zhanglan)

    assert find("谭小海", zhanglan, on=TODAY) == []
    assert sealed not in set(children_for(zhanglan, on=TODAY))


def test_only_who_sealed_it_approves_there(sealed, liumin, zhanglan):
    opened(sealed, liumin)
    before = judged(sealed, zhanglan, Action.APPROVE)

    opened(sealed, zhanglan)

    assert before == [H]
    assert judged(sealed, zhanglan, Action.APPROVE) == [A]


@pytest.mark.parametrize("who", ["yangfan", "qinhui", "hejing", "stranger"])
def test_to_who_is_not_named_the_number_opens_nothing(who, sealed, request):
    with pytest.raises(sealing.NothingOpens):
        opened(sealed, request.getfixturevalue(who))


def test_an_unsealed_number_answers_like_a_sealed_one(xiaohai, liumin):
    with pytest.raises(sealing.NothingOpens):
        opened(xiaohai, liumin)


def test_being_named_opens_without_another_duty(xiaohai, yangfan, zhanglan, qinhui):
    proposal = proposed(xiaohai, qinhui, yangfan, zhanglan)
    two_persons.confirm(proposal=proposal, by=zhanglan, at=AT)

    opened(xiaohai, yangfan)

    assert judged(xiaohai, yangfan, Action.READ) == [A]


def test_nobody_learns_of_the_seal_from_journal_or_proposals(sealed, qinhui, liumin, luowen):
    rows = [
        JOURNAL.rows(Action.READ, JournalRow.objects.all(), by, on=TODAY).filter(about_id=sealed.pk)
        for by in (liumin, luowen)
    ]

    assert [one.count() for one in rows] == [0, 0]
    assert list(access.proposals_by(qinhui, on=TODAY)) == []


def test_a_seal_takes_the_head_and_a_second_person(xiaohai, liumin, zhanglan, qinhui):
    with pytest.raises(Forbidden):
        proposed(xiaohai, zhanglan, liumin, zhanglan)
    proposal = proposed(xiaohai, qinhui, liumin, zhanglan)
    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=proposal, by=qinhui, at=AT)

    assert judged(xiaohai, liumin, Action.READ) == [A]


def test_a_seal_names_two_at_least(xiaohai, liumin, qinhui):
    with pytest.raises(sealing.TooFewNamed):
        proposed(xiaohai, qinhui, liumin)

    assert list(Proposal.objects.unscoped("tests")) == []


def test_two_who_are_named_lift_it(sealed, liumin, zhanglan, qinhui):
    opened(sealed, liumin)
    proposal = sealing.propose_unsealing(child=sealed, words="案件已结", by=liumin, at=AT)
    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=proposal, by=qinhui, at=AT)

    two_persons.confirm(proposal=proposal, by=zhanglan, at=AT)

    assert judged(sealed, qinhui, Action.FIND, Action.READ) == [A, R]
