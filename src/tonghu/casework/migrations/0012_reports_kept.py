"""Reports of harm are locked to their agency, and no door deletes one or moves its clock."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows

WORDS = "a report of harm is answered, never deleted or dated anew"
SQLITE = (
    f"""CREATE TRIGGER casework_harmreport_stays BEFORE DELETE ON casework_harmreport
       BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
    f"""CREATE TRIGGER casework_harmreport_clock BEFORE UPDATE ON casework_harmreport
       WHEN NEW.found_at IS NOT OLD.found_at OR NEW.recorded_at IS NOT OLD.recorded_at
         OR (OLD.answered_at IS NOT NULL AND NEW.answered_at IS NULL)
         OR (OLD.reported_at IS NOT NULL AND NEW.reported_at IS NULL)
       BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
)
SQLITE_BACK = (
    "DROP TRIGGER casework_harmreport_stays",
    "DROP TRIGGER casework_harmreport_clock",
)
POSTGRESQL = (
    f"""CREATE FUNCTION casework_harmreport_stays() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$""",
    """CREATE TRIGGER casework_harmreport_stays BEFORE DELETE ON casework_harmreport
       FOR EACH ROW EXECUTE FUNCTION casework_harmreport_stays()""",
    """CREATE TRIGGER casework_harmreport_clock BEFORE UPDATE ON casework_harmreport
       FOR EACH ROW WHEN (NEW.found_at IS DISTINCT FROM OLD.found_at
         OR NEW.recorded_at IS DISTINCT FROM OLD.recorded_at
         OR (OLD.answered_at IS NOT NULL AND NEW.answered_at IS NULL)
         OR (OLD.reported_at IS NOT NULL AND NEW.reported_at IS NULL))
       EXECUTE FUNCTION casework_harmreport_stays()""",
)
POSTGRESQL_BACK = (
    "DROP TRIGGER casework_harmreport_clock ON casework_harmreport",
    "DROP TRIGGER casework_harmreport_stays ON casework_harmreport",
    "DROP FUNCTION casework_harmreport_stays()",
)


def _run(sqlite, postgresql):
    def run(apps, schema_editor):
        vendor = schema_editor.connection.vendor
        for statement in sqlite if vendor == "sqlite" else postgresql:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("casework", "0011_reports_of_harm")]
    operations = [
        migrations.RunPython(_run(SQLITE, POSTGRESQL), _run(SQLITE_BACK, POSTGRESQL_BACK)),
        lock_rows(
            "casework_harmreport",
            "casework_reportevent",
            "casework_reporteridentity",
        ),
    ]
