from django.db import models
from django.db.models import Q

from dekat.enrolment.states import Absence, Background, Domicile, Place, Purpose, Reason, Ruling, Status, Step

MISSING_HASH = ""


class Recording(models.Model):
    """One resident's recording. `biodata` and everything captured is emptied by the seal; the rest stays.

    Facts: a practice recording (`is_practice`) is of somebody who does not exist and can never become a packet.
    `owed` are positions still to come, until `owed_by`; of a supplement they are what it shall bring. `elsewhere` is
    what only the resident's own KK says. `card_from` is the day from which a card may be printed, None when at once.
    """

    id = models.UUIDField(primary_key=True)
    resident_id = models.CharField(max_length=40)
    kecamatan = models.CharField(max_length=8)
    operator_id = models.UUIDField()
    competence = models.CharField(max_length=80, blank=True, default="")
    is_practice = models.BooleanField(default=False)
    domicile = models.CharField(max_length=10, choices=Domicile.choices, default=Domicile.HERE)
    place = models.CharField(max_length=10, choices=Place.choices, default=Place.COUNTER)
    step = models.CharField(max_length=15, choices=Step.choices, default=Step.BIODATA)
    background = models.CharField(max_length=8, choices=Background.choices)
    elsewhere = models.JSONField(default=dict)
    supplement_of = models.UUIDField(null=True)
    owed = models.JSONField(default=list)
    owed_by = models.DateField(null=True)
    card_from = models.DateField(null=True)
    biodata = models.JSONField(default=dict)
    corrections = models.JSONField(default=list)
    is_biodata_confirmed = models.BooleanField(default=False)
    photo_approved_at = models.DateTimeField(null=True)
    last_hash = models.CharField(max_length=128, blank=True, default=MISSING_HASH)
    code = models.CharField(max_length=12, unique=True)
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=30, default=Status.BIO_CAPTURED)
    status_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="enrolment_recording_sealed_has_instant",
                condition=~Q(step="SEALED") | Q(sealed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="enrolment_recording_practice_is_never_sealed",
                condition=~Q(is_practice=True, step="SEALED"),
            ),
            models.UniqueConstraint(
                name="enrolment_recording_one_open_per_resident",
                fields=["resident_id"],
                condition=~Q(step__in=["SEALED", "DISCARDED"]),
            ),
        ]


class SavedStep(models.Model):
    """One committed save. Its id was made by the page, so the same press twice is one save."""

    id = models.UUIDField(primary_key=True)
    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="saves")
    step = models.CharField(max_length=15, choices=Step.choices)
    what = models.CharField(max_length=40)
    took_ms = models.PositiveBigIntegerField()
    saved_at = models.DateTimeField()


class StepCapture(models.Model):
    """The kept capture of one position; the database itself is encrypted, so these bytes are at rest too.

    Facts: `measures` are our own figures beside the device's `score`; `is_forced` marks the best of three weak tries.
    """

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="captures")
    position = models.CharField(max_length=20)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    image = models.BinaryField()
    preview = models.BinaryField()
    score = models.FloatField()
    wanted_score = models.FloatField()
    measures = models.JSONField(default=dict)
    tries = models.PositiveSmallIntegerField(default=1)
    is_forced = models.BooleanField(default=False)
    device_serial = models.CharField(max_length=80, blank=True, default="")
    device_make = models.CharField(max_length=80, blank=True, default="")
    device_model = models.CharField(max_length=80, blank=True, default="")
    spec_version = models.CharField(max_length=20, blank=True, default="")
    signed_jwt = models.TextField(blank=True, default="")
    previous_hash = models.CharField(max_length=128, blank=True, default="")
    hash_hex = models.CharField(max_length=128)
    captured_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="enrolment_capture_one_per_position", fields=["recording", "position", "purpose"]
            )
        ]


class ChainLink(models.Model):
    """Every capture the devices made, kept or not: without the replaced ones the hash chain would have holes."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="links")
    seq = models.PositiveIntegerField()
    position = models.CharField(max_length=20)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    device_serial = models.CharField(max_length=80)
    previous_hash = models.CharField(max_length=128, blank=True)
    hash_hex = models.CharField(max_length=128)
    score = models.FloatField()
    captured_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="enrolment_link_seq", fields=["recording", "seq"])]


class NotCaptured(models.Model):
    """Why one finger, eye, the face or the signature is absent, and who else saw it (None: not yet)."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="absences")
    position = models.CharField(max_length=20)
    state = models.CharField(max_length=16, choices=Absence.choices)
    reason = models.CharField(max_length=16, choices=Reason.choices)
    is_permanent = models.BooleanField()
    due_on = models.DateField(null=True)
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="enrolment_absence_one_per_position", fields=["recording", "position"])
        ]


class OfficerRuling(models.Model):
    """What another officer decided about the recording as a whole (None: asked for, not yet decided)."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="rulings")
    what = models.CharField(max_length=20, choices=Ruling.choices)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="enrolment_ruling_one_of_a_kind", fields=["recording", "what"])]


class Signature(models.Model):
    """The resident's signature as drawn: the strokes, and their picture."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="signature_rows")
    strokes = models.JSONField()
    png = models.BinaryField()
    measures = models.JSONField(default=dict)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="enrolment_signature_one", fields=["recording"])]
