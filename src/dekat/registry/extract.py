"""The part of the register that a station holds: feed entries (`resident/1`) of a few families of its kecamatan."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso, iso
from dekat.kernel.errors import DekatError
from dekat.registry import bulk
from dekat.registry.models import HEAD, Extract, Family, Resident, ToldFamily
from dekat.registry.revisions import next_revision
from dekat.registry.states import ResidentState
from dekat.sync import services as sync

FEED_KIND = "resident/1"
# What a station has no use for stays at the centre (UU 27/2022: no more data than the purpose needs).
_NOT_SENT = frozenset(("id", "family", "merged_into", "row_digest", "revision", "previous_address", "protected_note"))
_FAMILY_FIELDS = (
    "family_card_no", "address", "rt", "rw", "hamlet", "village", "kecamatan", "postal_code", "version_no",
    "version_reason",
)  # fmt: skip
_RESIDENT_FIELDS = tuple(field.name for field in Resident._meta.fields if field.name not in _NOT_SENT)


class ExtractInvalid(DekatError):
    """A row of the extract that this release cannot read; it waits for a newer release."""

    code = "registry.extract.invalid"


def extract_row(family_ids: Sequence[UUID], *, as_of: datetime) -> dict[str, Json]:
    """Families with their members as one feed entry carries them, in the order of their ids."""
    return {"as_of": iso(as_of), "families": list(family_rows(family_ids))}


def family_rows(family_ids: Sequence[UUID]) -> list[Mapping[str, Json]]:
    """Families with their members as an extract carries them, in the order of their ids."""
    members: dict[UUID, list[Json]] = {family_id: [] for family_id in family_ids}
    people = Resident.objects.filter(family_id__in=family_ids, state=ResidentState.ACTIVE)
    for person in people.order_by("position", "born_on", "id").values("id", "family_id", *_RESIDENT_FIELDS):
        members[person.pop("family_id")].append({**person, "id": str(person["id"])})
    return [
        {
            "id": str(family.id),
            "version_from": iso(family.version_from),
            "family": {name: getattr(family, name) for name in _FAMILY_FIELDS},
            "members": members[family.id],
        }
        for family in Family.objects.filter(id__in=family_ids).order_by("id")
    ]


def publish_family(family_id: UUID, *, now: datetime) -> None:
    """Tell the station of the family's kecamatan, in the caller's transaction (centre).

    Again: the newest row of a family wins.
    """
    body = extract_row([family_id], as_of=now)
    kecamatan = Family.objects.values_list("kecamatan", flat=True).get(id=family_id)
    sync.publish(scope=kecamatan, kind=FEED_KIND, key=str(family_id), body=body, now=now, is_bulky=True)


def forget_family(family_id: UUID, *, kecamatan: str, now: datetime) -> None:
    """Tell a station that a family no longer lives in its kecamatan: a card without members (centre)."""
    body = extract_row([family_id], as_of=now)
    rows = [{**row, "members": []} for row in family_rows([family_id])]
    sync.publish(
        scope=kecamatan, kind=FEED_KIND, key=str(family_id), body={**body, "families": rows}, now=now, is_bulky=True
    )


def apply_extract_row(message: Mapping[str, Json]) -> None:
    """Keep families as the centre published them (station).

    Again: the same row once more changes nothing that anybody sees.
    Refuses: registry.extract.invalid.
    """
    try:
        as_of, rows = from_iso(str(message["as_of"])), message["families"]
    except (KeyError, ValueError, TypeError) as error:
        raise ExtractInvalid from error
    with transaction.atomic():
        families = put_families(rows)
        for family in families:
            ToldFamily.objects.get_or_create(id=family.id, defaults={"kecamatan": family.kecamatan})
        if families:
            note_age(families[0].kecamatan, as_of)


def put_families(rows: Json) -> list[Family]:
    """Hold families exactly as they are told.

    Refuses: registry.extract.invalid.
    """
    try:
        families, members = _read(rows)
    except (KeyError, ValueError, TypeError) as error:
        raise ExtractInvalid from error
    if not families:
        return []
    with transaction.atomic():
        revision = next_revision()
        for family in families:
            family.revision = revision
        for person in members:
            person.revision = revision
        known = set(Family.objects.filter(id__in=[one.id for one in families]).values_list("id", flat=True))
        _insert(Family, [one for one in families if one.id not in known])
        Family.objects.bulk_create(
            [one for one in families if one.id in known], update_conflicts=True, unique_fields=["id"],
            update_fields=[*_FAMILY_FIELDS, "version_from", "revision"],
        )  # fmt: skip
        _put_members([family.id for family in families], members, revision)
    return families


def take_feed_entry(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """What sync calls for each `resident/1`."""
    apply_extract_row(body)


def _read(rows: Json) -> tuple[list[Family], list[Resident]]:
    families, members = list[Family](), list[Resident]()
    for row in _mappings(rows):
        (facts,) = _mappings([row["family"]])
        fields = {name: facts[name] for name in _FAMILY_FIELDS}
        families.append(Family(id=UUID(str(row["id"])), version_from=from_iso(str(row["version_from"])), **fields))
        for person in _mappings(row["members"]):
            known = {name: person[name] for name in _RESIDENT_FIELDS}
            members.append(Resident(id=UUID(str(person["id"])), family_id=families[-1].id, **known))
    return families, members


def _mappings(rows: Json) -> list[Mapping[str, Json]]:
    if not isinstance(rows, list | tuple):
        raise TypeError
    found = [row for row in rows if isinstance(row, Mapping)]
    if len(found) < len(rows):
        raise TypeError
    return found


def _put_members(family_ids: list[UUID], members: list[Resident], revision: int) -> None:
    held = Resident.objects.filter(family_id__in=family_ids)
    # Nobody is head for a moment, so that a new head never meets the old one.
    held.filter(relation=HEAD).update(relation="")
    gone = held.exclude(id__in=[person.id for person in members])
    gone.update(family=None, state=ResidentState.MOVED, revision=revision)
    known = set(Resident.objects.filter(id__in=[one.id for one in members]).values_list("id", flat=True))
    _insert(Resident, [one for one in members if one.id not in known])
    Resident.objects.bulk_create(
        [one for one in members if one.id in known], update_conflicts=True, unique_fields=["id"],
        update_fields=[*_RESIDENT_FIELDS, "family", "revision"],
    )  # fmt: skip


def _insert(model: type[Model], rows: Sequence[Model]) -> None:
    """Rows that are new here; by `bulk_create` a first extract takes several times as long."""
    fields = model._meta.concrete_fields
    bulk.insert(model, [field.name for field in fields], ([getattr(row, f.attname) for f in fields] for row in rows))


def empty_families(family_ids: Sequence[UUID]) -> None:
    """Nobody of these families is here any longer (station)."""
    with transaction.atomic():
        _put_members(list(family_ids), [], next_revision())


def note_age(kecamatan: str, as_of: datetime) -> None:
    """Remember how new this machine's copy of a kecamatan is."""
    newer, was_new = Extract.objects.get_or_create(kecamatan=kecamatan, defaults={"as_of": as_of})
    if not was_new and newer.as_of < as_of:
        Extract.objects.filter(kecamatan=kecamatan).update(as_of=as_of)
