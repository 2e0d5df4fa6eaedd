import datetime as dt
import os

import pytest
from django.urls import reverse

from tests.conftest import AT, TOLD_WHOSE, downloaded
from tonghu.access.models import JournalRow
from tonghu.access.operations import people
from tonghu.jobs import operations, tasks
from tonghu.jobs.constants import FILE_LIVES
from tonghu.jobs.files import file_of, folder
from tonghu.kernel import clock

DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def job_of(ask, run, now):
    """Somebody's job that is done: ``job_of(liumin)``."""

    def done(by, **details):
        job = ask(by, **details)
        run()
        return now(job)

    return done


def post(browser, name: str, job, **how):
    return browser.post(reverse(name, args=[job.pk]), **how)


def test_a_file_is_downloaded_and_the_download_is_on_record(liumin, job_of, signed_in, told):
    job = job_of(liumin)

    answer = post(signed_in(liumin), "job-file", job)

    assert downloaded(answer) == b"0\n1\n2\n3"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer.headers["Cache-Control"] == "no-store"
    row = JournalRow.objects.unscoped("a test").get(event="jobs.file.downloaded")
    assert (row.subject_id, row.account_id) == (job.pk, liumin.account_id)


def test_a_file_is_not_there_for_looking(liumin, job_of, signed_in):
    job = job_of(liumin)

    assert signed_in(liumin).get(reverse("job-file", args=[job.pk])).status_code == 405


@pytest.mark.parametrize("name", ["job", "job-file", "job-stop", "job-again"])
def test_a_job_of_another_person_is_no_job_at_all(liumin, yangfan, job_of, signed_in, name, told):
    job = job_of(liumin)
    ask = "get" if name == "job" else "post"

    answer = getattr(signed_in(yangfan), ask)(reverse(name, args=[job.pk]))
    nothing = getattr(signed_in(yangfan), ask)(reverse(name, args=[liumin.account_id]))

    assert (answer.status_code, answer.content) == (404, nothing.content)
    assert "jobs.file.downloaded" not in told(job)
    assert file_of(job).exists()


def test_a_job_is_not_in_the_list_of_another_person(liumin, yangfan, stranger, job_of, signed_in):
    job = job_of(liumin)

    for somebody, listed in ((liumin, True), (yangfan, False), (stranger, False)):
        page = signed_in(somebody).get(reverse("job-list")).content.decode()
        assert (str(job.pk) in page) is listed


def test_a_file_is_refused_once_its_rule_no_longer_holds(liumin, job_of, signed_in, tmp_path, told):
    job = job_of(liumin, unless=str(tmp_path / "closed"))
    (tmp_path / "closed").touch()

    answer = post(signed_in(liumin), "job-file", job)

    assert answer.status_code == 403
    assert "jobs.file.downloaded" not in told(job)
    assert told(job)[-1] == "access.refused"


def test_a_file_is_refused_once_its_role_has_ended(liumin, hejing, job_of, signed_in, told):
    job, browser = job_of(liumin), signed_in(liumin)
    people.end_membership(membership=liumin.membership, until_on=AT.date() - DAY, by=hejing, at=AT)

    answer = post(browser, "job-file", job)

    assert answer.status_code == 403
    assert "jobs.file.downloaded" not in told(job)


def test_a_file_lives_for_a_day_and_not_longer(liumin, job_of, signed_in, now, told):
    job = job_of(liumin)

    with clock.at(AT + FILE_LIVES - dt.timedelta(seconds=1)):
        assert tasks.expire_files(clock.now()) == 0
        assert downloaded(post(signed_in(liumin), "job-file", job))
    with clock.at(AT + FILE_LIVES):
        # The hour counts, not whether a worker has come by.
        assert post(signed_in(liumin), "job-file", job).status_code == 302
        assert tasks.expire_files(clock.now()) == 1

    assert not file_of(job).exists()
    assert now(job).file_size is None
    assert told(job).count("jobs.file.downloaded") == 1
    assert told(job)[-1] == "jobs.file.expired"


def test_a_file_expires_once(liumin, job_of, told):
    job = job_of(liumin)

    tasks.expire_files(AT + DAY)
    tasks.expire_files(AT + 2 * DAY)

    assert told(job).count("jobs.file.expired") == 1


def test_what_a_killed_worker_left_goes_after_a_day(liumin, job_of):
    job = job_of(liumin)
    half = folder() / "tmpabc" / "workbook.xlsx"
    half.parent.mkdir()
    half.write_text("half of it")
    stray = folder() / "0198"
    stray.write_text("half of it")
    for path in (half.parent, stray):
        os.utime(path, (AT.timestamp(), AT.timestamp()))
    os.utime(file_of(job), (AT.timestamp(), AT.timestamp()))

    tasks.expire_files(AT + FILE_LIVES)
    assert (half.exists(), stray.exists()) == (True, True)
    tasks.expire_files(AT + FILE_LIVES + dt.timedelta(seconds=1))

    assert (half.parent.exists(), stray.exists()) == (False, False)


def test_a_file_that_is_gone_from_the_disk_is_said_in_words(liumin, job_of, signed_in):
    job = job_of(liumin)
    file_of(job).unlink()

    answer = signed_in(liumin).post(reverse("job-file", args=[job.pk]), follow=True)

    assert answer.status_code == 200
    assert "磁盘上找不到文件了" in answer.content.decode()


def test_a_page_of_a_running_job_asks_again_by_itself_and_by_hand(liumin, ask, signed_in):
    job = ask(liumin)

    page = signed_in(liumin).get(reverse("job", args=[job.pk])).content.decode()

    address = reverse("job", args=[job.pk])
    assert f'hx-get="{address}"' in page
    assert f'href="{address}"' in page
    assert reverse("job-stop", args=[job.pk]) in page
    assert reverse("job-file", args=[job.pk]) not in page
    assert "<html" in page


def test_a_page_for_htmx_is_the_part_that_changes(liumin, ask, signed_in):
    job = ask(liumin)

    part = signed_in(liumin, htmx=True).get(reverse("job", args=[job.pk])).content.decode()

    assert part.lstrip().startswith("<section")
    assert "<html" not in part


def test_a_page_of_a_job_that_is_done_asks_no_more(liumin, job_of, signed_in):
    job = job_of(liumin)

    part = signed_in(liumin, htmx=True).get(reverse("job", args=[job.pk])).content.decode()

    assert "hx-get" not in part
    assert reverse("job-file", args=[job.pk]) in part
    assert "计数.txt" in part


def test_a_page_shows_how_far_a_job_has_come(liumin, ask, signed_in):
    job = ask(liumin, rows=83)
    operations.begin(job=job, by=liumin, at=AT)
    type(job).objects.unscoped("a test").filter(pk=job.pk).update(done=80, total=83)

    part = signed_in(liumin, htmx=True).get(reverse("job", args=[job.pk])).content.decode()

    assert 'value="80"' in part
    assert 'max="83"' in part


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("disk", "磁盘"),
        ("refused", "角色"),
        ("left", "角色"),
        ("killed", "三次"),
        ("broken", "编号"),
    ],
)
def test_a_page_says_why_a_job_failed(liumin, ask, signed_in, why, words):
    job = ask(liumin)
    begun = operations.begin(job=job, by=liumin, at=AT)
    operations.fail(job=begun, why=why, by=liumin, at=AT)

    part = signed_in(liumin, htmx=True).get(reverse("job", args=[job.pk])).content.decode()

    assert words in part
    assert reverse("job-again", args=[job.pk]) in part


def test_a_job_is_stopped_and_tried_again_by_press(liumin, ask, signed_in, now):
    job, browser = ask(liumin), signed_in(liumin)

    assert post(browser, "job-stop", job).status_code == 302
    assert now(job).state == "stopped"
    assert post(browser, "job-stop", job, follow=True).status_code == 200
    assert now(job).state == "stopped"
    assert post(browser, "job-again", job).status_code == 302
    assert now(job).state == "waiting"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_many_as_for_one(
    liumin, ask, signed_in, count, django_assert_num_queries
):
    for _ in range(count):
        ask(liumin)
    browser = signed_in(liumin)
    browser.get(reverse("job-list"))

    with django_assert_num_queries(5 + TOLD_WHOSE):
        page = browser.get(reverse("job-list")).content.decode()

    assert page.count("/jobs/0") == count
