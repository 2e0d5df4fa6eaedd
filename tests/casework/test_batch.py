import zipfile
from io import BytesIO

import pytest
from django.urls import reverse

from tests.casework.conftest import accepted
from tests.conftest import AT, TODAY
from tonghu.access.models import JournalRow
from tonghu.casework import batch
from tonghu.casework.batch import NotHersAnyMore, allow, cases_for_many
from tonghu.jobs.kinds import Asked
from tonghu.jobs.models import Job
from tonghu.kernel.ids import new_id


@pytest.fixture
def two(liumin, case, team, registered):
    """Two cases that Liu Min holds."""
    return [case, accepted(registered("周小鱼", team, holder=liumin), liumin)]


def test_one_form_of_many_cases_is_one_file_and_each_is_on_record(liumin, two, tmp_path):
    path, counts = tmp_path / "papers", []
    details = {"form": "intake", "language": "zh-hans", "cases": cases_for_many(liumin, on=TODAY)}

    name = batch.run(Asked(details, liumin, AT, path), lambda *said: counts.append(said))

    with zipfile.ZipFile(BytesIO(path.read_bytes())) as file:
        assert len(file.namelist()) == 2
        assert all(file.read(one).startswith(b"%PDF") for one in file.namelist())
        assert "谭小海" not in "".join(file.namelist())
    assert (counts, name[-4:]) == ([(0, 2), (1,), (2,)], ".zip")
    rows = JournalRow.objects.unscoped("tests").filter(event="casework.paper.printed")
    assert rows.count() == 2


def test_a_file_with_a_case_that_is_not_hers_is_not_served(liumin, yangfan, two):
    details = {"form": "intake", "language": "en", "cases": cases_for_many(liumin, on=TODAY)}

    allow(liumin, details)
    with pytest.raises(NotHersAnyMore):
        allow(yangfan, details)
    with pytest.raises(NotHersAnyMore):
        allow(liumin, details | {"cases": []})


def test_the_page_asks_for_the_work(liumin, two, signed_in):
    client = signed_in(liumin)
    said = {"form": "intake", "language": "zh-hans", "op_id": str(new_id())}

    page = client.get(reverse("papers-many"))
    client.post(reverse("papers-many"), said)

    assert page.status_code == 200
    assert Job.objects.unscoped("tests").get().kind == "casework.papers.printed"
