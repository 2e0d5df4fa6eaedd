"""The copy of a whole file: for whom, what never stands in it, and the second person."""

import json
import re
from io import BytesIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from pypdf import PdfReader

from tests.attachments.brought import picture
from tests.conftest import AT, QINHUI, TODAY, downloaded
from tests.people.asking import PHOTO, SHARE, answered, born, guardian_of
from tests.people.concealing import concealed
from tonghu.access.actors import system
from tonghu.access.constants import ClosingKind, ReasonCode
from tonghu.access.models import JournalRow, Proposal
from tonghu.access.operations import grounds, two_persons
from tonghu.access.sheets import NeedsReason
from tonghu.attachments.constants import AttachmentKind
from tonghu.attachments.examining import examine
from tonghu.attachments.operations import add_attachment
from tonghu.jobs.models import Job
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.kernel.ids import new_id
from tonghu.people.constants import (
    Category,
    LegalBasis,
    Relation,
    SchoolState,
    SuspensionGround,
)
from tonghu.people.models import Kinship, Phone
from tonghu.people.numbers import shown
from tonghu.people.operations import consents, describing, families, spans, suspensions
from tonghu.people.policy import FILE, PAPERS
from tonghu.people.rights import may_have_the_file
from tonghu.portals import operations
from tonghu.portals.whole_file import NotEntitled
from tonghu.portals.whole_file_said import contents_of

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, ADDRESS, SCHOOL = "16132913777", "3组12号", "柳湾小学"
SISTER, NEIGHBOUR, WHY = "谭小雨", "钱大婶", "孩子说父亲打她"
TICKED = {"identity_seen": True, "nobody_in_danger": True, "child_told": True}


@pytest.fixture
def mother(xiaohai):
    return guardian_of(xiaohai, "郑翠英", Relation.MOTHER)


@pytest.fixture
def father(xiaohai):
    return guardian_of(xiaohai, "谭长青", Relation.FATHER)


@pytest.fixture
def filled(xiaohai, mother, team, registered, liumin):
    """Tan Xiaohai's file with something of each kind, third parties among it."""
    by = system(QINHUI)
    sister = registered(SISTER, team)
    Kinship(
        agency_id=QINHUI, child=xiaohai, relative=sister.person, relation=Relation.SIBLING
    ).save(force_insert=True)
    families.add_relative(child=xiaohai, name=NEIGHBOUR, relation=Relation.NEIGHBOUR, by=by, at=AT)
    describing.note_phone(child=xiaohai, person=mother, number=PHONE, by=liumin, at=AT)
    spans.enrol(
        child=xiaohai,
        state=SchoolState.IN_SCHOOL,
        school=SCHOOL,
        from_on=TODAY,
        by=liumin,
        at=AT,
    )
    spans.confirm_category(
        child=xiaohai,
        category=Category.LEFT_BEHIND,
        reason="父母都在西安打工",
        from_on=TODAY,
        by=liumin,
        at=AT,
    )
    answered(xiaohai, mother, purpose=PHOTO)
    consents.note_legal_duty(
        child=xiaohai,
        purposes=[SHARE],
        basis=LegalBasis.REPORT,
        reason="已向派出所报告",
        given_on=TODAY,
        by=by,
        at=AT,
    )
    for title in ("成绩单", "和小雨的合影"):
        _paper(xiaohai, title)
    return xiaohai


def _paper(child, title):
    add_attachment(
        kind_of_file=PAPERS.target_kind,
        target_id=child.pk,
        examined=examine(picture(), shows=AttachmentKind.SCAN),
        title=title,
        happened_on=TODAY,
        by=system(QINHUI),
        at=AT,
    )


def reasoned(child, by):
    grounds.give_reason(
        target_kind=FILE,
        target_id=child.pk,
        code=ReasonCode.DATA_RIGHTS,
        words="母亲要孩子档案的复印件",
        by=by,
        at=AT,
    )


def asked(child, recipient, by, **said) -> Proposal:
    words = {"language": "zh-hans"} | TICKED | said
    return operations.ask_for_whole_file(child=child, recipient=recipient, by=by, at=AT, **words)


def suspend(child, guardian, by):
    return suspensions.suspend_guardian(
        child=child, guardian=guardian, ground=SuspensionGround.SUSPECT, reason=WHY, by=by, at=AT
    )


def fetched(client):
    job = Job.objects.unscoped("a test looks").get()
    return client.post(reverse("job-file", args=[job.pk]))


def text_of(pdf: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    return re.sub(r"\s", "", "".join(pages))


@pytest.fixture
def given(liumin, zhanglan, signed_in):
    """The text of the copy that Liu Min asks for and Zhang Lan lets go."""

    def give(child, recipient, **said) -> str:
        reasoned(child, liumin)
        two_persons.confirm(proposal=asked(child, recipient, liumin, **said), by=zhanglan, at=AT)
        call_command("work_jobs")
        job = Job.objects.unscoped("a test looks").get()
        assert (job.state, job.why) == ("done", "")
        return text_of(downloaded(fetched(signed_in(liumin))))

    return give


def test_copy_holds_what_is_the_childs_own(filled, mother, given):
    text = given(filled, mother)

    for words in ("谭小海", "母亲郑翠英", "柳湾村", SCHOOL, "父母都在西安打工", "成绩单"):
        assert words in text
    assert "兄弟姐妹此处不写姓名" in text
    assert "复制本人的个人信息" in text
    assert "拍照录像：母亲，是" in text


def test_copy_names_no_third_party_and_no_duty_to_report(filled, mother, given, liumin):
    text = given(filled, mother)

    for words in (PHONE, SISTER, "小雨", NEIGHBOUR, ADDRESS, "派出所", "她说可以"):
        assert words not in text
    assert "张岚" not in text


def test_copy_of_a_file_with_something_hidden_says_nothing_of_where(filled, mother, given, liumin):
    Phone(agency_id=QINHUI, person=filled.person, number="16132913666").save(force_insert=True)
    concealed(filled, liumin)

    text = given(filled, mother)

    for words in (ADDRESS, "16132913666", SCHOOL, "柳湾村", "另行约定", "保护令", "西安打工"):
        assert words not in text
    assert "隐藏" not in text


def test_copy_for_the_mother_says_nothing_of_the_fathers_suspension(
    filled, mother, father, given, zhanglan
):
    before = {one.heading for one in _contents(filled, zhanglan).parts}
    suspend(filled, father, zhanglan)

    text = given(filled, mother)

    for words in ("打她", "嫌疑", "西安打工"):
        assert words not in text
    assert {one.heading for one in _contents(filled, zhanglan).parts} == before


def _contents(child, by):
    reasoned(child, by)
    return contents_of(child, by, on=TODAY)


def test_copy_speaks_english_where_that_was_chosen(filled, mother, given):
    text = given(filled, mother, language="en")

    assert "Whothischildis" in text
    assert "Whoagreedtowhat" in text


def test_child_from_14_on_and_guardians_who_may_know_are_offered(xiaohai, mother, father, zhanglan):
    young = may_have_the_file(xiaohai, on=TODAY)
    born(xiaohai, TODAY.replace(year=TODAY.year - 14))
    suspend(xiaohai, father, zhanglan)
    older = may_have_the_file(xiaohai, on=TODAY)
    born(xiaohai, TODAY.replace(year=TODAY.year - 18))

    assert young == [mother, father]
    assert older == [xiaohai.person, mother]
    assert may_have_the_file(xiaohai, on=TODAY) == [xiaohai.person]


def test_nobody_else_is_given_a_copy(filled, father, zhanglan, liumin):
    aunt = families.add_relative(
        child=filled, name="谭秀英", relation=Relation.UNCLE_AUNT, by=liumin, at=AT
    ).relative
    suspend(filled, father, zhanglan)
    reasoned(filled, liumin)

    for one in (aunt, father, filled.person):
        with pytest.raises(NotEntitled):
            asked(filled, one, liumin)

    assert not Proposal.objects.unscoped("a test looks").exists()


@pytest.mark.parametrize("question", sorted(TICKED))
def test_each_question_is_answered_before_it_leaves(question, filled, mother, liumin):
    reasoned(filled, liumin)

    with pytest.raises(operations.SafetyNotChecked):
        asked(filled, mother, liumin, **{question: False})

    assert not Proposal.objects.unscoped("a test looks").exists()


def test_who_may_ask(filled, mother, liumin, yangfan, qinhui, stranger):
    for one in (liumin, qinhui):
        with pytest.raises(NeedsReason):
            asked(filled, mother, one)
    with pytest.raises(Forbidden):
        asked(filled, mother, yangfan)
    with pytest.raises(Hidden):
        asked(filled, mother, stranger)

    reasoned(filled, qinhui)

    assert asked(filled, mother, qinhui).proposed_by == qinhui.account


def test_who_is_closed_out_neither_asks_nor_lets_it_go(filled, mother, liumin, zhanglan, qinhui):
    reasoned(filled, liumin)
    proposal = asked(filled, mother, liumin)
    for one in (liumin, zhanglan):
        grounds.close_to(
            account=one.account,
            kind=ClosingKind.CONFLICT,
            target_kind=FILE,
            target_id=filled.pk,
            words="是孩子的姑姑",
            by=system(QINHUI),
            at=AT,
        )

    with pytest.raises(Hidden):
        asked(filled, mother, liumin)
    with pytest.raises((Forbidden, Hidden)):
        two_persons.confirm(proposal=proposal, by=zhanglan, at=AT)
    assert not Job.objects.unscoped("a test looks").exists()


def test_second_person_answers_for_the_file_and_is_not_the_author(
    filled, mother, liumin, zhanglan, yangfan
):
    reasoned(filled, zhanglan)
    proposal = asked(filled, mother, zhanglan)

    for one in (zhanglan, yangfan, liumin):
        with pytest.raises((Forbidden, Hidden)):
            two_persons.confirm(proposal=proposal, by=one, at=AT)

    assert not Job.objects.unscoped("a test looks").exists()


def test_asking_twice_is_one_proposal(filled, mother, liumin):
    reasoned(filled, liumin)

    first, again = asked(filled, mother, liumin), asked(filled, mother, liumin)

    assert first.pk == again.pk
    assert Proposal.objects.unscoped("a test looks").count() == 1


def test_suspension_made_meanwhile_stops_the_confirmation(filled, father, liumin, zhanglan):
    reasoned(filled, liumin)
    proposal = asked(filled, father, liumin)
    suspend(filled, father, zhanglan)

    with pytest.raises(NotEntitled):
        two_persons.confirm(proposal=proposal, by=zhanglan, at=AT)

    assert not Job.objects.unscoped("a test looks").exists()


def test_suspension_made_meanwhile_stops_the_download(
    filled, father, given, liumin, zhanglan, signed_in
):
    given(filled, father)
    suspend(filled, father, zhanglan)

    answer = fetched(signed_in(liumin))

    assert answer.status_code == 403
    assert WHY not in answer.content.decode()


def test_journal_and_names_of_files_say_nothing_of_the_child(filled, mother, given):
    given(filled, mother)

    job = Job.objects.unscoped("a test looks").get()
    assert job.file_name == f"档案副本-{TODAY:%Y%m%d}.pdf"
    rows = JournalRow.objects.unscoped("a test looks").filter(event__contains="whole_file")
    assert [(row.about_id, row.fields) for row in rows] == [(filled.pk, "")]
    assert set(json.loads(job.details)) == {"child", "number", "recipient", "language"}


def test_page_shows_each_line_and_asks_a_second_person(filled, mother, liumin, signed_in):
    client = signed_in(liumin)
    address = reverse("whole-file", args=[filled.pk])
    unreasoned = client.get(address)
    reasoned(filled, liumin)

    page = _main(client.get(address))
    bare = client.post(address, {"recipient": str(mother.pk), "language": "zh-hans"})
    ticks = dict.fromkeys(TICKED, "on")
    said = {"recipient": str(mother.pk), "language": "zh-hans", "op_id": str(new_id())} | ticks
    done = client.post(address, said, follow=True)

    assert unreasoned.headers["Location"].startswith("/reason/")
    assert "父母都在西安打工" in page
    assert re.findall(r"[A-Za-z]{3,}", page.replace(shown(filled.number), "")) == []
    assert PHONE not in page
    assert SISTER not in page
    assert bare.status_code == 200
    assert "已经交给第二个人。现在什么都还没有带出去。" in done.content.decode()
    assert Proposal.objects.unscoped("a test looks").get().subject_id == filled.pk


def test_page_has_no_english_and_says_when_nobody_can_have_one(xiaohai, liumin, signed_in):
    client = signed_in(liumin)
    reasoned(xiaohai, liumin)

    page = _main(client.get(reverse("whole-file", args=[xiaohai.pk])))

    assert re.findall(r"[A-Za-z]{3,}", page.replace(shown(xiaohai.number), "")) == []
    assert "现在没有人可以拿到副本" in page


def test_second_person_is_led_to_every_line(filled, mother, liumin, zhanglan, signed_in):
    reasoned(filled, liumin)
    proposal = asked(filled, mother, liumin)

    page = signed_in(zhanglan).get(reverse("waiting", args=[proposal.pk])).content.decode()

    assert reverse("whole-file", args=[filled.pk]) in page
    assert "郑翠英" in page


@pytest.mark.parametrize(("who", "is_led"), [("liumin", True), ("yangfan", False)])
def test_rights_page_leads_there_whom_it_is_open_to(who, is_led, xiaohai, request, signed_in):
    by = request.getfixturevalue(who)
    reasoned(xiaohai, by)

    page = signed_in(by).get(reverse("child-rights", args=[xiaohai.pk])).content.decode()

    assert (reverse("whole-file", args=[xiaohai.pk]) in page) is is_led


def _main(page) -> str:
    main = page.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return re.sub(r"<svg.*?</svg>|<script.*?</script>|<[^>]*>", " ", main, flags=re.S)
