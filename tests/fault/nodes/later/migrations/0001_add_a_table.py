from django.db import migrations, models


class Migration(migrations.Migration):
    """The first half of what a later release brings."""

    initial = True

    operations = [
        migrations.CreateModel(
            name="Thing",
            fields=[("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=9))],
        )
    ]
