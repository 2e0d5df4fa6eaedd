"""The rows of each agency's merges are locked to it on PostgreSQL."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [("people", "0010_files_brought_together")]
    operations = [lock_rows("people_merge")]
