import subprocess
import sys

import pytest
from django.db.models import F
from django.test import Client
from django.urls import clear_url_caches, include, path, reverse

from tests.conftest import AT
from tonghu.access.journal import verify_chain
from tonghu.access.models import Account, Membership, Proposal
from tonghu.access.roles import ROLES
from tonghu.config.urls import urlpatterns as in_earnest
from tonghu.people.constants import ConsentAnswer, ConsentKind
from tonghu.people.models import Consent, GuardianSuspension
from tonghu.portals.demo.cast import AGENCY, PASSWORD
from tonghu.portals.demo.checks import kept_apart
from tonghu.portals.demo.loading import cast_list, load

urlpatterns = [*in_earnest, path("demo/", include("tonghu.portals.demo_urls"))]


@pytest.fixture
def loaded(db, frozen):
    load(AT)


@pytest.fixture
def demo_mode(settings):
    settings.DEMO, settings.ROOT_URLCONF = True, __name__
    clear_url_caches()
    yield
    clear_url_caches()


def test_cast_has_one_of_each_role_and_leaves_a_whole_journal(loaded):
    roles = {one["role"] for one in cast_list()}

    assert roles == set(ROLES)
    assert list(verify_chain(AGENCY)) == []
    assert [one.state for one in Proposal.objects.unscoped("tests")] == ["waiting"]


def test_loading_again_changes_nothing(loaded):
    before = [Account.objects.count(), Membership.objects.unscoped("tests").count()]

    load(AT)

    assert [Account.objects.count(), Membership.objects.unscoped("tests").count()] == before


def test_families_answered_as_families_do(loaded):
    rows = Consent.objects.unscoped("tests")

    asked = set(rows.values_list("child_id", flat=True))
    refused = rows.filter(purpose=ConsentKind.PHOTO, answer=ConsentAnswer.NO).count()
    own = rows.filter(giver=F("child")).values("child").distinct().count()
    suspended = GuardianSuspension.objects.unscoped("tests").get()
    assert (len(asked), refused, own) == (56, 16, 14)
    assert rows.filter(withdrawn_on__isnull=False).count() == 2
    assert rows.get(answer=ConsentAnswer.NOT_NEEDED).child_id == suspended.child_id


def test_one_press_signs_in_as_one_of_the_cast(loaded, demo_mode):
    client = Client()

    page = client.get("/demo/").content.decode()
    client.post("/demo/sign-in/", {"login": "liumin"})

    assert "刘敏" in page
    assert client.get(reverse("today")).context["request"].user.login == "liumin"


@pytest.mark.parametrize("login", ["maqian", "stranger", ""])
def test_nobody_else_is_signed_in_by_a_press(login, loaded, demo_mode):
    client = Client()

    answer = client.post("/demo/sign-in/", {"login": login})

    assert (answer.status_code, client.get("/").status_code) == (404, 302)


def test_in_earnest_there_is_no_demonstration(loaded, client):
    pressed = [client.get("/demo/"), client.post("/demo/sign-in/", {"login": "liumin"})]
    client.post("/sign-in/", {"login": "liumin", "password": PASSWORD})

    assert [answer.status_code for answer in pressed] == [404, 404]
    assert client.get("/").headers["Location"].startswith(reverse("account_login"))
    assert kept_apart().grade == "refused"


def test_house_without_the_cast_starts(hejing, settings):
    assert kept_apart().grade == "ok"
    settings.DEMO = True
    load(AT)
    assert kept_apart().grade == "ok"


def test_command_loads_nobody_in_earnest(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "tonghu.config.cli", "manage", "load_demo"],
        env={"PYTHONPATH": "src", "TONGHU_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    assert "TONGHU_DEMO=1" in run.stderr
    assert not (tmp_path / "tonghu.sqlite3").exists()
