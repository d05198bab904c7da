"""Extracts for tests: rows as they travel, a kecamatan told in blocks, a station that takes them in."""

from uuid import UUID

from dekat.accounts.roles import NodeKind
from dekat.accounts.services import found_node
from dekat.registry.models import (
    ElementChange,
    Extract,
    Family,
    FamilyCardVersion,
    Resident,
    Snapshot,
    ToldFamily,
)  # fmt: skip
from dekat.sync import queries, services
from dekat.sync.models import BlobWanted, FeedCursor, Unapplied

HERE = "35.11.19"


def row(number: int, *, card_no: str = "9911190101150001", **odd) -> dict:
    """A family of two as `resident/1` carries it; the father is the child's."""
    home = {
        "family_card_no": card_no, "address": f"Jalan Mawar {number}", "rt": "003", "rw": "001", "hamlet": "",
        "village": "35.11.19.2001",
    }  # fmt: skip
    facts = {
        "nik": "9911191703900001", "full_name": "Moh. Hasan Basri", "sex": "MALE", "born_on": "1990-03-17",
        "birth_place": "Bondowoso", "father_name": "", "father_nik": "", "mother_name": "Sumiati", "mother_nik": "",
        "position": 1, "married_on": "", "is_odd": False,
    }  # fmt: skip
    child = {**facts, "nik": None, "father_name": "Moh. Hasan Basri", "father_nik": "9911191703900001", "position": 2}
    members = [{**facts, "id": str(UUID(int=number * 10 + 1)), **odd}, {**child, "id": str(UUID(int=number * 10 + 2))}]
    return {
        "id": str(UUID(int=number * 10)), "version_from": "2026-11-23T02:00:00.000000Z",
        "family": home, "members": members,
    }  # fmt: skip


def both_machines(now) -> None:
    """This process is the centre, and the station of the kecamatan that the centre tells."""
    found_node(name="centre", kind=NodeKind.CENTRE, kecamatan=HERE, now=now)


def forget() -> None:
    """Be a station that has nothing yet."""
    for table in (ElementChange, FamilyCardVersion, Resident, Family, Snapshot, ToldFamily, Extract):
        table.objects.all().delete()
    for table in (FeedCursor, BlobWanted, Unapplied):
        table.objects.all().delete()


def pull(now) -> int:
    """Apply the feed to its end; give the bytes that came."""
    total = 0
    while True:
        at = services.position()
        piece = services.next_of(epoch=at.epoch, reached=at.seqs)
        if piece is None:
            return total
        services.apply_batch(data=piece, now=now)
        total += len(piece)


def fetch(now, *, most: int = 10_000) -> int:
    """Fetch the blocks this station lacks; give the bytes that came."""
    services.settle(now)
    total = 0
    for name in queries.wanted_blobs()[:most]:
        content = queries.blob(name)
        services.keep_fetched(sha256=name, content=content, now=now)
        total += len(content)
    return total


def content() -> list:
    """Everything this machine holds, as it would travel."""
    from dekat.registry.extract import family_rows

    ids = Family.objects.filter(members__state="ACTIVE").distinct().values_list("id", flat=True)
    return [dict(one) for one in family_rows(list(ids))]
