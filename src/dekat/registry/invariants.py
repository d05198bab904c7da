"""What is true of the register at every instant, each with its law, and who breaks it. `dekat residents check` asks."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from dekat.kernel.canonical import canonical_json
from dekat.registry.content import AWAITED, contents
from dekat.registry.life.household import MARRIED, Relation
from dekat.registry.models import HEAD, ElementChange, Family, FamilyCardVersion, Resident
from dekat.registry.states import ResidentState, Sex

_CHUNK = 500
_HEAD_LABEL = "KEPALA KELUARGA"
_HERE = (ResidentState.ACTIVE, ResidentState.BLOCKED)
Scope = frozenset[UUID] | None


@dataclass(frozen=True)
class Invariant:
    """One sentence that always holds; `law` is a key of docs/reference/law.md."""

    key: str
    says: str
    law: str
    broken_by: Callable[[Scope], Iterable[UUID]]


def broken(*, families: Iterable[UUID] | None = None) -> dict[str, list[UUID]]:
    """Every invariant that does not hold, with the families or people that break it.

    Facts: `families` limits the question to these; None asks of the whole register.
    """
    scope = None if families is None else frozenset(families)
    found = {one.key: sorted(one.broken_by(scope)) for one in INVARIANTS}
    return {key: ids for key, ids in found.items() if ids}


def _families(scope: Scope) -> QuerySet[Family]:
    return Family.objects.all() if scope is None else Family.objects.filter(id__in=scope)


def _people(scope: Scope) -> QuerySet[Resident]:
    return Resident.objects.all() if scope is None else Resident.objects.filter(family_id__in=scope)


def _homeless(scope: Scope) -> Iterator[UUID]:
    gone_but_listed = _people(scope).filter(family__isnull=False).exclude(state__in=_HERE)
    yield from gone_but_listed.values_list("id", flat=True)
    if scope is None:
        here_in_none = Resident.objects.filter(family__isnull=True, state__in=_HERE)
        yield from here_in_none.values_list("id", flat=True)


def _without_one_head(scope: Scope) -> Iterator[UUID]:
    counted = _families(scope).annotate(here=Count("members"), heads=Count("members", filter=Q(members__relation=HEAD)))
    yield from counted.filter(here__gt=0).exclude(heads=1).values_list("id", flat=True)


def _spouses_in_name_only(scope: Scope) -> Iterator[UUID]:
    spouses = _people(scope).filter(relation__in=(Relation.HUSBAND, Relation.WIFE))
    wrong = ~Q(marital_status__in=MARRIED) | Q(relation=Relation.HUSBAND, sex=Sex.FEMALE)
    yield from spouses.filter(wrong | Q(relation=Relation.WIFE, sex=Sex.MALE)).values_list("id", flat=True)


def _merged_without_trace(scope: Scope) -> Iterator[UUID]:
    merged = _people(scope).filter(state=ResidentState.MERGED)
    yield from merged.filter(Q(merged_into__isnull=True) | Q(merged_into=F("id"))).values_list("id", flat=True)


def _cards_that_lie(scope: Scope) -> Iterator[UUID]:
    """The newest kept version must say what the tables say; a family that never changed has none yet."""
    rows = FamilyCardVersion.objects.filter(valid_to=None, number=F("family__version_no"))
    rows = rows if scope is None else rows.filter(family_id__in=scope)
    for some in _chunks(rows.values_list("family_id", "content").order_by("family_id").iterator(_CHUNK)):
        said = contents(family_id for family_id, _ in some)
        yield from (family for family, text in some if canonical_json(said[family]).decode() != text)


def _versions(scope: Scope) -> QuerySet[FamilyCardVersion]:
    rows = FamilyCardVersion.objects.order_by("family_id", "number")
    return rows if scope is None else rows.filter(family_id__in=scope)


def _versions_with_gaps(scope: Scope) -> Iterator[UUID]:
    rows = _versions(scope).values_list("family_id", "number", "valid_from", "valid_to")
    for before, after in pairwise(rows.iterator(_CHUNK)):
        if before[0] == after[0] and (after[1] != before[1] + 1 or before[3] != after[2]):
            yield after[0]


def _altered_versions(scope: Scope) -> Iterator[UUID]:
    rows = _versions(scope).values_list("family_id", "salt", "content", "digest")
    for family_id, salt, content, kept in rows.iterator(_CHUNK):
        if sha256(bytes(salt) + content.encode()).digest() != bytes(kept):
            yield family_id


def _numbers_without_new_heads(scope: Scope) -> Iterator[UUID]:
    """Between two versions the nomor KK changes exactly when the head does, and not when the head was merged."""
    merged = _merged_niks()
    rows = _versions(scope).exclude(reason="IMPORTED").values_list("family_id", "number", "family_card_no", "content")
    read = ((*row[:3], _head_nik(row[3])) for row in rows.iterator(_CHUNK))
    for (family_id, number, card_no, head), (after_id, after_number, after_card_no, after_head) in pairwise(read):
        is_next = family_id == after_id and after_number == number + 1
        if not (is_next and head and after_head) or (head, after_head) in merged:
            continue
        if (card_no != after_card_no) != (head != after_head):
            yield family_id


def _merged_niks() -> set[tuple[str, str]]:
    """The NIKs of one human: of the record that ended, and of the one that goes on; also where it was annulled."""
    merged = list(
        ElementChange.objects.filter(element="MERGED_INTO")
        .exclude(after="")
        .order_by("id")
        .values_list("resident__nik", "after")
    )
    niks = dict(Resident.objects.filter(id__in=[after for _, after in merged]).values_list("id", "nik"))
    return {(gone or "", niks.get(UUID(after)) or "") for gone, after in merged}


def _head_nik(content: str) -> str:
    """Empty for a family that ended, and for a head who waits for a NIK."""
    heads = [one["nik"] for one in json.loads(content)["members"] if one["relation_to_head"] == _HEAD_LABEL]
    return str(heads[0]) if heads and heads[0] != AWAITED else ""


def _broken_histories(scope: Scope) -> Iterator[UUID]:
    """What one change left, the next one found."""
    rows = ElementChange.objects.order_by("resident_id", "element", "changed_at", "id")
    rows = rows if scope is None else rows.filter(resident__family_id__in=scope)
    kept = rows.values_list("resident_id", "element", "before", "after")
    for first, then in pairwise(kept.iterator(_CHUNK)):
        if first[:2] == then[:2] and first[3] != then[2]:
            yield then[0]


def _chunks(rows: Iterator[tuple[UUID, str]]) -> Iterator[list[tuple[UUID, str]]]:
    some: list[tuple[UUID, str]] = []
    for row in rows:
        some.append(row)
        if len(some) == _CHUNK:
            yield some
            some = []
    if some:
        yield some


INVARIANTS: tuple[Invariant, ...] = (
    Invariant("one-family", "Who lives here is in exactly one family; who died, moved or was merged is in none.",
              "uu-23-2006", _homeless),
    Invariant("one-head", "A family with members has exactly one head.", "uu-23-2006", _without_one_head),
    Invariant("true-spouses", "Whoever a card calls husband or wife is married, and of that sex.",
              "uu-23-2006", _spouses_in_name_only),
    Invariant("merged-into", "A merged person names the one who goes on.", "pp-40-2019", _merged_without_trace),
    Invariant("card-is-true", "The newest version of a card says what the register says.", "uu-23-2006",
              _cards_that_lie),
    Invariant("versions-follow", "The versions of a card follow each other without a gap, in numbers and in time.",
              "riwayat-kk", _versions_with_gaps),
    Invariant("versions-stay", "No kept version was altered.", "riwayat-kk", _altered_versions),
    Invariant("number-with-head", "The nomor KK changes when the head changes, and never otherwise.",
              "nomor-kk", _numbers_without_new_heads),
    Invariant("history-follows", "Each change of an element begins where the one before it ended.",
              "riwayat-kk", _broken_histories),
)  # fmt: skip
