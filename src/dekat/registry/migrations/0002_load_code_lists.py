from django.db import migrations

from dekat.registry.code_lists import entries


def load(apps, schema_editor):
    """Load the code lists that ship with the product; may run again."""
    for key, facts in entries():
        apps.get_model("registry", "Code").objects.update_or_create(**key, defaults=facts)


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
