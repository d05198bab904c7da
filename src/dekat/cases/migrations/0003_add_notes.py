import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_questions_and_papers")]

    operations = [
        migrations.CreateModel(
            name="ApplicationNote",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=500)),
                ("actor", models.CharField(max_length=80)),
                ("noted_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="cases.application"
                    ),
                ),
            ],
            options={"ordering": ["noted_at", "id"]},
        ),
    ]
