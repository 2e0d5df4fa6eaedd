"""Work with a child of each kind that has an address of its own."""

from uuid import UUID

from tests.casework.planned import numbers_of_plans
from tests.conftest import AT
from tests.services.visited import visited
from tonghu.access.actors import Actor
from tonghu.access.models import Account
from tonghu.casework.constants import PaperKind, Source
from tonghu.casework.measures import Supervised
from tonghu.casework.models import (
    Assessment,
    CapacityAssessment,
    Case,
    Conference,
    ConferenceDecision,
    Handover,
    HarmReport,
    Incident,
    Referral,
    Submission,
    SupervisionNote,
    SupervisionTask,
)
from tonghu.casework.operations.leads import record_lead
from tonghu.people.models import Child
from tonghu.people.numbers import new_number
from tonghu.services.operations.appointments import arrange


def worked_with(
    child: Child, by: Actor, says: str = "奶奶说孩子三周没去上学了"
) -> dict[str, UUID | str]:
    """Do with a child what casework does; return the numbers its addresses carry."""
    case = record_lead(
        child=child, problem=says, source=Source.SCHOOL, heard_on=AT.date(), by=by, at=AT
    )
    contact = visited(child, by, happened_at=AT, happened=says)
    arranged = arrange(child=child, on=AT.date(), what="陪去学校", by=by, at=AT)
    return {
        "case_id": case.pk,
        "contact_id": contact.pk,
        "appointment_id": arranged.pk,
        "report_id": _feared(child).pk,
        "submission_id": _submitted(case).pk,
        **_supervised(case),
        "need": "SAFETY",
        "referral_id": _referred(case).pk,
        "handover_id": _handed(case).pk,
        **numbers_of_plans(case, by),
        **_met(case),
    }


def _met(case: Case) -> dict[str, UUID]:
    """Enter an incident, and a conference with a decision, as rows."""
    said = {"agency_id": case.agency_id, "case": case, "recorded_at": AT}
    author = Account.objects.order_by("pk")[0]
    incident = Incident(
        **said, harm="INJURY", happened_at=AT, place="村口", hurt="擦伤", what="摔倒", author=author
    )
    incident.save(force_insert=True)
    conference = Conference(**said, held_on=AT.date(), discussed="返校安排")
    conference.save(force_insert=True)
    decision = ConferenceDecision(
        agency_id=case.agency_id,
        conference=conference,
        case=case,
        what="联系班主任",
        owner="赵老师",
        due_on=AT.date(),
    )
    decision.save(force_insert=True)
    return {
        "incident_id": incident.pk,
        "conference_id": conference.pk,
        "decision_id": decision.pk,
    }


def _submitted(case: Case) -> Submission:
    paper = Assessment(agency_id=case.agency_id, case=case, begun_on=AT.date(), changed_at=AT)
    paper.save(force_insert=True)
    submission = Submission(
        agency_id=case.agency_id,
        case=case,
        kind=PaperKind.ASSESSMENT,
        paper=paper.pk,
        version=1,
        content="[]",
        submitted_at=AT,
    )
    submission.save(force_insert=True)
    return submission


def _handed(case: Case) -> Handover:
    handover = Handover(
        agency_id=case.agency_id,
        case=case,
        next_steps="周五陪去学校",
        handed_by=Account.objects.order_by("pk")[0],
        handed_at=AT,
    )
    handover.save(force_insert=True)
    return handover


def _referred(case: Case) -> Referral:
    referral = Referral(
        agency_id=case.agency_id,
        case=case,
        receiver_kind="hospital",
        receiver="县医院心理门诊",
        need="MENTAL",
        reason="请评估情绪",
        urgency="week",
        data="name age",
        recorded_at=AT,
    )
    referral.save(force_insert=True)
    return referral


def _feared(child: Child) -> HarmReport:
    """Enter a report as a row: only a person reports, and nobody need work here."""
    report = HarmReport(
        agency_id=child.agency_id,
        number=new_number(),
        child=child,
        situations="R4",
        concerns="unknown",
        found_at=AT,
        recorded_by=Account.objects.create(login=f"told{str(child.pk)[-6:]}", name="李四"),
        recorded_at=AT,
    )
    report.save(force_insert=True)
    return report


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
