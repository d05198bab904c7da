from django.db import migrations


class Migration(migrations.Migration):
    """The second half: it changes the table in which a station's packets stand."""

    dependencies = [("later", "0001_add_a_table"), ("sync", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE sync_outitem ADD COLUMN later_note varchar(9) NOT NULL DEFAULT ''",
            "ALTER TABLE sync_outitem DROP COLUMN later_note",
        )
    ]
