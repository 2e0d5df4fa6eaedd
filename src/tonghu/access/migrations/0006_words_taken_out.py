"""Of a row of the journal, the sealed words can be taken out and nothing else be changed (R53)."""

from django.db import migrations, models

OTHERS = [
    "id",
    "agency_id",
    "seq",
    "event",
    "act",
    "at",
    "made_at",
    "account_id",
    "membership_id",
    "role",
    "device_id",
    "subject_kind",
    "subject_id",
    "about_id",
    "fields",
    "sealed_digest",
    "op_id",
    "content",
    "previous",
    "hash",
]
SAME = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in OTHERS)
SQLITE = (
    "DROP TRIGGER IF EXISTS access_journalrow_no_update",
    "DROP TRIGGER IF EXISTS access_journalrow_no_delete",
    f"""CREATE TRIGGER access_journalrow_no_update BEFORE UPDATE ON access_journalrow
        WHEN NOT (NEW.sealed = '' AND OLD.sealed_digest <> '' AND {SAME})
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER access_journalrow_no_delete BEFORE DELETE ON access_journalrow
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
)
POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION access_journal_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN
         IF TG_OP = 'UPDATE' THEN
           IF NEW.sealed = '' AND OLD.sealed_digest <> ''
              AND to_jsonb(NEW) - 'sealed' = to_jsonb(OLD) - 'sealed' THEN
             RETURN NEW;
           END IF;
         END IF;
         RAISE EXCEPTION 'the journal is append-only';
       END $$""",
)
SQLITE_BACK = (
    "DROP TRIGGER access_journalrow_no_update",
    """CREATE TRIGGER access_journalrow_no_update BEFORE UPDATE ON access_journalrow
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
)
POSTGRESQL_BACK = (
    """CREATE OR REPLACE FUNCTION access_journal_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$""",
)


def _run(sqlite, postgresql):
    def run(apps, schema_editor):
        vendor = schema_editor.connection.vendor
        for statement in sqlite if vendor == "sqlite" else postgresql:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("access", "0005_files_sealed")]
    operations = [
        migrations.AddField(
            model_name="journalrow",
            name="sealed_digest",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.RunPython(_run(SQLITE, POSTGRESQL), _run(SQLITE_BACK, POSTGRESQL_BACK)),
    ]
