"""What the law asks of entrusted care, fact by fact."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0013_categories_and_benefits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="carespan",
            name="child_heard",
            field=models.BooleanField(blank=True, null=True, verbose_name="the child was heard"),
        ),
        migrations.AddField(
            model_name="carespan",
            name="confirmed_on",
            field=models.DateField(
                blank=True, null=True, verbose_name="entrusted care confirmed in writing"
            ),
        ),
        migrations.AddField(
            model_name="carespan",
            name="contact_asked_on",
            field=models.DateField(blank=True, null=True, verbose_name="contact last asked about"),
        ),
        migrations.AddField(
            model_name="carespan",
            name="contact_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("VIDEO", "Video call"),
                    ("PHONE", "Telephone"),
                    ("MESSAGE", "Messages"),
                    ("VISIT", "They come home"),
                ],
                max_length=7,
                verbose_name="how they are in contact",
            ),
        ),
        migrations.AddField(
            model_name="carespan",
            name="fitness_asked",
            field=models.CharField(
                blank=True, max_length=80, verbose_name="who was asked about it"
            ),
        ),
        migrations.AddField(
            model_name="carespan",
            name="fitness_checked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="carespan",
            name="fitness_checked_on",
            field=models.DateField(blank=True, null=True, verbose_name="fitness checked on"),
        ),
        migrations.AddField(
            model_name="carespan",
            name="has_failed",
            field=models.BooleanField(
                blank=True, null=True, verbose_name="whether care failed before"
            ),
        ),
        migrations.AddField(
            model_name="carespan",
            name="has_harmed",
            field=models.BooleanField(
                blank=True, null=True, verbose_name="whether a child was harmed"
            ),
        ),
        migrations.AddField(
            model_name="carespan",
            name="is_able",
            field=models.BooleanField(
                blank=True, null=True, verbose_name="whether adult and able to care"
            ),
        ),
        migrations.AddField(
            model_name="carespan",
            name="is_addicted",
            field=models.BooleanField(
                blank=True, null=True, verbose_name="whether drugs, drink or gambling"
            ),
        ),
        migrations.AddField(
            model_name="carespan",
            name="is_otherwise_unfit",
            field=models.BooleanField(
                blank=True, null=True, verbose_name="whether otherwise not fit"
            ),
        ),
    ]
