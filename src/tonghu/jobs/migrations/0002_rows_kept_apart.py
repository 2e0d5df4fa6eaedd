"""On PostgreSQL the database keeps the jobs of agencies apart (the second lock)."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_jobs")]
    operations = [lock_rows("jobs_job")]
