import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from tests.conftest import TODAY
from tests.people.bringing import LIST, asked, brought, imported, lines_of, outcomes
from tests.people.roster.test_truth import FILES, ROSTERS
from tonghu.jobs.models import Job
from tonghu.people.constants import RosterState
from tonghu.people.models import Roster
from tonghu.people.operations import likening, rosters
from tonghu.people.queries import children_for

PAGES = ("roster", "roster-questions", "roster-undo")


def sent(place, content, name="名单.csv"):
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return {"place": place.pk, "kind": "COMMITTEE", "source": "柳湾村委会", "file": file}


def shown(client, name, roster):
    return client.get(reverse(name, args=[roster.pk])).content.decode()


def only():
    return Roster.objects.unscoped("a test looks").get()


@pytest.mark.django_db(transaction=True)
def test_a_list_goes_from_the_file_to_the_children_and_back(liumin, team, signed_in):
    client = signed_in(liumin)

    client.post(reverse("roster-list"), sent(team, LIST), follow=True)
    read = shown(client, "roster", only())
    client.post(reverse("roster-import", args=[only().pk]))
    under_way = shown(client, "roster", only())
    call_command("work_jobs")
    done = shown(client, "roster", only())
    open_ = shown(client, "roster-questions", only())
    client.post(
        reverse("roster-answer", args=[only().pk]),
        {
            "question": asked(only(), "DOB_IMPOSSIBLE").pk,
            "answer": "value",
            "value": "2015年2月28日",
        },
    )
    found = list(children_for(liumin, on=TODAY))
    client.post(reverse("roster-undo", args=[only().pk]))

    assert "柳湾村委会：3 个孩子，3 个可以导入" in read
    assert "没有这一天" in read
    assert "0 / 3" in under_way
    assert "柳湾村委会：3 个孩子，已导入" in done
    assert "2015.2.30" in open_
    assert sorted(str(one.person) for one in found) == ["王燕曦", "谭小海", "马若曦"]
    assert {str(one.person): str(one.person.born_on) for one in found}["马若曦"] == "2015-02-28"
    assert list(children_for(liumin, on=TODAY)) == []
    assert only().state == RosterState.UNDONE


@pytest.mark.parametrize("name", FILES)
def test_every_sample_is_shown_as_it_was_read(name, liumin, team, signed_in):
    roster = brought(liumin, (ROSTERS / name).read_bytes(), team)
    client = signed_in(liumin)

    read = shown(client, "roster", roster)
    imported(roster, liumin)
    pages = [client.get(reverse(page, args=[roster.pk])).status_code for page in PAGES]

    assert pages == [200, 200, 200]
    assert 'class="ask"' in read


def test_an_identity_number_is_shown_by_four_signs(liumin, team, signed_in):
    text = LIST.replace("999001201503020017", "999001201503020018")
    roster = brought(liumin, text, team)
    client = signed_in(liumin)

    pages = [shown(client, name, roster) for name in PAGES]

    assert ["…0018" in page for page in pages] == [True, True, False]
    assert [page for page in pages if "99900120150302" in page] == []


def test_a_file_that_is_no_list_says_what_to_do(liumin, team, signed_in):
    answer = signed_in(liumin).post(reverse("roster-list"), sent(team, b"%PDF-1.7 \x00\x01"))

    assert "这不是表格文件" in "".join(answer.context["form"].errors["file"])
    assert Roster.objects.unscoped("nothing is kept").count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_import_is_asked_for_once(liumin, yangfan, team, signed_in):
    roster = brought(liumin, LIST, team)

    for by in (liumin, yangfan, liumin):
        signed_in(by).post(reverse("roster-import", args=[roster.pk]))
    call_command("work_jobs")

    kinds = Job.objects.unscoped("a test looks").values_list("kind", flat=True)
    assert sorted(kinds) == [rosters.JOB, likening.JOB]
    assert outcomes(roster) == ["new"] * 3


@pytest.mark.django_db(transaction=True)
def test_an_import_that_was_stopped_goes_on(liumin, team, signed_in):
    roster, client = brought(liumin, LIST, team), signed_in(liumin)
    client.post(reverse("roster-import", args=[roster.pk]))
    job = Job.objects.unscoped("a test looks").get()
    client.post(reverse("job-stop", args=[job.pk]))
    call_command("work_jobs")
    stopped = only().state

    client.post(reverse("roster-import", args=[roster.pk]))
    call_command("work_jobs")

    assert stopped == RosterState.IMPORTING
    assert only().state == RosterState.IMPORTED
    assert outcomes(roster) == ["new"] * 3


def test_all_questions_of_a_kind_are_answered_at_one_go(liumin, team, signed_in):
    text = LIST + "谭小河,男,2014.3.2,,,,1613292,留守\n"
    roster = imported(brought(liumin, text, team), liumin)
    client = signed_in(liumin)

    client.post(reverse("roster-answer", args=[roster.pk]), {"code": "PHONE_BAD", "answer": "ask"})

    page = shown(client, "roster-questions", roster)
    assert "1613291" not in page
    assert "2015.2.30" in page


@pytest.mark.parametrize("who", ["hejing", "qinhui", "hanxue", "gaoxiulan", "stranger"])
def test_nobody_else_finds_a_list(who, request, liumin, team, signed_in):
    roster = imported(brought(liumin, LIST, team), liumin)
    client = signed_in(request.getfixturevalue(who))

    answers = [client.get(reverse(name, args=[roster.pk])) for name in PAGES]
    listed = client.get(reverse("roster-list")).content.decode()

    assert {answer.status_code for answer in answers} == {404}
    assert "谭小海" not in "".join(answer.content.decode() for answer in answers)
    assert "名单.csv" not in listed


def test_columns_are_changed_on_the_page(liumin, team, signed_in):
    roster = brought(liumin, "名字,性别,出生日期,外号名\n谭小海,男,2015.3.2,海娃\n", team)

    signed_in(liumin).post(reverse("roster-columns", args=[roster.pk]), {"column-3": "nickname"})

    assert "海娃" in lines_of(roster)[0].said
