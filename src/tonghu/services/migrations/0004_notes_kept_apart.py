"""Notes of each agency are locked to it on PostgreSQL."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [("services", "0003_safety_and_notes")]
    operations = [lock_rows("services_note")]
