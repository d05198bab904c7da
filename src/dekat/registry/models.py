from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from dekat.registry.states import (
    BlockState,
    CertificateKind,
    ChangeCause,
    CorrectionKind,
    CorrectionState,
    ResidentState,
    Sex,
    VersionReason,
)

HEAD = "1"  # code of KEPALA KELUARGA in the list RELATION


class Family(models.Model):
    """A family and where it lives. Its head is the member whose relation is KEPALA KELUARGA."""

    id = models.UUIDField(primary_key=True)
    family_card_no = models.CharField(max_length=16, unique=True)
    address = models.CharField(max_length=160)
    rt = models.CharField(max_length=3)
    rw = models.CharField(max_length=3)
    hamlet = models.CharField(max_length=80, blank=True, default="")
    village = models.CharField(max_length=13)
    kecamatan = models.CharField(max_length=8, db_index=True)
    postal_code = models.CharField(max_length=5, blank=True, default="")
    version_no = models.PositiveIntegerField(default=1)
    version_from = models.DateTimeField()
    version_reason = models.CharField(max_length=20, choices=VersionReason.choices)
    version_cause = models.UUIDField(null=True)  # the application or import that began this version
    revision = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="registry_family_village_in_kecamatan", condition=Q(village__startswith=F("kecamatan"))
            ),
            models.CheckConstraint(
                name="registry_family_card_no_sixteen", condition=Q(Exact(Length("family_card_no"), 16))
            ),
        ]


class Resident(models.Model):
    """A person in the register. Fingers, irises and signature are not here but in the sealed recording.

    Days are ISO text whose month and day may be `00`; coded values are codes of `Code`.
    """

    id = models.UUIDField(primary_key=True)
    nik = models.CharField(max_length=16, null=True, unique=True)  # null: waits for its NIK  # noqa: DJ001
    state = models.CharField(max_length=10, choices=ResidentState.choices, default=ResidentState.ACTIVE)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, null=True, on_delete=models.PROTECT, related_name="members")
    position = models.PositiveSmallIntegerField(default=0)
    relation = models.CharField(max_length=2)
    full_name = models.CharField(max_length=120)
    title_before = models.CharField(max_length=40, blank=True, default="")
    title_after = models.CharField(max_length=40, blank=True, default="")
    sex = models.CharField(max_length=6, choices=Sex.choices)
    birth_place = models.CharField(max_length=80)
    born_on = models.CharField(max_length=10)
    blood_type = models.CharField(max_length=2)
    religion = models.CharField(max_length=2)
    marital_status = models.CharField(max_length=2)
    married_on = models.CharField(max_length=10, blank=True, default="")
    divorced_on = models.CharField(max_length=10, blank=True, default="")
    education = models.CharField(max_length=2)
    occupation = models.CharField(max_length=3)
    disability = models.CharField(max_length=2, blank=True, default="")
    citizenship = models.CharField(max_length=3)
    passport_no = models.CharField(max_length=20, blank=True, default="")
    kitap_no = models.CharField(max_length=20, blank=True, default="")
    father_name = models.CharField(max_length=120, blank=True, default="")
    father_nik = models.CharField(max_length=16, blank=True, default="")
    mother_name = models.CharField(max_length=120, blank=True, default="")
    mother_nik = models.CharField(max_length=16, blank=True, default="")
    has_birth_certificate = models.BooleanField(default=False)
    birth_certificate_no = models.CharField(max_length=40, blank=True, default="")
    has_marriage_certificate = models.BooleanField(default=False)
    marriage_certificate_no = models.CharField(max_length=40, blank=True, default="")
    has_divorce_certificate = models.BooleanField(default=False)
    divorce_certificate_no = models.CharField(max_length=40, blank=True, default="")
    previous_address = models.CharField(max_length=240, blank=True, default="")
    protected_note = models.CharField(max_length=240, blank=True, default="")
    # The row of the last extract that wrote this person: an unchanged row is recognised without comparing columns.
    row_digest = models.BinaryField(max_length=16, default=b"")
    revision = models.PositiveBigIntegerField(default=0, db_index=True)

    class Meta:
        constraints = [
            # With the foreign key itself: everybody alive and here is in exactly one family.
            models.CheckConstraint(
                name="registry_resident_active_in_one_family",
                condition=~Q(state=ResidentState.ACTIVE) | Q(family__isnull=False),
            ),
            models.UniqueConstraint(
                name="registry_family_one_head", fields=["family"], condition=Q(relation=HEAD, family__isnull=False)
            ),
            models.CheckConstraint(
                name="registry_resident_nik_sixteen", condition=Q(nik__isnull=True) | Q(Exact(Length("nik"), 16))
            ),
            models.CheckConstraint(
                name="registry_resident_merged_names_whom",
                condition=Q(state=ResidentState.MERGED, merged_into__isnull=False)
                | (~Q(state=ResidentState.MERGED) & Q(merged_into__isnull=True)),
            ),
        ]


class FamilyCardVersion(models.Model):
    """What a family's card said, from when until when (exclusive; null: still). Only `valid_to` is ever written later.

    The first version of an imported family is written when it is first changed: until then the tables are its content.
    """

    id = models.UUIDField(primary_key=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    family_card_no = models.CharField(max_length=16)
    content = models.TextField()
    salt = models.BinaryField(max_length=16)
    digest = models.BinaryField(max_length=32)
    reason = models.CharField(max_length=20, choices=VersionReason.choices)
    change_id = models.UUIDField(null=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="registry_version_number_once", fields=["family", "number"]),
            models.UniqueConstraint(name="registry_version_once_per_change", fields=["change_id", "family"]),
            models.UniqueConstraint(
                name="registry_version_one_open", fields=["family"], condition=Q(valid_to__isnull=True)
            ),
        ]


class ElementChange(models.Model):
    """One element of one resident as it was before and after a change."""

    id = models.UUIDField(primary_key=True)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="changes")
    element = models.CharField(max_length=40)
    before = models.CharField(max_length=240)
    after = models.CharField(max_length=240)
    cause = models.CharField(max_length=12, choices=ChangeCause.choices)
    cause_id = models.UUIDField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="registry_change_once_per_cause", fields=["cause_id", "resident", "element"])
        ]


class Correction(models.Model):
    """What one officer proposed to correct and another confirmed; `facts` say what, `reason` why in their words."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=10, choices=CorrectionKind.choices)
    state = models.CharField(max_length=10, choices=CorrectionState.choices, default=CorrectionState.PROPOSED)
    facts = models.JSONField()
    reason = models.CharField(max_length=240)
    proposed_by = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=60, blank=True, default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["proposed_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="registry_correction_needs_two",
                condition=~Q(state=CorrectionState.CONFIRMED) | (~Q(decided_by="") & ~Q(decided_by=F("proposed_by"))),
            )
        ]


class Code(models.Model):
    """One entry of a versioned code list; the same code may mean another thing in another time."""

    list = models.CharField(max_length=30)
    code = models.CharField(max_length=3)
    label = models.CharField(max_length=80)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [
            # Two, because SQLite takes every "no beginning" for a different one.
            models.UniqueConstraint(name="registry_code_once", fields=["list", "code", "valid_from"]),
            models.UniqueConstraint(
                name="registry_code_without_beginning_once",
                fields=["list", "code"],
                condition=Q(valid_from__isnull=True),
            ),
        ]


class Revision(models.Model):
    """The number of the newest change to residents: searches in memory follow it.

    `life` is random and new with each database, so that a number is never taken for that of another database.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    life = models.CharField(max_length=32)
    value = models.PositiveBigIntegerField(default=0)


class Extract(models.Model):
    """How new this machine's copy of a kecamatan's residents is, by the centre's clock."""

    kecamatan = models.CharField(primary_key=True, max_length=8)
    as_of = models.DateTimeField()


class Snapshot(models.Model):
    """The newest list of blocks that the centre told of a kecamatan: all its families as of one instant.

    It is the first one while this machine has never held the whole kecamatan.
    """

    kecamatan = models.CharField(primary_key=True, max_length=8)
    as_of = models.DateTimeField()
    is_first = models.BooleanField(default=True)


class SnapshotBlock(models.Model):
    """One block of a snapshot, and whether this machine has what it says."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="blocks")
    number = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    digest = models.BinaryField(max_length=16)
    size_bytes = models.PositiveIntegerField()
    residents = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=BlockState.choices, default=BlockState.UNCHECKED)
    fetched_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="registry_block_number_once", fields=["snapshot", "number"]),
        ]


class ToldFamily(models.Model):
    """A family that the centre told of after the snapshot: a block of the snapshot that comes later is older."""

    id = models.UUIDField(primary_key=True)
    kecamatan = models.CharField(max_length=8, db_index=True)


class PopulationImport(models.Model):
    """One reading of a population file: what came of it."""

    id = models.UUIDField(primary_key=True)
    source_sha256 = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    read_count = models.PositiveIntegerField(default=0)
    added_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)


class CertificateSeries(models.Model):
    """How many numbers of a series were given on a day; giving one locks the row: none is doubled or left out."""

    prefix = models.CharField(max_length=16)
    registered_on = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="registry_series_once_a_day", fields=["prefix", "registered_on"]),
        ]


class Certificate(models.Model):
    """A number that this office gave to an akta or a letter, with whom it is about and the application that asked."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=CertificateKind.choices)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="certificates")
    application_id = models.UUIDField()
    registered_on = models.DateField()
    is_late = models.BooleanField(default=False)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="registry_certificate_once", fields=["application_id", "kind"]),
            models.CheckConstraint(
                name="registry_certificate_only_births_are_late", condition=Q(is_late=False) | Q(kind="BIRTH")
            ),
        ]
