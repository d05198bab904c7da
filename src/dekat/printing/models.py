from django.db import models

from dekat.printing.states import Collector, Condition, CopyReason, Doubt, PrintState, SpoilReason, Waiting


class PrintJob(models.Model):
    """One pass of one document through one printer.

    Facts: `pages` is how many sheets it should be. `document_sent_at` is written before the first byte of the document
    leaves: without it no sheet can exist. `spoiled_sheets` and `double_sheets` are what came out and was written off.
    A row that `is_watched` was in doubt once, so the printer may still bring it out; `late_at` says that it did, seen
    by a claim above `claimed_sheets`, which is what the printer said before.
    """

    id = models.UUIDField(primary_key=True)
    document_id = models.UUIDField()
    kecamatan = models.CharField(max_length=8)
    state = models.CharField(max_length=12, choices=PrintState.choices, default=PrintState.QUEUED)
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    pages = models.PositiveSmallIntegerField(default=1)
    copy_reason = models.CharField(max_length=12, choices=CopyReason.choices, blank=True, default="")
    sending_at = models.DateTimeField(null=True)
    printer_uuid = models.CharField(max_length=80, blank=True, default="")
    printer_serial = models.CharField(max_length=60, blank=True, default="")
    printer_started_at = models.DateTimeField(null=True)
    job_number = models.PositiveIntegerField(null=True)
    document_sent_at = models.DateTimeField(null=True)
    waiting = models.CharField(max_length=8, choices=Waiting.choices, blank=True, default="")
    doubt = models.CharField(max_length=12, choices=Doubt.choices, blank=True, default="")
    is_watched = models.BooleanField(default=False)
    claimed_sheets = models.PositiveSmallIntegerField(default=0)
    late_at = models.DateTimeField(null=True)
    spoiled_sheets = models.PositiveSmallIntegerField(default=0)
    double_sheets = models.PositiveSmallIntegerField(default=0)
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
                condition=~models.Q(state__in=["SPOILED", "CANCELLED", "COLLECTED"]),
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
