"""The part of the register that a station holds: one feed entry (`resident/1`) for each family of its kecamatan."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso, iso
from dekat.kernel.errors import DekatError
from dekat.registry.models import HEAD, Extract, Family, Resident
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


def extract_row(family_id: UUID, *, as_of: datetime) -> dict[str, Json]:
    """A family with its members as the feed carries it."""
    family = Family.objects.get(id=family_id)
    people = Resident.objects.filter(family_id=family_id, state=ResidentState.ACTIVE)
    return {
        "as_of": iso(as_of),
        "id": str(family_id),
        "version_from": iso(family.version_from),
        "family": {name: getattr(family, name) for name in _FAMILY_FIELDS},
        "members": [
            {"id": str(person.id), **{name: getattr(person, name) for name in _RESIDENT_FIELDS}}
            for person in people.order_by("position", "born_on", "id")
        ],
    }


def publish_family(family_id: UUID, *, now: datetime) -> None:
    """Tell the station of the family's kecamatan, in the caller's transaction (centre).

    Again: the newest row of a family wins.
    """
    body = extract_row(family_id, as_of=now)
    kecamatan = Family.objects.values_list("kecamatan", flat=True).get(id=family_id)
    sync.publish(scope=kecamatan, kind=FEED_KIND, key=str(family_id), body=body, now=now)


def publish_extract(kecamatan: str, *, now: datetime) -> int:
    """Tell a kecamatan's station every family it has (a new station, a new import); give how many."""
    ids = list(Family.objects.filter(kecamatan=kecamatan).order_by("id").values_list("id", flat=True))
    with transaction.atomic():
        for family_id in ids:
            publish_family(family_id, now=now)
    return len(ids)


def apply_extract_row(message: Mapping[str, Json]) -> None:
    """Keep a family as the centre published it (station).

    Again: the same row once more changes nothing that anybody sees.
    Refuses: registry.extract.invalid.
    """
    try:
        family_id, as_of = UUID(str(message["id"])), from_iso(str(message["as_of"]))
        version_from = from_iso(str(message["version_from"]))
        facts, people = message["family"], message["members"]
        assert isinstance(facts, Mapping) and isinstance(people, Sequence)
        members = [_person(fields) for fields in people]
        family = {name: facts[name] for name in _FAMILY_FIELDS}
    except (KeyError, ValueError, AssertionError) as error:
        raise ExtractInvalid from error
    with transaction.atomic():
        revision = next_revision()
        defaults = {**family, "version_from": version_from, "revision": revision}
        Family.objects.update_or_create(id=family_id, defaults=defaults)
        _put_members(family_id, members, revision)
        _note_age(str(family["kecamatan"]), as_of)


def take_feed_entry(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """What sync calls for each `resident/1`."""
    apply_extract_row(body)


def _person(fields: Json) -> Resident:
    assert isinstance(fields, Mapping)
    return Resident(id=UUID(str(fields["id"])), **{name: fields[name] for name in _RESIDENT_FIELDS})


def _put_members(family_id: UUID, members: list[Resident], revision: int) -> None:
    ids = [person.id for person in members]
    # Nobody is head for a moment, so that a new head never meets the old one.
    Resident.objects.filter(family_id=family_id, relation=HEAD).update(relation="")
    gone = Resident.objects.filter(family_id=family_id).exclude(id__in=ids)
    gone.update(family=None, state=ResidentState.MOVED, revision=revision)
    for person in members:
        person.family_id, person.revision = family_id, revision
    Resident.objects.bulk_create(
        members,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*_RESIDENT_FIELDS, "family", "revision"],
    )


def _note_age(kecamatan: str, as_of: datetime) -> None:
    newer, was_new = Extract.objects.get_or_create(kecamatan=kecamatan, defaults={"as_of": as_of})
    if not was_new and newer.as_of < as_of:
        Extract.objects.filter(kecamatan=kecamatan).update(as_of=as_of)
