from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sync", "0004_standing_of_stations"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerFeed",
            fields=[
                ("epoch", models.CharField(max_length=32, primary_key=True, serialize=False)),
            ],
        ),
    ]
