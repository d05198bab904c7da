from pathlib import Path

from django.db import migrations

from dekat.sync import migrations as ours

# A later release comes after everything that this one has.
NEWEST = max(path.stem for path in Path(ours.__path__[0]).glob("[0-9]*.py"))


class Migration(migrations.Migration):
    """The second half: it changes the table in which a station's packets stand."""

    dependencies = [("later", "0001_add_a_table"), ("sync", NEWEST)]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE sync_outitem ADD COLUMN later_note varchar(9) NOT NULL DEFAULT ''",
            "ALTER TABLE sync_outitem DROP COLUMN later_note",
        )
    ]
