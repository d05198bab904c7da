from django.db import models

from dekat.printing.states import Collector, Condition, PrintState, SpoilReason


class PrintJob(models.Model):
    """One sheet (or set of sheets) of one document on its way through one printer."""

    id = models.UUIDField(primary_key=True)
    document_id = models.UUIDField()
    kecamatan = models.CharField(max_length=8)
    state = models.CharField(max_length=12, choices=PrintState.choices, default=PrintState.QUEUED)
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True)
    printer_uuid = models.CharField(max_length=80, blank=True, default="")
    printer_serial = models.CharField(max_length=60, blank=True, default="")
    printer_started_at = models.DateTimeField(null=True)
    job_number = models.PositiveIntegerField(null=True)
    out_at = models.DateTimeField(null=True)
    printed_at = models.DateTimeField(null=True)
    spoil_reason = models.CharField(max_length=12, choices=SpoilReason.choices, blank=True, default="")
    collected_at = models.DateTimeField(null=True)
    collector = models.CharField(max_length=10, choices=Collector.choices, blank=True, default="")
    receiver_name = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="printing_job_one_living_sheet",
                fields=["document_id"],
                condition=~models.Q(state__in=["SPOILED", "CANCELLED"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.state}"


class PrinterSeen(models.Model):
    """How the station's printer was when the worker last looked; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    condition = models.CharField(max_length=12, choices=Condition.choices)
    name = models.CharField(max_length=120, blank=True, default="")
    serial = models.CharField(max_length=60, blank=True, default="")
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.condition
