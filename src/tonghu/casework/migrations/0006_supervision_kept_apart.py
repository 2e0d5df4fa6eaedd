"""Supervision is locked to its agency on PostgreSQL."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_supervision")]
    operations = [
        lock_rows(
            "casework_supervisionnote",
            "casework_supervisedcase",
            "casework_supervisiontask",
        )
    ]
