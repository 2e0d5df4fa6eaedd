"""The rows of each agency's rosters are locked to it on PostgreSQL."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [("people", "0005_rosters")]
    operations = [
        lock_rows(
            "people_roster",
            "people_rosterfile",
            "people_rosterline",
            "people_rosterquestion",
            "people_rostersource",
        )
    ]
