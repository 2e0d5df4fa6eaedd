"""The consents and suspensions of each agency are locked to it on PostgreSQL."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [("people", "0008_consents")]
    operations = [lock_rows("people_consent", "people_guardiansuspension")]
