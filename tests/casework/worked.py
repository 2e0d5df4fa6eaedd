"""Work with a child of each kind that has an address of its own."""

from uuid import UUID

from tests.conftest import AT
from tests.services.visited import visited
from tonghu.access.actors import Actor
from tonghu.access.models import Account
from tonghu.casework.constants import PaperKind, Source
from tonghu.casework.measures import Supervised
from tonghu.casework.models import (
    CapacityAssessment,
    Case,
    Submission,
    SupervisionNote,
    SupervisionTask,
)
from tonghu.casework.operations.leads import record_lead
from tonghu.kernel.ids import new_id
from tonghu.people.models import Child


def worked_with(child: Child, by: Actor) -> dict[str, UUID | str]:
    """Do with a child what casework does; return the numbers its addresses carry."""
    case = record_lead(
        child=child,
        problem="奶奶说孩子三周没去上学了",
        source=Source.SCHOOL,
        heard_on=AT.date(),
        by=by,
        at=AT,
    )
    contact = visited(child, by, happened_at=AT)
    submission = Submission(
        agency_id=case.agency_id,
        case=case,
        kind=PaperKind.ASSESSMENT,
        paper=new_id(),
        version=1,
        content="[]",
        submitted_at=AT,
    )
    submission.save(force_insert=True)
    return {
        "case_id": case.pk,
        "contact_id": contact.pk,
        "submission_id": submission.pk,
        **_supervised(case),
        "need": "SAFETY",
    }


def _supervised(case: Case) -> dict[str, UUID]:
    """A supervision with a task, and a guardianship assessment, by two who are nobody here."""
    logins = (f"{one}{str(case.pk)[-6:]}" for one in ("heard", "asked"))
    worker, supervisor = (Account.objects.create(login=one, name="张三") for one in logins)
    note = SupervisionNote(
        agency_id=case.agency_id,
        worker=worker,
        supervisor=supervisor,
        on=AT.date(),
        minutes=60,
        kind=Supervised.INDIVIDUAL,
        recorded_at=AT,
    )
    note.save(force_insert=True)
    task = SupervisionTask(
        agency_id=case.agency_id,
        note=note,
        case=case,
        owner=worker,
        what="联系姑姑",
        due_on=AT.date(),
    )
    task.save(force_insert=True)
    capacity = CapacityAssessment(
        agency_id=case.agency_id,
        case=case,
        scheme="plain",
        scheme_version="1",
        guardian="奶奶",
        first=worker,
        second=supervisor,
        done_on=AT.date(),
        changed_at=AT,
    )
    capacity.save(force_insert=True)
    return {"note_id": note.pk, "task_id": task.pk, "capacity_id": capacity.pk}
