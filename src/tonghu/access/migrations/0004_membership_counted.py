"""Let the count of a list of colleagues read an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_rows_kept_apart"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="membership",
            name="membership_by_agency",
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["agency", "id", "account"], name="membership_counted"),
        ),
    ]
