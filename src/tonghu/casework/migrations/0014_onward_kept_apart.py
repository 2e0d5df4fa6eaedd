"""Referrals, handovers, incidents and conferences are locked to their agency on PostgreSQL."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [("casework", "0013_onward_and_over")]
    operations = [
        lock_rows(
            "casework_referral",
            "casework_referralstep",
            "casework_handover",
            "casework_incident",
            "casework_incidentnotice",
            "casework_conference",
            "casework_conferencemember",
            "casework_conferencedecision",
        )
    ]
