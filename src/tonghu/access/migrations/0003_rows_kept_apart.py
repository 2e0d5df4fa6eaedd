"""On PostgreSQL the database keeps the rows of agencies apart (the second lock)."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [("access", "0002_journal_append_only")]
    operations = [
        lock_rows(
            "access_breakglass",
            "access_closing",
            "access_duty",
            "access_invitation",
            "access_journalhead",
            "access_journalrow",
            "access_membership",
            "access_notice",
            "access_organisation",
            "access_proposal",
            "access_reason",
        )
    ]
