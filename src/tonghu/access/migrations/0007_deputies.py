"""Who stands in for the head where she is in conflict; rows locked on PostgreSQL."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tonghu.kernel.ids
from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_words_taken_out"),
    ]

    operations = [
        migrations.CreateModel(
            name="Deputy",
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
                ("from_on", models.DateField(verbose_name="first day")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("named_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.organisation",
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="deputy_period_in_order",
                        violation_error_message="The last day lies before the first.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("agency", "account"),
                        name="deputy_named_once",
                        violation_error_message="This person is the deputy already.",
                    ),
                ],
            },
        ),
        lock_rows("access_deputy"),
    ]
