from django.db import models

from dekat.cases.catalogue import ServiceCode
from dekat.cases.states import Channel, PaperState, State


class Application(models.Model):
    """What one resident asked for. `resident_id` is empty when NIK and nomor KK name nobody together.

    Facts: `answers` are the applicant's by the key of the question, `decision` the office's.
    """

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=12, unique=True)
    service = models.CharField(max_length=20, choices=ServiceCode.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    node = models.CharField(max_length=40)
    kecamatan = models.CharField(max_length=8, blank=True, default="")
    resident_id = models.UUIDField(null=True)
    family_id = models.UUIDField(null=True)
    stated_nik = models.CharField(max_length=16)
    stated_family_card_no = models.CharField(max_length=16)
    phone = models.CharField(max_length=20, blank=True, default="")
    answers = models.JSONField(default=dict)
    decision = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices)
    approved_by = models.CharField(max_length=80, blank=True, default="")
    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["submitted_at", "id"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="cases_application_queue")]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class ApplicationStep(models.Model):
    """One arrival at a state. Rows are only ever added."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    office = models.CharField(max_length=40)
    reason = models.CharField(max_length=30, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["application_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="cases_step_one_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.number} {self.state}"


class ApplicationNote(models.Model):
    """What an officer noted for the colleagues; residents never see it. Rows are only ever added."""

    id = models.UUIDField(primary_key=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notes")
    text = models.CharField(max_length=500)
    actor = models.CharField(max_length=80)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["noted_at", "id"]

    def __str__(self) -> str:
        return str(self.id)


class ApplicationPaper(models.Model):
    """One paper that an application came to, by the id of its document, or of its card.

    Facts: `receiver` is who signed for a paper that this office handed over itself; a station keeps its own.
    """

    document_id = models.UUIDField(primary_key=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=PaperState.choices, default=PaperState.ISSUED)
    receiver = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        ordering = ["application_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="cases_paper_one_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.number} {self.state}"


class Attachment(models.Model):
    """A picture of an original, already re-encoded without its camera's data."""

    id = models.UUIDField(primary_key=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="attachments")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return str(self.id)
