"""Files sealed to all but those named; rows locked on PostgreSQL."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tonghu.kernel.ids
from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_membership_counted"),
    ]

    operations = [
        migrations.CreateModel(
            name="SealOpening",
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
                ("may_approve", models.BooleanField(default=False, verbose_name="sealed it")),
            ],
        ),
        migrations.AlterField(
            model_name="closing",
            name="account",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="closing",
            name="kind",
            field=models.CharField(
                choices=[
                    ("conflict", "Kinship or conflict of interest"),
                    ("suspect_kin", "Kin of a suspect guardian"),
                    ("clearance", "Record check"),
                    ("seal", "Seal"),
                ],
                max_length=12,
                verbose_name="why it is closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="closing",
            constraint=models.CheckConstraint(
                condition=models.Q(("account__isnull", False), ("kind", "seal"), _connector="OR"),
                name="closing_to_all_is_a_seal",
                violation_error_message="Only a seal closes a file to everybody.",
            ),
        ),
        migrations.AddConstraint(
            model_name="closing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "seal"), ("lifted_at__isnull", True)),
                fields=("agency", "target_id"),
                name="sealed_once",
                violation_error_message="This file is sealed already.",
            ),
        ),
        migrations.AddField(
            model_name="sealopening",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sealopening",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.organisation",
            ),
        ),
        migrations.AddField(
            model_name="sealopening",
            name="closing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="openings",
                to="access.closing",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealopening",
            constraint=models.UniqueConstraint(
                fields=("closing", "account"), name="seal_names_once"
            ),
        ),
        lock_rows("access_sealopening"),
    ]
