"""What each page of a child asks of its years and its family: questions written once.

The page has asked the file's Rule; who of the family is closed to the reader is left out (R55).
"""

from typing import cast

from django.db.models import DateField, UUIDField

from tonghu.access.actors import Actor
from tonghu.access.anybody import Anybody
from tonghu.kernel.periods import in_force
from tonghu.kernel.prepared import Asked, Prepared
from tonghu.people.models import (
    CareSpan,
    CategorySpan,
    Guardianship,
    HouseholdMember,
    HukouSpan,
    Kinship,
    ParentStatusSpan,
    PersonName,
    ResidenceSpan,
    SchoolSpan,
)
from tonghu.people.policy import shut_from

CHILD, ON = Asked("child", UUIDField()), Asked("on", DateField())
READER = cast(Actor, Anybody("", has_account=True, membership=None))

residences = Prepared(
    lambda: (
        ResidenceSpan.objects.unscoped("part of a child's page, which asked its Rule")
        .filter(person=CHILD)
        .select_related("place")
        .order_by("from_on", "id")
    )
)
care = Prepared(
    lambda: (
        CareSpan.objects.unscoped("part of a child's page, which asked its Rule")
        .filter(child=CHILD)
        .select_related("carer")
        .order_by("from_on", "id")
    )
)
schooling = Prepared(
    lambda: (
        SchoolSpan.objects.unscoped("part of a child's page, which asked its Rule")
        .filter(child=CHILD)
        .order_by("from_on", "id")
    )
)
hukou = Prepared(
    lambda: (
        HukouSpan.objects.unscoped("part of a child's page, which asked its Rule")
        .filter(person=CHILD)
        .order_by("from_on", "id")
    )
)
categories = Prepared(
    lambda: (
        CategorySpan.objects.unscoped("part of a child's page, which asked its Rule")
        .filter(child=CHILD)
        .select_related("confirmed_by")
        .order_by("from_on", "id")
    )
)
names = Prepared(
    lambda: (
        PersonName.objects.unscoped("part of a child's page, which asked its Rule")
        .filter(person=CHILD)
        .order_by("id")
    )
)
kin = Prepared(
    lambda: (
        Kinship.objects.unscoped("part of a child's page, which asked its Rule")
        .filter(child=CHILD)
        .exclude(relative__in=shut_from(READER))
        .select_related("relative")
        .order_by("id")
    )
)
guardians = Prepared(
    lambda: (
        Guardianship.objects.unscoped("part of a child's page, which asked its Rule")
        .filter(in_force(ON), child=CHILD)
        .exclude(guardian__in=shut_from(READER))
        .select_related("guardian")
        .order_by("id")
    )
)
household = Prepared(
    lambda: (
        HouseholdMember.objects.unscoped("part of a child's page, which asked its Rule")
        .filter(
            in_force(ON),
            household__in=HouseholdMember.objects.unscoped("of the same page")
            .filter(in_force(ON), person=CHILD)
            .values("household_id"),
        )
        .exclude(person=CHILD)
        .exclude(person__in=shut_from(READER))
        .select_related("person", "household")
        .order_by("household_id", "id")
    )
)
statuses = Prepared(
    lambda: ParentStatusSpan.objects.unscoped(
        "part of a child's page, which asked its Rule"
    ).filter(
        in_force(ON),
        parent__in=Kinship.objects.unscoped("of the same page")
        .filter(child=CHILD)
        .exclude(relative__in=shut_from(READER))
        .values("relative_id"),
    )
)
