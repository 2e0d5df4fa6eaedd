"""Work with a child of each kind that has an address of its own."""

from uuid import UUID

from tests.casework.planned import numbers_of_plans
from tests.conftest import AT
from tests.services.visited import visited
from tonghu.access.actors import Actor
from tonghu.casework.constants import PaperKind, Source
from tonghu.casework.models import Submission
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
        "need": "SAFETY",
        **numbers_of_plans(case, by),
    }
