"""Office hours, and acts that leave later; rows locked on PostgreSQL."""

import django.db.models.deletion
from django.db import migrations, models

import tonghu.kernel.ids
from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0007_deputies"),
    ]

    operations = [
        migrations.AlterField(
            model_name="proposal",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting for the second person"),
                    ("leaving", "Confirmed, leaves later"),
                    ("confirmed", "Confirmed"),
                    ("declined", "Declined"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="OfficeHours",
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
                ("opens", models.TimeField(verbose_name="opens")),
                ("closes", models.TimeField(verbose_name="closes")),
                (
                    "agency",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="access.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes__gt", models.F("opens"))),
                        name="office_closes_after_it_opens",
                        violation_error_message="The office closes after it opens.",
                    )
                ],
            },
        ),
        lock_rows("access_officehours"),
    ]
