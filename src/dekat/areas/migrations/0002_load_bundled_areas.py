from django.db import migrations

from dekat.areas import files


def load(apps, schema_editor):
    """Load what ships with the product; may run again."""
    models = ("Province", "Regency", "District", "Village")
    parents = (None, "province_id", "regency_id", "district_id")
    for folder in files.BUNDLED_FOLDERS:
        for level, (model, parent) in enumerate(zip(models, parents, strict=True)):
            for code, above, name in files.lines(folder, level):
                facts = {"name": name} | ({parent: above} if parent else {})
                if level == 3:
                    facts["kind"] = files.kind_of(code)
                apps.get_model("areas", model).objects.update_or_create(code=code, defaults=facts)
    for line in files.aliases():
        facts = {key: value for key, value in line.__dict__.items() if key not in ("code", "name")}
        apps.get_model("areas", "Alias").objects.update_or_create(code=line.code, name=line.name, defaults=facts)


class Migration(migrations.Migration):
    dependencies = [("areas", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
