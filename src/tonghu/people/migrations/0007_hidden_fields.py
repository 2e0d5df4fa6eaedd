"""What is kept from every page, in a table of its own; its rows locked on PostgreSQL."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tonghu.kernel.encryption
import tonghu.kernel.ids
from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_membership_counted"),
        ("people", "0006_roster_rows_kept_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HiddenField",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("residence", "Home address"),
                            ("phone", "Telephone"),
                            ("place", "Village or community"),
                            ("school", "School"),
                        ],
                        max_length=9,
                        verbose_name="what",
                    ),
                ),
                ("row", models.UUIDField()),
                ("value", tonghu.kernel.encryption.EncryptedTextField(verbose_name="hidden")),
                (
                    "words",
                    tonghu.kernel.encryption.EncryptedTextField(
                        blank=True, null=True, verbose_name="why"
                    ),
                ),
                ("hidden_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="residencespan",
            name="place_is_hidden",
            field=models.BooleanField(default=False, verbose_name="place hidden"),
        ),
        migrations.AddField(
            model_name="schoolspan",
            name="is_hidden",
            field=models.BooleanField(default=False, verbose_name="hidden"),
        ),
        migrations.AddConstraint(
            model_name="phone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_hidden", False), ("number_index__isnull", True), _connector="OR"
                ),
                name="hidden_phone_is_not_found",
                violation_error_message="A hidden telephone is kept elsewhere.",
            ),
        ),
        migrations.AddConstraint(
            model_name="residencespan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("place_is_hidden", False), ("place__isnull", True), _connector="OR"
                ),
                name="hidden_place_says_nothing",
                violation_error_message="A hidden place is kept elsewhere.",
            ),
        ),
        migrations.AddConstraint(
            model_name="schoolspan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_hidden", False),
                    models.Q(("class_name", ""), ("grade", ""), ("school", "")),
                    _connector="OR",
                ),
                name="hidden_school_says_nothing",
                violation_error_message="A hidden school is kept elsewhere.",
            ),
        ),
        migrations.AddField(
            model_name="hiddenfield",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.organisation",
            ),
        ),
        migrations.AddField(
            model_name="hiddenfield",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="hidden",
                to="people.child",
            ),
        ),
        migrations.AddField(
            model_name="hiddenfield",
            name="hidden_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="hiddenfield",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="hiddenfield",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.place",
            ),
        ),
        migrations.AddIndex(
            model_name="hiddenfield",
            index=models.Index(
                condition=models.Q(("team__isnull", False)),
                fields=["team"],
                name="hidden_kept_by_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="hiddenfield",
            constraint=models.UniqueConstraint(
                fields=("agency", "row", "kind"),
                name="hidden_once",
                violation_error_message="This is hidden already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="hiddenfield",
            constraint=models.CheckConstraint(
                condition=models.Q(("team__isnull", True), ("kind", "place"), _connector="OR"),
                name="hidden_place_keeps_its_team",
                violation_error_message="A team is kept with a hidden place alone.",
            ),
        ),
        lock_rows("people_hiddenfield"),
    ]
