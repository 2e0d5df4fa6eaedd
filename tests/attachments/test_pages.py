import datetime as dt
import re
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from tests.access.conftest import last_row
from tests.attachments import brought
from tests.conftest import AT
from tonghu.access.looks import LOOKED
from tonghu.access.models import JournalRow
from tonghu.access.operations import grounds, people, sign_in
from tonghu.attachments import operations
from tonghu.attachments.models import Attachment
from tonghu.kernel import clock
from tonghu.people.policy import FILE

pytestmark = pytest.mark.usefixtures("agreed")

MINUTE = dt.timedelta(minutes=1)


def papers() -> list[Attachment]:
    return list(Attachment.objects.unscoped("the tests look at all").order_by("id"))


def looks() -> int:
    return JournalRow.objects.unscoped("the tests look at all").filter(event=LOOKED).count()


def sources(page) -> list[str]:
    """The addresses of the pictures and recordings on a page."""
    return re.findall(r'src="(/papers/[^"]+)"', page.content.decode())


def whole_address(client, paper) -> str:
    """The link that the page of one paper carries."""
    page = client.get(reverse("paper", args=[paper.pk])).content.decode()
    found = re.search(r'"(/papers/[0-9a-f-]+/content/\?link=[^"]+)"', page)
    assert found, page
    return found[1]


def sent(client, child, *files: tuple[str, bytes], **fields):
    """Send files as the form does."""
    form = {
        "papers": [SimpleUploadedFile(name, content) for name, content in files],
        "shows": "photo",
        "happened_on": "2026-06-01",
        "title": "",
        "op_id": str(uuid4()),
    }
    return client.post(reverse("child-paper-new", args=[child.pk]), form | fields, follow=True)


def test_list_of_a_file_shows_its_papers_and_is_on_record(photo, xiaohai, liumin, signed_in):
    page = signed_in(liumin).get(reverse("child-papers", args=[xiaohai.pk]))

    assert [one.paper for one in page.context["shots"]] == [photo]
    assert "在村口" in page.content.decode()
    assert (last_row(LOOKED).about_id, last_row(LOOKED).account_id) == (
        xiaohai.pk,
        liumin.account_id,
    )


def test_file_of_the_child_shows_its_newest_papers(photo, xiaohai, liumin, signed_in):
    client = signed_in(liumin)

    small = sources(client.get(reverse("child", args=[xiaohai.pk])))

    assert [client.get(one).headers["Content-Type"] for one in small] == ["image/jpeg"]


def test_small_picture_and_whole_one_come_by_the_links_of_their_pages(
    photo, xiaohai, liumin, signed_in
):
    client = signed_in(liumin)
    [small] = sources(client.get(reverse("child-papers", args=[xiaohai.pk])))
    [whole] = sources(client.get(reverse("paper", args=[photo.pk])))

    answers = [client.get(address) for address in (small, whole)]

    sizes = [Image.open(BytesIO(one.content)).size for one in answers]
    assert sizes == [(320, 200), (320, 200)]
    assert [len(one.content) for one in answers][1] == photo.size


def test_picture_forbids_itself_everything(photo, liumin, signed_in):
    client = signed_in(liumin)

    answer = client.get(whole_address(client, photo))

    said = {name: answer.headers[name] for name in ("Content-Disposition", "Cache-Control")}
    assert said == {
        "Content-Disposition": f'inline; filename="tonghu-{photo.pk.hex[-8:]}.jpg"',
        "Cache-Control": "no-store",
    }
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; frame-ancestors 'none'; sandbox"
    )


@pytest.mark.parametrize(
    ("content", "media_type", "ending"),
    [
        (brought.paper(), "application/pdf", "pdf"),
        (brought.sound_mp3(), "audio/mpeg", "mp3"),
        (brought.sound_m4a(), "audio/mp4", "m4a"),
        (brought.sound_amr(), "audio/amr", "amr"),
        (brought.sound_ogg(), "audio/ogg", "ogg"),
        (brought.sound_wav(), "audio/wav", "wav"),
    ],
    ids=["pdf", "mp3", "m4a", "amr", "ogg", "wav"],
)
def test_what_we_did_not_draw_ourselves_is_never_shown_in_the_page(
    content, media_type, ending, put, xiaohai, liumin, signed_in
):
    paper = put(xiaohai, liumin, content, title="谭小海的成绩单")
    client = signed_in(liumin)
    address = whole_address(client, paper)
    before = looks()

    answer = client.get(address)

    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="tonghu-{paper.pk.hex[-8:]}.{ending}"'
    )
    assert looks() == before + 1, "each download is on record"


def test_each_look_at_a_paper_is_on_record_singly(photo, xiaohai, liumin, signed_in):
    client = signed_in(liumin)

    for _time in range(2):
        client.get(reverse("paper", args=[photo.pk]))

    rows = JournalRow.objects.unscoped("a test").filter(event=LOOKED, subject_id=photo.pk)
    assert [row.about_id for row in rows] == [xiaohai.pk, xiaohai.pk]


def test_link_dies_after_five_minutes_and_says_so(photo, liumin, signed_in):
    client = signed_in(liumin)
    address = whole_address(client, photo)

    with clock.at(AT + 5 * MINUTE):
        alive = client.get(address)
    with clock.at(AT + 5 * MINUTE + dt.timedelta(seconds=1)):
        dead = client.get(address)

    assert (alive.status_code, dead.status_code) == (200, 403)
    assert "五分钟后失效" in dead.content.decode()


def test_link_of_another_person_is_no_link_at_all(photo, xiaohai, liumin, zhanglan, signed_in):
    address = whole_address(signed_in(liumin), photo)
    other = signed_in(zhanglan)
    assert other.get(reverse("paper", args=[photo.pk])).status_code == 200

    passed_on, forged, bare = (
        other.get(one)
        for one in (address, address[:-4] + "aaaa", reverse("paper-content", args=[photo.pk]))
    )

    assert [one.status_code for one in (passed_on, forged, bare)] == [404, 404, 404]
    assert passed_on.content == forged.content == bare.content


@pytest.mark.parametrize("login", ["stranger", "yangfan", "hejing", "gaoxiulan"])
def test_link_opens_nothing_to_who_may_not_read_the_file(login, photo, liumin, request, signed_in):
    address = whole_address(signed_in(liumin), photo)
    client = signed_in(request.getfixturevalue(login))

    answers = [client.get(one) for one in (address, reverse("paper", args=[photo.pk]))]

    statuses = {answer.status_code for answer in answers}
    assert statuses == ({302} if login == "yangfan" else {404})


def test_rules_are_asked_again_while_the_link_lives(photo, xiaohai, liumin, zhanglan, signed_in):
    client = signed_in(liumin)
    address = whole_address(client, photo)
    assert client.get(address).status_code == 200

    grounds.close_to(
        account=liumin.account,
        target_kind=FILE,
        target_id=xiaohai.pk,
        kind="kinship",
        words="孩子是她表妹",
        by=zhanglan,
        at=AT,
    )

    assert client.get(address).status_code == 404


def test_link_to_the_small_picture_does_not_open_the_whole(photo, xiaohai, liumin, signed_in):
    client = signed_in(liumin)
    [small] = sources(client.get(reverse("child-papers", args=[xiaohai.pk])))

    assert client.get(small.replace("/small/", "/content/")).status_code == 404


def test_foreign_paper_and_none_are_the_same_page(photo, stranger, signed_in):
    client = signed_in(stranger)

    pages = [client.get(reverse("paper", args=[pk])) for pk in (photo.pk, uuid4())]

    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].content == pages[1].content


def test_foreign_paper_costs_as_many_questions_as_none(photo, stranger, signed_in):
    client = signed_in(stranger)
    client.get(reverse("paper", args=[uuid4()]))

    counted = []
    for pk in (photo.pk, uuid4()):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("paper", args=[pk]))
        counted.append(len(asked))

    assert counted[0] == counted[1]


def test_several_files_are_added_and_the_bad_one_is_named(xiaohai, liumin, signed_in):
    page = sent(
        signed_in(liumin),
        xiaohai,
        ("家.jpg", brought.photo_with_place()),
        ("图.svg", brought.SVG),
        ("录音.amr", brought.sound_amr()),
        title="家访",
    )

    words = page.content.decode()
    assert [one.kind for one in papers()] == ["photo", "audio"]
    assert [one.title for one in papers()] == ["家访", "家访"]
    assert "已添加 2 份资料。" in words
    assert "图.svg：只存照片" in words


def test_photo_of_the_phones_camera_is_added_too(xiaohai, liumin, signed_in):
    shot = SimpleUploadedFile("IMG_0001.jpg", brought.picture())

    sent(signed_in(liumin), xiaohai, camera=[shot], shows="scan")

    assert [one.kind for one in papers()] == ["scan"]


def test_name_of_a_file_is_kept_nowhere(xiaohai, liumin, signed_in, home):
    sent(signed_in(liumin), xiaohai, ("谭小海被打的照片.jpg", brought.picture()))

    [kept] = papers()
    assert kept.title == ""
    assert "谭小海被打" not in str(vars(kept))


def test_form_without_a_good_file_says_why_and_keeps_what_was_written(xiaohai, liumin, signed_in):
    client = signed_in(liumin)

    nothing = sent(client, xiaohai, title="家访")
    bad = sent(client, xiaohai, ("单.pdf", brought.paper(password="x")), title="家访")

    assert "请至少选择一个文件" in nothing.content.decode()
    assert "单.pdf：这份 PDF 设了密码" in bad.content.decode()
    assert [page.content.decode().count('value="家访"') for page in (nothing, bad)] == [1, 1]
    assert papers() == []


def test_form_sent_twice_adds_once(xiaohai, liumin, signed_in):
    client, key = signed_in(liumin), str(uuid4())

    for _press in range(2):
        sent(client, xiaohai, ("1.jpg", brought.picture()), op_id=key)

    assert len(papers()) == 1


@pytest.mark.parametrize("name", ["child-papers", "child-paper-new"])
def test_file_of_others_has_no_papers_page(name, elsewhere, liumin, signed_in):
    client = signed_in(liumin)

    answers = [client.get(reverse(name, args=[pk])) for pk in (elsewhere.pk, uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_colleague_of_the_team_reads_with_a_reason_and_adds_nothing(
    photo, xiaohai, yangfan, signed_in
):
    client = signed_in(yangfan)
    address = reverse("child-papers", args=[xiaohai.pk])
    assert client.get(address).headers["Location"].startswith("/reason/people.child/")

    grounds.give_reason(
        target_kind=FILE, target_id=xiaohai.pk, code="COVER", words="代班看资料", by=yangfan, at=AT
    )

    page = client.get(address)
    assert [one.paper for one in page.context["shots"]] == [photo]
    assert page.context["may_add"] is False
    assert client.get(reverse("child-paper-new", args=[xiaohai.pk])).status_code == 403
    assert sent(client, xiaohai, ("1.jpg", brought.picture(colour="red"))).status_code == 403
    assert client.get(reverse("paper-withdraw", args=[photo.pk])).status_code == 403


def test_taken_off_and_put_back(photo, xiaohai, liumin, signed_in):
    client = signed_in(liumin)
    address = whole_address(client, photo)

    page = client.post(
        reverse("paper-withdraw", args=[photo.pk]), {"reason": "是别的孩子的"}, follow=True
    )

    assert (page.context["shots"], "是别的孩子的" in page.content.decode()) == ([], True)
    assert client.get(address).status_code == 403
    assert sources(client.get(reverse("paper", args=[photo.pk]))) == []

    page = client.post(reverse("paper-put-back", args=[photo.pk]), follow=True)

    assert [one.paper for one in page.context["shots"]] == [photo]
    assert client.get(address).status_code == 200


def test_after_thirty_days_nothing_is_offered_any_more(photo, xiaohai, liumin, signed_in):
    operations.withdraw_attachment(attachment=photo, reason="错", by=liumin, at=AT)

    with clock.at(AT + 31 * 24 * 60 * MINUTE):
        page = signed_in(liumin).get(reverse("child-papers", args=[xiaohai.pk]))

    assert reverse("paper-put-back", args=[photo.pk]) not in page.content.decode()


def test_late_one_is_let_on_by_the_supervisor(photo, xiaohai, liumin, zhanglan, signed_in):
    Attachment.objects.unscoped("a test").update(state="quarantine")
    worker, supervisor = signed_in(liumin), signed_in(zhanglan)
    address = reverse("paper-release", args=[photo.pk])
    assert sources(worker.get(reverse("paper", args=[photo.pk]))) == []
    assert worker.post(address).status_code == 403
    assert len(sources(supervisor.get(reverse("paper", args=[photo.pk])))) == 1

    supervisor.post(address)

    assert len(sources(worker.get(reverse("paper", args=[photo.pk])))) == 1


def test_who_leaves_has_no_link_any_more(photo, liumin, hejing, signed_in):
    client = signed_in(liumin)
    address = whole_address(client, photo)

    people.leave(account=liumin.account, by=hejing, at=AT)

    assert client.get(address).headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_are_in_one_language(language, photo, put, xiaohai, liumin, signed_in):
    sign_in.choose_language(account=liumin.account, language=language, by=liumin, at=AT)
    put(xiaohai, liumin, brought.sound_wav(), title="x")
    withdrawn = put(xiaohai, liumin, brought.paper(), title="x")
    operations.withdraw_attachment(attachment=withdrawn, reason="x", by=liumin, at=AT)
    client = signed_in(liumin)
    addresses = [
        reverse("child-papers", args=[xiaohai.pk]),
        reverse("child-paper-new", args=[xiaohai.pk]),
        *(reverse("paper", args=[one.pk]) for one in papers()),
        reverse("paper-withdraw", args=[photo.pk]),
    ]

    for address in addresses:
        page = client.get(address).content.decode()
        main = re.search(r"<main[^>]*>(.*)</main>", page, re.DOTALL)
        text = re.sub(r"<[^>]+>", " ", main[1])
        words = set(re.findall(r"[A-Za-z]{2,}", text)) - {"PDF", "MB", "KB"}
        chinese = re.sub("在村口|谭小海|刘敏", "", text)
        assert (words if language == "zh-hans" else re.findall("[一-鿿]", chinese)) in (
            set(),
            [],
        ), address
