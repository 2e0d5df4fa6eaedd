"""Pairs of files that may be one child's, kept apart between agencies on PostgreSQL."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tonghu.kernel.ids
from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_rows_kept_apart"),
        ("people", "0003_children_found_by_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PossibleDouble",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tonghu.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("score", models.FloatField(verbose_name="how much speaks for one child")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be decided"),
                            ("same", "The same child"),
                            ("different", "Two children"),
                            ("unsure", "Not sure yet"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.organisation",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.child",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.child",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "one", "other"), name="double_once"),
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))), name="double_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="double_decided_by_somebody",
                        violation_error_message="A person decides whether two files are one child's.",
                    ),
                ],
            },
        ),
        lock_rows("people_possibledouble"),
    ]
