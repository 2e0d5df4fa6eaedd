"""SQLite finds children by the keys that were typed, not by walking all files of the agency."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0003_rows_kept_apart"), ("people", "0002_rows_kept_apart")]
    operations = [
        migrations.RemoveConstraint(model_name="child", name="child_number_once"),
        migrations.AlterField(
            model_name="child",
            name="agency",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="child",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="people.child",
            ),
        ),
        migrations.AddIndex(
            model_name="child",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="child_merged",
            ),
        ),
        migrations.AddConstraint(
            model_name="child",
            constraint=models.UniqueConstraint(
                fields=("number", "agency"), name="child_number_once"
            ),
        ),
    ]
