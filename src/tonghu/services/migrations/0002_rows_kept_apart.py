"""Contacts, drafts and appointments of each agency are locked to it on PostgreSQL."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [("services", "0001_services")]
    operations = [
        lock_rows(
            "services_contact",
            "services_contactchild",
            "services_reflection",
            "services_appointment",
            "services_draft",
        )
    ]
