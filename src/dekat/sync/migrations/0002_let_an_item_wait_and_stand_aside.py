from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sync", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("digest", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("item_id", models.UUIDField()),
                (
                    "wish",
                    models.CharField(choices=[("LET_IN", "Proses"), ("CLOSE", "Tutup tanpa diproses")], max_length=10),
                ),
                ("reason", models.CharField(max_length=300)),
                ("asked_by", models.CharField(max_length=80)),
                ("asked_at", models.DateTimeField()),
                ("decided_by", models.CharField(blank=True, default="", max_length=80)),
                ("decided_at", models.DateTimeField(null=True)),
                ("is_done", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["asked_at", "digest"],
            },
        ),
        migrations.AddField(
            model_name="outitem",
            name="aside_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="outitem",
            name="attempts",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="outitem",
            name="next_at",
            field=models.DateTimeField(null=True),
        ),
    ]
