from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from dekat.accounts.roles import NodeKind, Role


class Account(AbstractBaseUser):
    """A named officer. Scoped roles carry their kecamatan; `password` is Argon2id."""

    id = models.UUIDField(primary_key=True)
    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=30, choices=Role.choices)
    kecamatan = models.CharField(max_length=8, blank=True, default="")
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager["Account"]()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name", "role"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_account_scoped_roles_have_kecamatan",
                condition=~models.Q(role__in=["OPERATOR", "DISTRICT_HEAD", "SECTION_HEAD"]) | ~models.Q(kecamatan=""),
            )
        ]

    def __str__(self) -> str:
        return self.username


class Node(models.Model):
    """A machine with a voice: `centre`, `station-35.11.12`."""

    name = models.CharField(primary_key=True, max_length=40)
    kind = models.CharField(max_length=10, choices=NodeKind.choices)
    kecamatan = models.CharField(max_length=8, blank=True, default="")
    verify_key = models.BinaryField(max_length=32)
    seal_key = models.BinaryField(max_length=1216)
    incarnation = models.BinaryField(max_length=16)
    enrolled_at = models.DateTimeField()
    revoked_after_seq = models.PositiveBigIntegerField(null=True)
    voice = models.PositiveSmallIntegerField(default=1)
    stopped_at = models.DateTimeField(null=True)
    rotation_wanted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Voice(models.Model):
    """One key of a machine in one of its lives: from which packet number to which it signs. Rows are only added.

    `through_seq` is set once the other side saw that the next key speaks; `certificate` is the centre's signed word.
    """

    node = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    incarnation = models.BinaryField(max_length=16)
    verify_key = models.BinaryField(max_length=32)
    seal_key = models.BinaryField(max_length=1216)
    from_seq = models.PositiveBigIntegerField(default=1)
    through_seq = models.PositiveBigIntegerField(null=True)
    revoked_after_seq = models.PositiveBigIntegerField(null=True)
    began_at = models.DateTimeField()
    certificate = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["node", "number"]
        constraints = [models.UniqueConstraint(fields=["node", "number"], name="accounts_voice_one_per_number")]

    def __str__(self) -> str:
        return f"{self.node}/{self.number}"


class NextIdentity(models.Model):
    """What this machine is about to become, kept before the centre is asked: a kill in between repeats the question."""

    name = models.CharField(primary_key=True, max_length=40)
    signing_key = models.BinaryField(max_length=32)
    seal_private_key = models.BinaryField(max_length=96)
    incarnation = models.BinaryField(max_length=16)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class EnrolmentCode(models.Model):
    """A one-time code for one kecamatan's machine; only what is derived from it is kept."""

    id = models.UUIDField(primary_key=True)
    node = models.CharField(max_length=40)
    kecamatan = models.CharField(max_length=8)
    proof_key = models.BinaryField(max_length=32)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    used_digest = models.BinaryField(max_length=32, null=True)

    class Meta:
        ordering = ["-issued_at", "-id"]

    def __str__(self) -> str:
        return self.node


class KeyCertificate(models.Model):
    """The centre's former signing key says which key follows it."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    statement = models.BinaryField()
    signature = models.BinaryField(max_length=64)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)


class NodeSecret(models.Model):
    """This machine's own private keys. At a station the database itself is encrypted."""

    name = models.CharField(primary_key=True, max_length=40)
    signing_key = models.BinaryField(max_length=32)
    seal_private_key = models.BinaryField(max_length=96)

    def __str__(self) -> str:
        return self.name
