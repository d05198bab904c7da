from django.db import models

from dekat.documents.kinds import DocumentKind, DocumentStatus, RevocationReason


class Issue(models.Model):
    """The intent to issue, kept until the document exists. Its id becomes the document's."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    subject = models.CharField(max_length=80)
    kecamatan = models.CharField(max_length=8, blank=True, default="")
    version = models.PositiveIntegerField()
    serial = models.CharField(max_length=12, unique=True)
    content = models.JSONField()
    supersedes = models.JSONField(default=list)
    actor = models.CharField(max_length=80)
    intended_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "version"], name="documents_issue_one_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Document(models.Model):
    """A signed document. The row is written after its file: it names the file by its SHA-256.

    Facts: `fetched_at` is when its applicant first fetched the file to print it at home.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    subject = models.CharField(max_length=80)
    kecamatan = models.CharField(max_length=8, blank=True, default="")
    version = models.PositiveIntegerField()
    serial = models.CharField(max_length=12, unique=True)
    status = models.CharField(max_length=12, choices=DocumentStatus.choices)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    page_count = models.PositiveSmallIntegerField()
    stamp = models.BinaryField(max_length=600)
    signer = models.CharField(max_length=200)
    is_specimen = models.BooleanField()
    issued_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    superseded_by = models.UUIDField(null=True)
    revocation_reason = models.CharField(max_length=20, choices=RevocationReason.choices, blank=True, default="")
    fetched_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "version"], name="documents_document_one_per_version"),
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=models.Q(status="ACTIVE"), name="documents_document_one_active"
            ),
            models.CheckConstraint(
                name="documents_document_superseded_names_its_successor",
                condition=models.Q(status="SUPERSEDED", superseded_by__isnull=False)
                | (~models.Q(status="SUPERSEDED") & models.Q(superseded_by__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["kecamatan", "status"], name="documents_doc_place_status"),
            models.Index(fields=["sha256"], name="documents_doc_sha256"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class StampKeyRecord(models.Model):
    """A public key whose stamps are ours: today's and every former one."""

    key_id = models.CharField(primary_key=True, max_length=8)
    public_key = models.BinaryField(max_length=32)
    first_used_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key_id


class HeldStatusList(models.Model):
    """At a station: the newest list of documents that no longer hold (`status_list`), as it was signed."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    as_of = models.DateTimeField()
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.as_of}"
