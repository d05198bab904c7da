from django.db import models

from dekat.national.statuses import Domicile, NumberKind, Status


class Submission(models.Model):
    """One recording on its way through the national centre; `id` is the recording's id.

    Facts: `look` is what the regency's own judge found in the opened packet, empty until it looked.
    """

    id = models.UUIDField(primary_key=True)
    packet_id = models.UUIDField(unique=True)
    tracking_code = models.CharField(max_length=20, unique=True)
    kecamatan = models.CharField(max_length=8)
    resident_id = models.UUIDField()
    content_sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=30, choices=Status.choices)
    status_since = models.DateTimeField()
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    earlier_recording = models.UUIDField(null=True)
    supplement_of = models.UUIDField(null=True)
    card_from = models.DateField(null=True)
    national_receipt = models.JSONField(null=True)
    look = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["status", "status_since"], name="national_submission_queue"),
            models.Index(fields=["resident_id"], name="national_submission_resident"),
        ]


class StatusChange(models.Model):
    """One hop, never altered."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="changes")
    status = models.CharField(max_length=30, choices=Status.choices)
    at = models.DateTimeField()
    said_by = models.CharField(max_length=40)
    event_id = models.UUIDField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "status", "at"], name="national_status_said_once"),
        ]


class DomicileCase(models.Model):
    """What somebody who was recorded twice chose to keep, and until when the office has to pass it on."""

    submission = models.OneToOneField(Submission, primary_key=True, on_delete=models.PROTECT, related_name="domicile")
    choice = models.CharField(max_length=10, choices=Domicile.choices)
    chosen_at = models.DateTimeField()
    due_at = models.DateTimeField()
    passed_on_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_at", "submission"]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.choice}"


class NumberRequest(models.Model):
    """One question for a number. `reference` is the asker's; `facts` are kept only until the number is given."""

    reference = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=12, choices=NumberKind.choices)
    kecamatan = models.CharField(max_length=8)
    facts = models.JSONField()
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    number = models.CharField(max_length=16, null=True)  # null: not given yet  # noqa: DJ001
    given_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "reference"]
        constraints = [
            models.UniqueConstraint(name="national_number_given_once", fields=["kind", "number"]),
            models.CheckConstraint(
                name="national_number_given_with_its_instant",
                condition=models.Q(number__isnull=True, given_at__isnull=True)
                | models.Q(number__isnull=False, given_at__isnull=False, sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
