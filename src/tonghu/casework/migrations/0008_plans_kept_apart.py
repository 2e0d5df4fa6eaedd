"""Plans, reviews, closings and follow-ups are locked to their agency on PostgreSQL."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [("casework", "0007_plans")]
    operations = [
        lock_rows(
            "casework_plan",
            "casework_goal",
            "casework_planaction",
            "casework_signature",
            "casework_safetyplan",
            "casework_goalrating",
            "casework_contactgoal",
            "casework_stagereview",
            "casework_closure",
            "casework_followup",
        )
    ]
