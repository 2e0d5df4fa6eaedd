import re

import pytest
from django.urls import reverse

from tests.conftest import AT
from tests.services.visited import visited
from tonghu.people.constants import Relation
from tonghu.people.operations import families
from tonghu.services.drafting import CONTACT
from tonghu.services.models import Appointment, Contact, Draft, Note
from tonghu.services.operations.appointments import arrange
from tonghu.services.queries import draft_of

MET = {
    "result": "MET_CHILD",
    "safety": "safe",
    "happened": "小海自己开的门",
    "mode": "HOME",
    "kind": "ROUTINE",
    "on": "2026-06-01",
    "time": "09:30",
    "minutes": "45",
}
"""All that is required where the child was met."""
NOT_HOME = {"result": "NOT_HOME", "mode": "HOME", "kind": "ROUTINE", "on": "2026-06-01"}
CLOSED_DOOR = NOT_HOME | {"time": "09:30"}
THE_REST = {"confirmed": "NONE"}


@pytest.fixture
def address(xiaohai) -> str:
    return reverse("contact-new", args=[xiaohai.pk])


def written() -> list[Contact]:
    return list(Contact.objects.unscoped("tests").order_by("recorded_at", "id"))


def test_eight_answers_are_required_and_of_a_closed_door_five(address, liumin, signed_in):
    client = signed_in(liumin)

    def missing(sent):
        return set(client.post(address, sent).context["form"].errors)

    assert missing({"result": "MET_CHILD"} | THE_REST) == set(MET) - {"result"}
    assert missing({"result": "NOT_HOME"} | THE_REST) == set(CLOSED_DOOR) - {"result"}
    assert (len(MET), len(CLOSED_DOOR), written()) == (8, 5, [])


@pytest.mark.parametrize("said", [MET, CLOSED_DOOR])
def test_what_is_required_is_enough_and_one_press_saves(said, address, liumin, xiaohai, signed_in):
    answer = signed_in(liumin).post(address, said | THE_REST)

    assert answer.headers["Location"] == reverse("child", args=[xiaohai.pk])
    assert [row.result for row in written()] == [said["result"]]


def test_form_goes_back_to_where_it_was_opened_and_nowhere_else(address, liumin, signed_in):
    client = signed_in(liumin)

    ways = [
        client.post(f"{address}?next={place}", MET | THE_REST).headers["Location"]
        for place in ("/cases/", "https://elsewhere.example/", "//elsewhere.example/")
    ]

    assert ways == ["/cases/", "/", "/"]


def test_child_seen_stands_first_and_danger_opens_the_telephone(address, liumin, signed_in):
    page = signed_in(liumin).get(address).content.decode()

    names = list(dict.fromkeys(re.findall(r'name="(\w+)"', page.split("<form method")[-1])))
    assert names[2:8] == ["result", "seen_alone", "safety", "happened", "next_step", "next_on"]
    alarm = page.split('value="danger"')[1].split("</fieldset>")[0]
    assert re.findall(r'href="(tel:\d+)"', alarm)[0] == "tel:110"
    assert page.count('class="btn p') == 1


def test_page_has_no_english(address, liumin, signed_in):
    page = signed_in(liumin).get(address).content.decode()

    words = re.sub(r"<script.*?</script>|<[^>]+>|&\w+;|[^\x00-\x7f]", " ", page, flags=re.S)
    assert set(re.findall(r"[A-Za-z]{2,}", words)) <= {"English"}


def test_family_is_ticked_and_others_are_written(address, xiaohai, liumin, yangfan, signed_in):
    families.add_relative(child=xiaohai, name="谭秀英", relation=Relation.GM_P, by=liumin, at=AT)
    client = signed_in(liumin)
    offered = [
        value for value, _words in client.get(address).context["form"]["family"].field.choices
    ]
    colleague = signed_in(yangfan).get(address).content.decode()

    client.post(address, MET | THE_REST | {"family": offered, "with_whom": "班主任赵老师"})

    assert written()[0].with_whom == f"{offered[0]}、班主任赵老师"
    assert (len(offered), "谭秀英" in colleague) == (1, False)


def test_form_keeps_itself_and_offers_what_was_written(address, xiaohai, liumin, signed_in):
    client, keeps = signed_in(liumin), reverse("draft", args=[xiaohai.pk, CONTACT.key])

    kept = client.post(keeps, {"result": "MET_CHILD", "happened": "写到一半"})
    again = client.get(address)
    empty = client.get(f"{address}?fresh=1")

    assert "10:00" in kept.content.decode()
    assert again.context["form"]["happened"].value() == "写到一半"
    assert again.context["form"]["result"].value() == "MET_CHILD"
    assert "10:00" in again.content.decode()
    assert empty.context["form"]["happened"].value() is None
    assert draft_of(CONTACT, xiaohai, liumin) is not None


def test_draft_is_gone_with_the_press_and_a_late_one_does_not_return(
    address, xiaohai, liumin, signed_in
):
    client, keeps = signed_in(liumin), reverse("draft", args=[xiaohai.pk, CONTACT.key])
    page = client.get(address).content.decode()
    sent = MET | THE_REST | {"op_id": re.search(r'name="op_id" value="([^"]+)"', page)[1]}

    client.post(keeps, sent)
    client.post(address, sent)
    client.post(keeps, sent)
    client.post(address, sent)

    assert len(written()) == 1
    assert not Draft.objects.unscoped("tests").exists()


@pytest.mark.parametrize("form", ["nothing", "access.journal"])
def test_unknown_form_is_not_kept(form, xiaohai, liumin, signed_in):
    answer = signed_in(liumin).post(reverse("draft", args=[xiaohai.pk, form]), {"a": "b"})

    assert answer.status_code == 404


def test_correction_begins_with_what_was_said_and_strikes_the_first(xiaohai, liumin, signed_in):
    first = visited(xiaohai, liumin, with_whom="奶奶", seen_alone=True)
    client, address = signed_in(liumin), reverse("contact-correct", args=[first.pk])

    form = client.get(address).context["form"]
    refused = client.post(address, MET | THE_REST)
    client.post(address, MET | THE_REST | {"why": "记错了时间", "time": "08:00"})
    page = client.get(reverse("contact", args=[first.pk]))

    assert [form[name].value() for name in ("with_whom", "seen_alone")] == ["奶奶", "yes"]
    assert set(refused.context["form"].errors) == {"why"}
    assert written()[1].why_corrected == "记错了时间"
    assert page.context["newer"] == written()[1].pk
    assert "struck" in page.content.decode()


def test_supervisor_reviews_on_the_page_and_the_author_does_not(
    xiaohai, liumin, zhanglan, signed_in
):
    contact = visited(xiaohai, liumin, reflection="我有点怕他父亲")
    page, press = (reverse(name, args=[contact.pk]) for name in ("contact", "contact-review"))

    offered = [signed_in(by).get(page).content.decode().count(press) for by in (liumin, zhanglan)]
    refused = signed_in(liumin).post(press)
    signed_in(zhanglan).post(press)

    contact.refresh_from_db()
    assert (offered, refused.status_code) == ([0, 1], 403)
    assert contact.reviewed_by == zhanglan.account


def test_reflection_is_on_the_page_for_two_alone(xiaohai, liumin, zhanglan, qinhui, signed_in):
    contact = visited(xiaohai, liumin, reflection="我有点怕他父亲")
    page = reverse("contact", args=[contact.pk])
    told = {"code": "QUALITY", "words": "抽查本月记录", "next": page}

    head = signed_in(qinhui)
    head.post(reverse("reason", args=["people.child", xiaohai.pk]), told)
    pages = [signed_in(by).get(page).content.decode() for by in (liumin, zhanglan)]

    assert ["怕他父亲" in one for one in pages] == [True, True]
    assert "怕他父亲" not in head.get(page).content.decode()


def test_what_was_arranged_is_kept_by_the_contact_written_from_it(
    address, xiaohai, wangyan, liumin, signed_in
):
    mine, other = (
        arrange(child=child, on=AT.date(), what="看作业", by=liumin, at=AT)
        for child in (xiaohai, wangyan)
    )
    client = signed_in(liumin)

    told = [client.get(f"{address}?keeps={one.pk}").context["keeps"] for one in (mine, other)]
    client.post(f"{address}?keeps={other.pk}", MET | THE_REST)
    client.post(f"{address}?keeps={mine.pk}", MET | THE_REST | {"happened": "看了作业"})

    rows = Appointment.objects.unscoped("tests")
    assert told == [mine, None]
    assert rows.get(pk=mine.pk).kept_by == written()[1]
    assert rows.get(pk=other.pk).kept_by is None


def test_appointment_is_arranged_moved_called_off_and_taken_up(xiaohai, liumin, signed_in):
    client = signed_in(liumin)
    new = reverse("appointment-new", args=[xiaohai.pk])

    client.post(new, {"what": "陪去学校", "on": "2026-06-03", "time": "16:30"})
    one = Appointment.objects.unscoped("tests").get()
    past = client.post(new, {"what": "陪去学校", "on": "2026-05-03"})
    client.post(reverse("appointment", args=[one.pk]), {"on": "2026-06-07"})
    client.post(reverse("appointment-off", args=[one.pk]), {"why": "下大雨"})
    off = client.get(reverse("appointment", args=[one.pk])).content.decode()
    client.post(reverse("appointment-again", args=[one.pk]))

    one.refresh_from_db()
    assert (past.status_code, "下大雨" in off) == (200, True)
    assert (str(one.on), one.called_off_at) == ("2026-06-07", None)


def test_note_goes_back_to_its_page(xiaohai, liumin, signed_in):
    client, address = signed_in(liumin), reverse("note-new", args=[xiaohai.pk])

    said = client.post(address, {"words": "班主任说他笑了", "next": "/cases/"})
    nothing = client.post(address, {"words": " ", "next": "https://elsewhere.example/"})

    assert [one.headers["Location"] for one in (said, nothing)] == ["/cases/", "/"]
    assert Note.objects.unscoped("tests").get().words == "班主任说他笑了"
