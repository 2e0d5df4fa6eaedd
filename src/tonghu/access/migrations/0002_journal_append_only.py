"""The database itself refuses to change or delete a row of the journal."""

from django.db import migrations

SQLITE = (
    """CREATE TRIGGER access_journalrow_no_update BEFORE UPDATE ON access_journalrow
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER access_journalrow_no_delete BEFORE DELETE ON access_journalrow
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
)
SQLITE_BACK = (
    "DROP TRIGGER access_journalrow_no_update",
    "DROP TRIGGER access_journalrow_no_delete",
)
POSTGRESQL = (
    """CREATE FUNCTION access_journal_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$""",
    """CREATE TRIGGER access_journalrow_append_only
       BEFORE UPDATE OR DELETE ON access_journalrow
       FOR EACH ROW EXECUTE FUNCTION access_journal_append_only()""",
    """CREATE TRIGGER access_journalrow_no_truncate BEFORE TRUNCATE ON access_journalrow
       FOR EACH STATEMENT EXECUTE FUNCTION access_journal_append_only()""",
)
POSTGRESQL_BACK = (
    "DROP TRIGGER access_journalrow_no_truncate ON access_journalrow",
    "DROP TRIGGER access_journalrow_append_only ON access_journalrow",
    "DROP FUNCTION access_journal_append_only()",
)


def _run(sqlite, postgresql):
    def run(apps, schema_editor):
        vendor = schema_editor.connection.vendor
        for statement in sqlite if vendor == "sqlite" else postgresql:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("access", "0001_accounts_and_journal")]
    operations = [
        migrations.RunPython(_run(SQLITE, POSTGRESQL), _run(SQLITE_BACK, POSTGRESQL_BACK))
    ]
