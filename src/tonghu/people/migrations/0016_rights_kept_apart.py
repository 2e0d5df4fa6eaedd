"""Erasures, holds and requests of each agency are locked to it on PostgreSQL."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [("people", "0015_rights")]
    operations = [
        lock_rows(
            "people_erasure",
            "people_erasuremark",
            "people_legalhold",
            "people_correctionrequest",
        )
    ]
