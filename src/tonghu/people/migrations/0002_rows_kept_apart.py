"""On PostgreSQL the database keeps the children of agencies apart (the second lock)."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [("people", "0001_people")]
    operations = [
        lock_rows(
            "people_carespan",
            "people_categoryspan",
            "people_child",
            "people_guardianship",
            "people_household",
            "people_householdmember",
            "people_hukouspan",
            "people_identitynumber",
            "people_kinship",
            "people_parentstatusspan",
            "people_person",
            "people_personname",
            "people_phone",
            "people_place",
            "people_residencespan",
            "people_schoolspan",
            "people_searchkey",
        )
    ]
