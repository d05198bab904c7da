"""What was asked becomes answers to questions, and an application may come to several papers."""

import django.db.models.deletion
from django.db import migrations, models

from dekat.cases.offered.entry import ServiceCode
from dekat.cases.states import PaperState, State


def keep(apps, schema_editor):
    """Carry what stood in columns over."""
    application = apps.get_model("cases", "Application")
    paper = apps.get_model("cases", "ApplicationPaper")
    for row in application.objects.iterator():
        said = {"element": row.element, "new_value": row.new_value}
        row.answers = {key: value for key, value in said.items() if value}
        row.save(update_fields=["answers"])
        if row.document_id:
            state = row.state if row.state in PaperState.values else PaperState.ISSUED
            paper.objects.create(document_id=row.document_id, application=row, number=1, state=state)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.AddField("application", "answers", models.JSONField(default=dict)),
        migrations.AddField("application", "decision", models.JSONField(default=dict)),
        migrations.CreateModel(
            name="ApplicationPaper",
            fields=[
                ("document_id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("state", models.CharField(choices=PaperState.choices, default="ISSUED", max_length=12)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="cases.application"
                    ),
                ),
            ],
            options={"ordering": ["application_id", "number"]},
        ),
        migrations.AddConstraint(
            "applicationpaper",
            models.UniqueConstraint(fields=["application", "number"], name="cases_paper_one_per_number"),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint("application", "cases_application_issued_has_document"),
        migrations.RemoveField("application", "document_id"),
        migrations.RemoveField("application", "element"),
        migrations.RemoveField("application", "new_value"),
        migrations.AlterField("application", "service", models.CharField(choices=ServiceCode.choices, max_length=20)),
        migrations.AlterField("application", "state", models.CharField(choices=State.choices, max_length=12)),
        migrations.AlterField("applicationstep", "state", models.CharField(choices=State.choices, max_length=12)),
    ]
