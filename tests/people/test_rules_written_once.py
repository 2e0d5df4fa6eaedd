import datetime as dt

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection

from tests.access.conftest import ROLES_OF_THE_CAST
from tests.conftest import AT, QINHUI, TODAY
from tonghu.access import policy as access
from tonghu.access.actors import system
from tonghu.access.models import JournalRow, Membership, Organisation, Proposal
from tonghu.access.sheets import SHEETS, Action
from tonghu.attachments.models import Attachment
from tonghu.attachments.policy import ATTACHMENTS
from tonghu.jobs.models import Job
from tonghu.jobs.policy import JOBS
from tonghu.kernel import clock
from tonghu.people import policy, rights_policy
from tonghu.people.models import Child, Erasure, Merge, Place, PossibleDouble, Roster
from tonghu.services.models import Reflection
from tonghu.services.policy import REFLECTIONS

ABOUT = {
    id(sheet): model
    for sheet, model in (
        (access.STAFF, Membership),
        (access.JOURNAL, JournalRow),
        (access.CONFIGURATION, Organisation),
        (access.PROPOSALS, Proposal),
        (ATTACHMENTS, Attachment),
        (JOBS, Job),
        (policy.DOUBLES, PossibleDouble),
        (policy.MERGES, Merge),
        (policy.PLACES, Place),
        (policy.ROSTERS, Roster),
        (rights_policy.ERASURES, Erasure),
        (REFLECTIONS, Reflection),
    )
}
LATER = AT + dt.timedelta(hours=3)


@pytest.fixture(params=[*ROLES_OF_THE_CAST, "system"])
def by(request, house):
    if request.param == "system":
        return system(QINHUI)
    return request.getfixturevalue(ROLES_OF_THE_CAST[request.param])


def _asked(rows):
    try:
        sql, parameters = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return "nothing", ()
    return sql.replace("(", "").replace(")", ""), parameters


def test_rule_written_once_says_what_it_says_when_written_anew(by):
    held = [one for one in SHEETS if one.target_kind == policy.FILE or id(one) in ABOUT]
    asked = [
        (sheet, action, ABOUT.get(id(sheet), Child)._base_manager.all())
        for sheet in held
        for action in Action
    ]
    for sheet, action, rows in asked:
        _asked(sheet.rows(action, rows, by, on=TODAY))

    day = TODAY + dt.timedelta(days=1)
    with clock.at(LATER):
        once = [_asked(sheet.rows(action, rows, by, on=day)) for sheet, action, rows in asked]
        anew = [_asked(rows.filter(sheet.where(action, by, day))) for sheet, action, rows in asked]

    assert once == anew


def test_rule_written_once_for_a_role_asks_who_it_is(team, registered, liumin, yangfan):
    hers = registered("谭小海", team, holder=liumin)

    found = [
        policy.CHILDREN.opens(Action.WRITE, one, hers, on=TODAY)
        for one in (liumin, yangfan, liumin)
    ]

    assert found == [True, False, True]


def test_one_row_is_judged_as_the_list_judges_it(by, team, qingshi, registered, liumin):
    children = [registered("谭小海", team, holder=liumin), registered("谭小江", qingshi)]
    files = [one for one in SHEETS if one.target_kind == policy.FILE and one.target == "pk"]
    asked = [(sheet, action) for sheet in files for action in Action]

    singly = [
        {one.pk for one in children if sheet.opens(action, by, one, on=TODAY)}
        for sheet, action in asked
    ]

    everyone = Child.objects.all()
    listed = [
        set(sheet.rows(action, everyone, by, on=TODAY).values_list("pk", flat=True))
        for sheet, action in asked
    ]
    assert singly == listed
