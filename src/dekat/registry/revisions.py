"""The number of the newest change to residents. Taking one locks it: numbers become visible in their order."""

import secrets
from dataclasses import dataclass

from django.db.models import F

from dekat.registry.models import Revision


@dataclass(frozen=True)
class Stamp:
    """Which database, and how far it is."""

    life: str
    value: int


def next_revision() -> int:
    """Take the next number, in the transaction of the change that carries it."""
    if not Revision.objects.filter(id=1).update(value=F("value") + 1):
        Revision.objects.get_or_create(id=1, defaults={"value": 0, "life": secrets.token_hex(16)})
        Revision.objects.filter(id=1).update(value=F("value") + 1)
    return Revision.objects.get(id=1).value


def stamp() -> Stamp:
    """How far the register is, in one row."""
    row = Revision.objects.filter(id=1).first()
    return Stamp(row.life, row.value) if row else Stamp("", 0)
