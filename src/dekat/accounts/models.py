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
                condition=~models.Q(role__in=["OPERATOR", "DISTRICT_HEAD"]) | ~models.Q(kecamatan=""),
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

    def __str__(self) -> str:
        return self.name


class NodeSecret(models.Model):
    """This machine's own private keys. At a station the database itself is encrypted."""

    name = models.CharField(primary_key=True, max_length=40)
    signing_key = models.BinaryField(max_length=32)
    seal_private_key = models.BinaryField(max_length=96)

    def __str__(self) -> str:
        return self.name
