"""The tables of the same row: an organisation, a colleague, a role, with the product's columns."""

import uuid

from django.db import models
from django.utils import timezone

ROLES = {
    "worker": "社会工作者",
    "supervisor": "督导",
    "head": "机构负责人",
    "finance": "财务",
    "administrator": "机构管理员",
    "director": "儿童主任",
    "buyer": "购买方",
    "evaluator": "评估员",
    "auditor": "审计员",
}


class Organisation(models.Model):
    """An agency, or whom it works with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agency = models.ForeignKey("self", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    latin_name = models.CharField(max_length=160, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    phone = models.CharField(max_length=30, blank=True)

    def __str__(self) -> str:
        return self.name


class Account(models.Model):
    """A colleague."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    latin_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, blank=True)
    password = models.CharField(max_length=128)
    phone = models.TextField(blank=True, null=True)  # noqa: DJ001 -- as the product's column
    phone_index = models.CharField(  # noqa: DJ001 -- as the product's column
        max_length=64, null=True, db_index=True
    )
    is_active = models.BooleanField(default=True)
    is_cast = models.BooleanField(default=False)
    last_login = models.DateTimeField(null=True)
    left_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What somebody is in an organisation, from which day to which."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=14, choices=ROLES)
    scope_kind = models.CharField(max_length=12, default="organisation")
    scope_id = models.UUIDField(null=True, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True)
                | models.Q(until_on__gte=models.F("from_on")),
                name="period_in_order",
            )
        ]
        indexes = [models.Index(fields=["agency", "id"], name="by_agency")]

    def __str__(self) -> str:
        return f"{self.account} ({self.role})"

    def state(self) -> str:
        """Return what the list says of it."""
        today = timezone.localdate()
        if not self.account.is_active:
            return "left"
        if self.until_on and self.until_on < today:
            return "ended"
        if self.from_on > today:
            return "begins later"
        return "at work" if self.account.last_login else "not signed in yet"
