"""A table that cannot be written, for real: the database itself refuses each new row."""

from django.db import connection


def refuse(table: str, words: str) -> None:
    """Let the database refuse new rows of a table with these words."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE TRIGGER {table}_refused BEFORE INSERT ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
            )
            return
        cursor.execute(
            f"CREATE FUNCTION {table}_refused() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{words}'; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER {table}_refused BEFORE INSERT ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refused()"
        )


def accept(table: str) -> None:
    """Let the table take rows again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {table}_refused")
        else:
            cursor.execute(f"DROP TRIGGER {table}_refused ON {table}")
            cursor.execute(f"DROP FUNCTION {table}_refused()")
