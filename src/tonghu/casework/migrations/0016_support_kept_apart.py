"""Maps of support and their ties are locked to their agency on PostgreSQL."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [("casework", "0015_support")]
    operations = [lock_rows("casework_supportmap", "casework_supporttie")]
