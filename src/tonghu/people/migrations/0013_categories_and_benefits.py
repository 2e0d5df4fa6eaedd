"""What follows from a category, and suggestions left aside; a registration says how far away."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tonghu.kernel.encryption
import tonghu.kernel.ids
from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_membership_counted"),
        ("people", "0012_differences_answered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="hukouspan",
            name="reach",
            field=models.CharField(
                blank=True,
                choices=[
                    ("SAME_TOWNSHIP", "In the same township"),
                    ("OTHER_TOWNSHIP", "In another township of the county"),
                    ("OTHER_COUNTY", "In another county"),
                ],
                max_length=14,
                verbose_name="seen from where the child lives",
            ),
        ),
        migrations.CreateModel(
            name="BenefitCheck",
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
                ("from_on", models.DateField(verbose_name="since")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "since_known",
                    models.BooleanField(default=True, verbose_name="the first day is known"),
                ),
                (
                    "benefit",
                    models.CharField(
                        choices=[
                            ("ORPHAN_ALLOWANCE", "Basic living allowance for orphans"),
                            ("DE_FACTO_ALLOWANCE", "Allowance for de facto unsupported children"),
                            ("DIBAO", "Subsistence allowance"),
                            ("TEKUN", "Support for the destitute"),
                            ("SCHOOL_AID", "Aid for pupils of poor families"),
                            ("BOARDING_AID", "Living aid for boarding pupils"),
                            ("MEDICAL_AID", "Medical assistance"),
                            ("DISABILITY_LIVING", "Living subsidy for the disabled in hardship"),
                            ("DISABILITY_CARE", "Care subsidy for the severely disabled"),
                            ("REHABILITATION", "Rehabilitation for disabled children"),
                            ("TEMPORARY_AID", "Temporary assistance"),
                        ],
                        max_length=18,
                        verbose_name="benefit",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("FULL", "In full"),
                            ("ELIGIBLE_NOT_GIVEN", "Eligible, not given"),
                            ("PARTIAL", "Given, short"),
                            ("NOT_ELIGIBLE", "Not eligible"),
                            ("OTHER", "Other"),
                        ],
                        max_length=18,
                        verbose_name="how it stands",
                    ),
                ),
                (
                    "monthly",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="arrives in a month"
                    ),
                ),
                (
                    "due",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="due in a month"
                    ),
                ),
                (
                    "received_from",
                    models.DateField(blank=True, null=True, verbose_name="arrives since"),
                ),
                (
                    "asked",
                    models.CharField(blank=True, max_length=80, verbose_name="who was asked"),
                ),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="ask again on")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.organisation",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="benefits",
                        to="people.child",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["child", "until_on"], name="benefits_of_child"),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ("ELIGIBLE_NOT_GIVEN", "PARTIAL")),
                            ("until_on__isnull", True),
                        ),
                        fields=["child"],
                        name="benefits_not_arriving",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="benefit_in_order",
                        violation_error_message="The last day lies before the first.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("child", "benefit"),
                        name="benefit_once_at_a_time",
                        violation_error_message="This benefit was asked about already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "PARTIAL"), _negated=True),
                            ("monthly__isnull", True),
                            ("due__isnull", True),
                            ("monthly__lt", models.F("due")),
                            _connector="OR",
                        ),
                        name="benefit_short_is_less_than_due",
                        violation_error_message="What arrives short is less than what is due.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeclinedSuggestion",
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
                    "category",
                    models.CharField(
                        choices=[
                            ("ORPHAN", "Orphan"),
                            ("DE_FACTO_UNSUPPORTED", "De facto unsupported child"),
                            ("LEFT_BEHIND", "Left-behind child"),
                            ("MIGRANT", "Migrant child"),
                            ("DIFF_ECONOMIC", "Child in hardship: family poverty"),
                            ("DIFF_SELF", "Child in hardship: own disability or illness"),
                            ("DIFF_GUARDIAN", "Child in hardship: absent or improper guardianship"),
                            ("STREET", "Street child / child begging"),
                            ("ABUSED", "Child harmed or suspected harmed"),
                            (
                                "PARENT_IN_CUSTODY",
                                "Child of prisoner or of person in compulsory detox",
                            ),
                            ("COURT_CORRECTION", "Child in community correction or diversion"),
                            ("BEHAVIOUR", "Child with (serious) misconduct"),
                            ("BOARDING_LEFT", "Rural boarding child"),
                            ("TEMP_EMERGENCY", "Child in hardship after an emergency"),
                            ("OTHER", "Other"),
                        ],
                        max_length=20,
                        verbose_name="category",
                    ),
                ),
                ("rule", models.CharField(max_length=40, verbose_name="suggested by")),
                ("facts", models.CharField(editable=False, max_length=32)),
                ("reason", tonghu.kernel.encryption.EncryptedTextField(verbose_name="reason")),
                ("declined_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.organisation",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="declined",
                        to="people.child",
                    ),
                ),
                (
                    "declined_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at__isnull", True)),
                        fields=("child", "rule", "facts"),
                        name="suggestion_declined_once",
                        violation_error_message="This suggestion was declined already.",
                    )
                ],
            },
        ),
        lock_rows("people_benefitcheck", "people_declinedsuggestion"),
    ]
