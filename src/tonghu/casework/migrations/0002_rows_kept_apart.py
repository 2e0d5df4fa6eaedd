"""Cases and what belongs to them are locked to their agency on PostgreSQL."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_casework")]
    operations = [
        lock_rows(
            "casework_case",
            "casework_casechild",
            "casework_casestep",
            "casework_riskfinding",
            "casework_submission",
            "casework_marginnote",
        )
    ]
