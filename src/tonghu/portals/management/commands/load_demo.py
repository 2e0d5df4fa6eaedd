"""Make the demonstration's data folder, its tables and its people; print the cast."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from tonghu.access.models import Organisation
from tonghu.kernel import clock
from tonghu.kernel.checks import Grade
from tonghu.portals.demo.checks import kept_apart
from tonghu.portals.demo.loading import cast_list, load


class Command(BaseCommand):
    """Load the made-up agency."""

    help = "Load the made-up agency (demo mode only)."
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring the tables up, enter the agency once, print who is in it."""
        if not settings.DEMO:
            raise CommandError("The made-up agency exists in demo mode only (TONGHU_DEMO=1).")
        if Organisation._meta.db_table in connection.introspection.table_names():
            verdict = kept_apart()
            if verdict.grade is Grade.REFUSED:
                raise CommandError(f"{verdict.words} {verdict.mend}")
        call_command("migrate", verbosity=0)
        load(clock.now())
        for one in cast_list():
            self.stderr.write(
                f"  {one['login']:11} {one['password']}   {one['name']} · {one['role_name']}"
            )
        self.stderr.write("  One press each: /demo/")
