"""On PostgreSQL the database keeps the papers and pictures of agencies apart."""

from django.db import migrations

from tonghu.kernel.tenancy import lock_rows


class Migration(migrations.Migration):
    dependencies = [("attachments", "0001_attachments")]
    operations = [lock_rows("attachments_attachment", "attachments_attachmentcontent")]
