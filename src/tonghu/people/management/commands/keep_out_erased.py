"""Erase again whoever an older copy of the database brought back; done before each start."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from tonghu.kernel import clock
from tonghu.kernel.keyring import KeyMissing
from tonghu.people.daily import erase_who_came_back


class Command(BaseCommand):
    """Hold the children of this database against the list of those who were erased."""

    help = "Erase again whoever an older copy of the database brought back."
    requires_migrations_checks = False
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase them; tables that are not up to date are left to ``tonghu migrate``."""
        try:
            number = erase_who_came_back(clock.now())
        except (DatabaseError, KeyMissing):
            return  # doctor names what is wrong, and refuses the start
        if number:
            self.stderr.write(f"{number} erased files had come back with this copy and are gone.")
