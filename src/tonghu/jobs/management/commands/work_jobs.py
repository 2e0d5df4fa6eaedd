"""The background worker: takes back, expires, runs; ends when there is nothing to do."""

import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django_tasks_db.models import DBTaskResult

from tonghu.jobs.tasks import expire_files, take_back_silent
from tonghu.kernel import clock
from tonghu.kernel.daily import do_what_is_due


class Command(BaseCommand):
    """Run waiting jobs one after the other."""

    help = "Run the long work that waits; ends after the given seconds without any."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how long to wait for more."""
        parser.add_argument("--until-idle", type=float, default=0, metavar="SECONDS")

    def handle(self, *args: Any, until_idle: float, **options: Any) -> None:
        """Work until nothing has been waiting for ``until_idle`` seconds."""
        idle_since = time.monotonic()
        while True:
            at = clock.now()
            take_back_silent(at)
            expire_files(at)
            do_what_is_due(at)
            if DBTaskResult.objects.ready().exists():
                call_command("db_worker", batch=True, startup_delay=False, interval=0)
                idle_since = time.monotonic()
            if time.monotonic() - idle_since >= until_idle:
                return
            time.sleep(1)
