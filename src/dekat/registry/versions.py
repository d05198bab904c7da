"""The history of family cards: the old content is kept before a change, the new one after it."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection
from django.db.models import F

from dekat.kernel.canonical import canonical_json
from dekat.kernel.ids import new_id
from dekat.registry.content import contents
from dekat.registry.models import Family, FamilyCardVersion
from dekat.registry.states import VersionReason

_CHUNK = 500


def supersede(family_ids: Iterable[UUID], *, reason: VersionReason, cause_id: UUID, now: datetime) -> None:
    """Keep what the cards say and begin their next version; call before the change, in its transaction.

    Again: a family whose version began by the same cause goes on with it (a file is read in pieces).
    """
    wanted = Family.objects.filter(id__in=list(family_ids)).order_by("id")
    wanted = wanted.exclude(version_cause=cause_id)
    families = list(wanted.select_for_update() if connection.features.has_select_for_update else wanted)
    for start in range(0, len(families), _CHUNK):
        _close(families[start : start + _CHUNK], now)
    Family.objects.filter(id__in=[family.id for family in families]).update(
        version_no=F("version_no") + 1, version_from=now, version_reason=reason, version_cause=cause_id
    )


def write_current(family_id: UUID, *, change_id: UUID | None, now: datetime) -> FamilyCardVersion:
    """Keep what a card says from now on; call after the change, in its transaction."""
    family = Family.objects.get(id=family_id)
    return FamilyCardVersion.objects.create(
        **_facts(family, canonical_json(contents([family_id])[family_id])), id=new_id(now), change_id=change_id
    )


def _close(families: list[Family], now: datetime) -> None:
    ids = [family.id for family in families]
    FamilyCardVersion.objects.filter(family_id__in=ids, valid_to=None).update(valid_to=now)
    kept = set(
        FamilyCardVersion.objects.filter(family_id__in=ids, number=F("family__version_no")).values_list(
            "family_id", flat=True
        )
    )
    said = contents(family_id for family_id in ids if family_id not in kept)
    FamilyCardVersion.objects.bulk_create(
        FamilyCardVersion(**_facts(family, canonical_json(said[family.id])), id=new_id(now), valid_to=now)
        for family in families
        if family.id in said
    )


def _facts(family: Family, content: bytes) -> dict[str, object]:
    salt = secrets.token_bytes(16)
    return {
        "family": family,
        "number": family.version_no,
        "family_card_no": family.family_card_no,
        "content": content.decode(),
        "salt": salt,
        # Salted, so that the digest in the ledger cannot be tried against guessed families.
        "digest": sha256(salt + content).digest(),
        "reason": family.version_reason,
        "valid_from": family.version_from,
    }
