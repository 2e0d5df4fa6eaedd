"""Assessments, scores and guardianship capacity are locked to their agency on PostgreSQL."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_assessments")]
    operations = [
        lock_rows(
            "casework_assessment",
            "casework_assessedneed",
            "casework_instrumentscore",
            "casework_capacityassessment",
            "casework_capacityscore",
        )
    ]
