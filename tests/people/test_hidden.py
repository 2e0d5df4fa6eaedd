import pytest
from django.db import IntegrityError, connection, transaction

from tests.access.conftest import last_row
from tests.conftest import AT, TODAY
from tests.people.bringing import brought, imported
from tonghu.access.journal import said_in
from tonghu.access.looks import LOOKED
from tonghu.access.models import JournalRow
from tonghu.access.operations import grounds, two_persons
from tonghu.access.sheets import Action, Answer
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.kernel.keyring import ring
from tonghu.people import confidential
from tonghu.people.constants import HiddenKind, LookReason, Relation, SchoolState
from tonghu.people.hiding import hidden_of
from tonghu.people.models import HiddenField, Phone, ResidenceSpan, SchoolSpan
from tonghu.people.operations import describing, families, hiding, spans
from tonghu.people.policy import CHILDREN, FILE, HIDDEN
from tonghu.people.queries import ChildFilter, children_for
from tonghu.people.search.find import find

ADDRESS, SECRET = "3组12号", "柳湾老庙后红瓦房"
NUMBER, SCHOOL = "16132913177", "青石坡小学"
WHY = "父亲在找孩子"
A, F, H = Answer.ALLOW, Answer.FORBIDDEN, Answer.HIDDEN


@pytest.fixture
def grandmother(xiaohai, liumin):
    """Of Tan Xiaohai, with a telephone; he lives at an address and goes to a school."""
    by, at = liumin, AT
    person = families.add_relative(
        child=xiaohai, name="谭秀英", relation=Relation.GM_P, by=by, at=at
    ).relative
    describing.note_phone(child=xiaohai, person=person, number=NUMBER, by=by, at=at)
    spans.move(
        child=xiaohai,
        place=xiaohai_place(xiaohai),
        address=SECRET,
        from_on=TODAY,
        by=by,
        at=at,
    )
    spans.enrol(
        child=xiaohai, state=SchoolState.IN_SCHOOL, school=SCHOOL, from_on=TODAY, by=by, at=at
    )
    return person


def xiaohai_place(child):
    return home_of(child).place


def home_of(child):
    rows = ResidenceSpan.objects.unscoped("tests").filter(person_id=child.pk, until_on=None)
    return rows.select_related("place").get()


def phone_of(person):
    return Phone.objects.unscoped("tests").select_related("person").get(person=person)


def school_of(child):
    return SchoolSpan.objects.unscoped("tests").get(child=child, until_on=None)


def hide_all(child, person, by):
    return hiding.hide(
        child=child,
        address=True,
        place=True,
        school=True,
        phones=[phone_of(person)],
        words=WHY,
        by=by,
        at=AT,
    )


def kept(child, kind):
    return hidden_of(child).filter(kind=kind).latest("id")


def look(child, kind, by, words=WHY):
    return confidential.show(
        child, kept(child, kind).pk, code=LookReason.ASSIGNED, words=words, by=by, at=AT
    )


def test_what_is_hidden_stands_in_no_ordinary_table(xiaohai, grandmother, liumin):
    hide_all(xiaohai, grandmother, liumin)

    home, phone, school = home_of(xiaohai), phone_of(grandmother), school_of(xiaohai)
    assert (home.address, home.place, home.is_hidden, home.place_is_hidden) == (
        "",
        None,
        True,
        True,
    )
    assert (phone.number, phone.number_index, phone.is_hidden) == ("", None, True)
    assert (school.school, school.is_hidden) == ("", True)


def test_only_what_was_chosen_is_hidden(xiaohai, grandmother, liumin):
    hiding.hide(child=xiaohai, address=True, words=WHY, by=liumin, at=AT)

    home = home_of(xiaohai)
    assert (home.address, home.place.name, home.place_is_hidden) == ("", "柳湾村", False)
    assert (phone_of(grandmother).number, school_of(xiaohai).school) == (NUMBER, SCHOOL)


def test_hidden_values_stand_under_keys_of_their_own(xiaohai, grandmother, liumin):
    hide_all(xiaohai, grandmother, liumin)

    field = HiddenField._meta.get_field("value")
    assert field.ring_name == "hidden"
    assert ring("hidden").current.secret != ring("field").current.secret


def test_the_journal_says_that_something_was_hidden_and_not_what(xiaohai, grandmother, liumin):
    hide_all(xiaohai, grandmother, liumin)

    row = last_row("people.whereabouts.concealed")
    said = said_in(row)
    assert (row.about_id, row.fields, said.reason) == (xiaohai.pk, "", "")


@pytest.mark.parametrize(
    "text", [SECRET, NUMBER, SCHOOL, "柳湾村", "柳湾"], ids=["address", "phone", "school", "v", "w"]
)
def test_nobody_finds_the_child_by_what_is_hidden(text, xiaohai, grandmother, liumin, zhanglan):
    hide_all(xiaohai, grandmother, liumin)

    assert [find(text, by, on=TODAY) for by in (liumin, zhanglan)] == [[], []]


def test_the_list_of_a_village_is_without_a_child_whose_place_is_hidden(
    xiaohai, grandmother, wangyan, liumin, qinhui
):
    place = xiaohai_place(xiaohai)
    hide_all(xiaohai, grandmother, liumin)

    found = [
        set(children_for(by, ChildFilter(place=place.pk), on=TODAY)) for by in (liumin, qinhui)
    ]

    assert found == [{wangyan}, {wangyan}]


def test_the_team_goes_on_working_a_child_whose_place_is_hidden(
    xiaohai, grandmother, liumin, yangfan, zhanglan
):
    before = answers(xiaohai, liumin, yangfan, zhanglan)

    hide_all(xiaohai, grandmother, liumin)

    assert answers(xiaohai, liumin, yangfan, zhanglan) == before == [A, A, A]


def answers(child, *people):
    return [CHILDREN.judge(Action.FIND, by, child, on=TODAY) for by in people]


def test_the_director_of_the_village_loses_a_child_whose_place_is_hidden(
    registered, shiqiao, gaoxiulan, liumin
):
    child = registered("石小兰", shiqiao, holder=liumin)
    before = answers(child, gaoxiulan)

    hiding.hide(child=child, place=True, words=WHY, by=liumin, at=AT)

    assert (before, answers(child, gaoxiulan)) == ([A], [H])


def test_where_the_child_moves_next_begins_hidden(xiaohai, grandmother, qingshi, liumin):
    hide_all(xiaohai, grandmother, liumin)
    team = kept(xiaohai, HiddenKind.PLACE).team

    spans.move(child=xiaohai, place=qingshi, address="青石巷7号", from_on=TODAY, by=liumin, at=AT)

    home = home_of(xiaohai)
    assert (home.address, home.place) == ("", None)
    assert look(xiaohai, HiddenKind.RESIDENCE, liumin).words == "青石巷7号"
    assert look(xiaohai, HiddenKind.PLACE, liumin).words == "青石社区"
    assert kept(xiaohai, HiddenKind.PLACE).team == team


def test_the_next_school_begins_hidden(xiaohai, grandmother, liumin):
    hide_all(xiaohai, grandmother, liumin)

    spans.enrol(
        child=xiaohai, state=SchoolState.IN_SCHOOL, school="另一所", from_on=TODAY, by=liumin, at=AT
    )

    assert school_of(xiaohai).school == ""
    assert look(xiaohai, HiddenKind.SCHOOL, liumin).words == "另一所"


def test_a_hidden_number_is_not_noted_a_second_time(xiaohai, grandmother, liumin):
    hide_all(xiaohai, grandmother, liumin)

    describing.note_phone(
        child=xiaohai, person=grandmother, number=f"+86 {NUMBER}", by=liumin, at=AT
    )

    assert phone_of(grandmother).number == ""


def test_a_newer_list_brings_nothing_of_it_back(xiaohai, grandmother, liumin, team):
    hide_all(xiaohai, grandmother, liumin)
    rows = f"""姓名,性别,出生日期,监护人,与儿童关系,联系电话,家庭住址,学校
谭小海,男,2015.3.2,谭秀英,奶奶,{NUMBER},{SECRET},{SCHOOL}
"""

    imported(brought(liumin, rows, team), liumin)

    phones = Phone.objects.unscoped("tests").values_list("person_id", "is_hidden")
    homes = ResidenceSpan.objects.unscoped("tests").filter(person_id=xiaohai.pk)
    assert (grandmother.pk, True) in set(phones)
    assert [one for one in phones if one == (grandmother.pk, False)] == []
    assert {one.address for one in homes} == {ADDRESS, ""}


TABLE = {
    "liumin": (A, A, F),
    "yangfan": (H, H, H),
    "zhanglan": (A, A, A),
    "qinhui": (A, F, A),
    "hejing": (H, H, H),
    "gaoxiulan": (H, H, H),
    "hanxue": (H, H, H),
    "luowen": (H, H, H),
    "stranger": (H, H, H),
}


@pytest.mark.parametrize("who", TABLE)
def test_who_may_look_hide_and_be_the_second_person(who, xiaohai, grandmother, request):
    by = request.getfixturevalue(who)

    actions = (Action.READ, Action.WRITE, Action.APPROVE)
    assert tuple(HIDDEN.judge(one, by, xiaohai, on=TODAY) for one in actions) == TABLE[who]


def test_each_look_is_on_record_singly_with_its_reason(xiaohai, grandmother, liumin):
    hide_all(xiaohai, grandmother, liumin)

    shown = [
        look(xiaohai, HiddenKind.RESIDENCE, liumin, words) for words in ("送药上门", "接孩子放学")
    ]

    row, said = last_row(LOOKED), said_in(last_row(LOOKED))
    rows = [one.words for one in shown]
    assert rows == [SECRET, SECRET]
    assert (row.about_id, row.subject_kind, said.reason) == (
        xiaohai.pk,
        "people.hiddenfield",
        "接孩子放学",
    )
    assert looks_at(xiaohai) == 2


def looks_at(child):
    rows = JournalRow.objects.unscoped("tests")
    return rows.filter(about_id=child.pk, event=LOOKED, subject_kind="people.hiddenfield").count()


def test_without_a_sentence_nothing_is_shown(xiaohai, grandmother, liumin):
    hide_all(xiaohai, grandmother, liumin)

    with pytest.raises(confidential.ReasonTooShort):
        look(xiaohai, HiddenKind.RESIDENCE, liumin, " 查 ")

    assert looks_at(xiaohai) == 0


def test_an_emergency_opens_no_hidden_address(xiaohai, grandmother, liumin, yangfan, qinhui):
    hide_all(xiaohai, grandmother, liumin)
    grounds.break_glass(
        target_kind=FILE, target_id=xiaohai.pk, words="孩子独自在家", by=yangfan, at=AT
    )

    assert CHILDREN.judge(Action.READ, yangfan, xiaohai, on=TODAY) is A
    with pytest.raises(Hidden):
        look(xiaohai, HiddenKind.RESIDENCE, yangfan)


def test_hiding_says_what_it_could_not_hide(wangyan, liumin):
    with pytest.raises(hiding.NothingToHide):
        hiding.hide(child=wangyan, school=True, words=WHY, by=liumin, at=AT)


def proposed(child, by, *kinds):
    fields = [kept(child, kind) for kind in kinds]
    return hiding.propose_showing(child=child, fields=fields, words="判决已生效", by=by, at=AT)


def test_lifting_takes_a_second_person_and_brings_all_back(xiaohai, grandmother, liumin, zhanglan):
    place = xiaohai_place(xiaohai)
    hide_all(xiaohai, grandmother, liumin)
    proposal = proposed(xiaohai, liumin, *HiddenKind)
    waiting = home_of(xiaohai).address

    two_persons.confirm(proposal=proposal, by=zhanglan, at=AT)

    home = home_of(xiaohai)
    assert waiting == ""
    assert (home.address, home.place, home.is_hidden, home.place_is_hidden) == (
        SECRET,
        place,
        False,
        False,
    )
    assert (phone_of(grandmother).number, school_of(xiaohai).school) == (NUMBER, SCHOOL)
    assert [one.child for one in find(NUMBER, liumin, on=TODAY)] == [xiaohai]
    assert list(hidden_of(xiaohai)) == []


@pytest.mark.parametrize("who", ["liumin", "yangfan", "hejing"])
def test_lifting_is_not_confirmed_by(who, xiaohai, grandmother, liumin, request):
    hide_all(xiaohai, grandmother, liumin)
    proposal = proposed(xiaohai, liumin, HiddenKind.RESIDENCE)

    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=proposal, by=request.getfixturevalue(who), at=AT)

    assert home_of(xiaohai).address == ""


def test_the_second_person_reads_what_will_be_shown_and_not_the_value(
    xiaohai, grandmother, liumin, zhanglan
):
    hide_all(xiaohai, grandmother, liumin)
    proposal = proposed(xiaohai, liumin, HiddenKind.RESIDENCE, HiddenKind.PHONE)

    told = str(hiding.SHOW_AGAIN.tell({"number": "ABCD2345", "kinds": ["phone"], "fields": []}))

    assert "ABCD-2345" in told
    assert SECRET not in proposal.details
    assert NUMBER not in proposal.details


def test_a_hidden_row_cannot_hold_what_is_hidden(xiaohai, grandmother, liumin):
    hide_all(xiaohai, grandmother, liumin)
    rows = ResidenceSpan.objects.unscoped("tests").filter(pk=home_of(xiaohai).pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(address=SECRET)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite keeps the database in files")
def test_a_hidden_address_leaves_no_byte_in_the_files_of_the_database(
    xiaohai, grandmother, liumin, home
):
    before = written(home)

    hide_all(xiaohai, grandmother, liumin)

    after = written(home)
    assert (SECRET.encode() in before, SCHOOL.encode() in before) == (True, True)
    assert (SECRET.encode() in after, SCHOOL.encode() in after) == (False, False)


def written(home) -> bytes:
    """All bytes of the database, its log included."""
    return b"".join(one.read_bytes() for one in sorted(home.glob("tonghu.sqlite3*")))
