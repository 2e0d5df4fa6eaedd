import datetime as dt
from uuid import UUID

import pytest
from django.db.models import Q

from tests.conftest import AT, FIRST_DAY, PASSWORD, QINHUI, TODAY
from tonghu.access.actors import Actor, system
from tonghu.access.constants import DutyKind, OrganisationKind
from tonghu.access.models import Duty, JournalRow, Organisation
from tonghu.access.operations import agencies, grounds, people
from tonghu.access.policy import by_duty, duties, head
from tonghu.access.sheets import SHEETS, Sheet
from tonghu.kernel.rules import Rule

CHILD = "tests.child"
ROLES_OF_THE_CAST = {
    "head": "qinhui",
    "administrator": "hejing",
    "supervisor": "zhanglan",
    "worker": "liumin",
    "finance": "hanxue",
    "director": "gaoxiulan",
    "buyer": "majing",
    "evaluator": "xuzhe",
    "auditor": "luowen",
}


@pytest.fixture
def in_role(request):
    """One of the cast by her role: ``in_role("auditor")``."""

    def find(role: str) -> Actor:
        return request.getfixturevalue(ROLES_OF_THE_CAST[role])

    return find


@pytest.fixture
def child_sheet():
    """A sheet as casework will declare one, over rows that stand for children's files."""

    def duty(*kinds: DutyKind):
        return by_duty(*kinds, target_kind=CHILD)

    def of_the_supervised(by: Actor, on: dt.date) -> Q:
        supervised = duties(by, on, [DutyKind.SUPERVISION], "access.account")
        held = Duty.objects.unscoped("tests").filter(account__in=supervised, target_kind=CHILD)
        return Q(pk__in=held.values("target_id"))

    supervision = Rule("supervision", of_the_supervised)
    own = duty(DutyKind.ASSIGNMENT, DutyKind.COVER) | supervision
    sheet = Sheet(
        number="R21",
        name="Children",
        target_kind=CHILD,
        find=own | duty(DutyKind.TEAM),
        read=own,
        write=duty(DutyKind.ASSIGNMENT, DutyKind.COVER),
        approve=supervision,
        read_with_reason=duty(DutyKind.TEAM) | head,
        export_with_reason=duty(DutyKind.ASSIGNMENT),
        breakable=True,
    )
    yield sheet
    SHEETS.remove(sheet)


def a_file(agency_id: UUID = QINHUI, name: str = "陈小雨") -> Organisation:
    """Enter a row that stands for a child's file."""
    return agencies.add_organisation(
        kind=OrganisationKind.COMMUNITY, name=name, by=system(agency_id), at=AT
    )


def give_duty(
    to: Actor,
    child: Organisation,
    kind: DutyKind = DutyKind.ASSIGNMENT,
    *,
    from_on: dt.date = FIRST_DAY,
    until_on: dt.date | None = None,
):
    return grounds.begin_duty(
        account=to.account,
        kind=kind,
        target_kind=CHILD,
        target_id=child.pk,
        from_on=from_on,
        until_on=until_on,
        by=system(to.agency_id),
        at=AT,
    )


def supervises(supervisor: Actor, worker: Actor):
    return grounds.begin_duty(
        account=supervisor.account,
        kind=DutyKind.SUPERVISION,
        target_kind="access.account",
        target_id=worker.account_id,
        from_on=FIRST_DAY,
        by=system(worker.agency_id),
        at=AT,
    )


def propose_newcomer(by: Actor, *, login: str = "maqian", role: str = "worker"):
    """Open an account and propose its first role, as the page of inviting does."""
    account = people.open_account(login=login, name="马倩", by=by, at=AT)
    proposal = people.propose_role(
        account=account,
        organisation=Organisation.objects.unscoped("tests").get(pk=by.agency_id),
        role=role,
        from_on=TODAY,
        by=by,
        at=AT,
    )
    return account, proposal


def events(agency_id: UUID = QINHUI) -> list[str]:
    """Return what the agency's journal says was done, oldest first."""
    rows = JournalRow.objects.unscoped("tests").filter(agency_id=agency_id)
    return list(rows.order_by("seq").values_list("event", flat=True))


def last_row(event: str, agency_id: UUID = QINHUI) -> JournalRow:
    """Return the newest row with this event."""
    rows = JournalRow.objects.unscoped("tests").filter(agency_id=agency_id, event=event)
    return rows.order_by("-seq").first()


@pytest.fixture
def liumin_can(liumin, signed_in):
    """Liu Min has chosen a password and connected a code app."""
    return ready(liumin, signed_in)


def ready(actor, signed_in):
    signed_in(actor)
    actor.account.set_password(PASSWORD)
    actor.account.save()
    return actor
