import re

from django.urls import reverse

from tests.people.test_seal import WORDS, sealed
from tonghu.access.models import Closing, Proposal

__all__ = ["sealed"]


def asked(client, number, **said):
    form = {"number": number, "code": "ASSIGNED", "words": "今天送药"} | said
    return client.post(reverse("sealed-open"), form)


def test_a_sealed_file_opens_by_its_number_for_who_is_named(sealed, liumin, signed_in):
    client, file = signed_in(liumin), reverse("child", args=[sealed.pk])
    before = client.get(file).status_code

    answer = asked(client, f"{sealed.number[:4]}-{sealed.number[4:]}".lower())

    page = client.get(file)
    assert (before, answer.headers["Location"], page.status_code) == (404, file, 200)
    assert "已封存" in page.content.decode()


def test_the_page_answers_everybody_else_alike(sealed, yangfan, qinhui, signed_in):
    answers = [
        asked(signed_in(by), number).content.decode()
        for by in (yangfan, qinhui)
        for number in (sealed.number, "ABCD2345")
    ]

    said = [re.sub(r'value="[^"]*"|X-CSRFToken[^>]+', "", page) for page in answers]
    assert [said[0] == said[1], said[2] == said[3]] == [True, True]
    assert "用这个编号打不开任何档案" in said[0]


def test_head_and_second_person_seal_and_lift_through_the_pages(
    xiaohai, liumin, zhanglan, qinhui, signed_in
):
    named = [liumin.account_id, zhanglan.account_id]
    head, second = signed_in(qinhui), signed_in(zhanglan)
    head.post(reverse("child-seal", args=[xiaohai.pk]), {"named": named, "words": WORDS})
    proposal = Proposal.objects.unscoped("tests").get()
    second.post(reverse("waiting-decide", args=[proposal.pk]), {"confirm": "1"})
    held = Closing.objects.unscoped("tests").get(kind="seal")
    worker = signed_in(liumin)
    asked(worker, xiaohai.number)
    worker.post(reverse("child-unseal", args=[xiaohai.pk]), {"words": "案件已结"})
    lifting = Proposal.objects.unscoped("tests").exclude(pk=proposal.pk).get()

    second.post(reverse("waiting-decide", args=[lifting.pk]), {"confirm": "1"})

    held.refresh_from_db()
    assert held.lifted_at is not None


def test_only_the_head_is_offered_a_seal(xiaohai, liumin, zhanglan, qinhui, signed_in):
    pages = [
        signed_in(by).get(reverse("child-ties", args=[xiaohai.pk])).content.decode()
        for by in (liumin, zhanglan, qinhui)
    ]

    assert [reverse("child-seal", args=[xiaohai.pk]) in page for page in pages] == [
        False,
        False,
        True,
    ]
