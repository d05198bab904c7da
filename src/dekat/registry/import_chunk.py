"""One piece of a population file against the register, in a fixed number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.registry import bulk
from dekat.registry.content import CARD_COLUMNS
from dekat.registry.models import HEAD, ElementChange, Family, Resident
from dekat.registry.population_row import PopulationRow
from dekat.registry.registering import FAMILY_COLUMNS
from dekat.registry.revisions import next_revision
from dekat.registry.rules import SecondHead
from dekat.registry.states import ChangeCause, ResidentState, VersionReason
from dekat.registry.versions import supersede
from dekat.registry.views import RowFault

_HOME_COLUMNS = ("address", "rt", "rw", "hamlet", "village", "kecamatan", "postal_code")
_CHANGE_COLUMNS = ("id", "resident", "element", "before", "after", "cause", "cause_id", "changed_at")


class NotHere(DekatError):
    """The person is merged, deceased or moved away in the register; a file does not bring them back."""

    code = "registry.row.resident_not_here"


@dataclass(frozen=True, repr=False)
class _Known:
    """What the register has of somebody in this piece."""

    id: UUID
    state: str
    family_id: UUID | None
    digest: bytes


class Chunk:
    """Good rows of a file on their way into the register; `write` runs in the caller's transaction."""

    def __init__(self, rows: list[PopulationRow], *, import_id: UUID, now: datetime) -> None:
        self._rows, self._import_id, self._now = rows, import_id, now
        self._revision = 0
        self._families: dict[str, UUID] = {}
        self._fresh_families: set[UUID] = set()
        self.faults: list[RowFault] = []
        self.added = self.changed = self.unchanged = 0

    def write(self) -> None:
        """Take the rows in; what may not come in is in `faults`."""
        known = self._known()
        wanted = [row for row in self._rows if self._is_wanted(row, known.get(row.nik))]
        if not wanted:
            return
        self._revision = next_revision()
        self._find_families(wanted)
        wanted = self._with_one_head(wanted, known)
        new_homes = self._new_families(wanted)
        moved = self._changed_homes(wanted)
        fresh = [row for row in wanted if row.nik not in known]
        old = [(row, known[row.nik]) for row in wanted if row.nik in known]
        before = self._before(old)
        supersede(
            self._touched(fresh, old, before) | moved.keys(),
            reason=VersionReason.IMPORTED, cause_id=self._import_id, now=self._now,
        )  # fmt: skip
        bulk.insert(Family, FAMILY_COLUMNS, new_homes)
        bulk.update(Family, _HOME_COLUMNS, ((*home, family_id) for family_id, home in moved.items()))
        # Nobody is head for a moment: heads may change places within the piece, or with somebody new.
        Resident.objects.filter(id__in=[one.id for _, one in old], relation=HEAD).update(relation="")
        self._insert(fresh)
        self._update(old, before)
        self.added, self.changed = len(fresh), len(old)

    def _known(self) -> dict[str, _Known]:
        rows = Resident.objects.filter(nik__in=[row.nik for row in self._rows])
        columns = rows.values_list("nik", "id", "state", "family_id", "row_digest")
        return {str(nik): _Known(id_, state, family, bytes(digest)) for nik, id_, state, family, digest in columns}

    def _is_wanted(self, row: PopulationRow, known: _Known | None) -> bool:
        if known is None:
            return True
        if known.state not in (ResidentState.ACTIVE, ResidentState.BLOCKED):
            self.faults.append(RowFault(row.number, "nik", NotHere.code))
            return False
        if known.digest == row.digest:
            self.unchanged += 1
            return False
        return True

    def _find_families(self, rows: Iterable[PopulationRow]) -> None:
        numbers = {row.family_card_no for row in rows}
        held = Family.objects.filter(family_card_no__in=numbers).values_list("family_card_no", "id")
        self._families = dict(held)

    def _with_one_head(self, rows: list[PopulationRow], known: dict[str, _Known]) -> list[PopulationRow]:
        """Leave out rows that would make a second head, until none does.

        Somebody whose row is left out stays where they are, perhaps as a head: that may forbid yet another row.
        """
        numbers = {family_id: number for number, family_id in self._families.items()}
        held = Resident.objects.filter(family_id__in=self._families.values(), relation=HEAD)
        heads = [(person, numbers[family]) for person, family in held.values_list("id", "family_id") if family]
        while True:
            rewritten = {known[row.nik].id for row in rows if row.nik in known}
            led = {number for person, number in heads if person not in rewritten}
            allowed = [row for row in rows if self._may_lead(row, led)]
            if len(allowed) == len(rows):
                return allowed
            rows = allowed

    def _may_lead(self, row: PopulationRow, led: set[str]) -> bool:
        if row.person["relation"] != HEAD:
            return True
        if row.family_card_no in led:
            self.faults.append(RowFault(row.number, "hubungan", SecondHead.code))
            return False
        led.add(row.family_card_no)
        return True

    def _new_families(self, rows: Iterable[PopulationRow]) -> list[bulk.Row]:
        found = list[bulk.Row]()
        for row in rows:
            if row.family_card_no in self._families:
                continue
            family_id = self._families[row.family_card_no] = new_id(self._now)
            self._fresh_families.add(family_id)
            home = {**row.home, "id": family_id, "family_card_no": row.family_card_no, **self._first_version()}
            found.append([home[column] for column in FAMILY_COLUMNS])
        return found

    def _first_version(self) -> dict[str, bulk.Value]:
        return {
            "version_no": 1, "version_from": self._now, "version_reason": VersionReason.REGISTERED.value,
            "version_cause": self._import_id, "revision": self._revision,
        }  # fmt: skip

    def _changed_homes(self, rows: Iterable[PopulationRow]) -> dict[UUID, bulk.Row]:
        wanted = {
            self._families[row.family_card_no]: tuple(row.home[column] for column in _HOME_COLUMNS) for row in rows
        }
        held = Family.objects.filter(id__in=wanted.keys()).values_list("id", *_HOME_COLUMNS)
        return {values[0]: wanted[values[0]] for values in held if values[1:] != wanted[values[0]]}

    def _before(self, old: list[tuple[PopulationRow, _Known]]) -> dict[UUID, dict[str, bulk.Value]]:
        columns = ("id", "family_id", "position", *old[0][0].person) if old else ("id",)
        rows = Resident.objects.filter(id__in=[known.id for _, known in old]).values(*columns)
        return {row["id"]: row for row in rows}

    def _touched(
        self,
        fresh: list[PopulationRow],
        old: list[tuple[PopulationRow, _Known]],
        before: dict[UUID, dict[str, bulk.Value]],
    ) -> set[UUID]:
        """The families whose card will say something else."""
        found = {self._families[row.family_card_no] for row in fresh} - self._fresh_families
        for row, known in old:
            after = self._after(row)
            if any(before[known.id][column] != after[column] for column in after.keys() & CARD_COLUMNS):
                found |= {family for family in (known.family_id, self._families[row.family_card_no]) if family}
        return found - self._fresh_families

    def _after(self, row: PopulationRow) -> dict[str, bulk.Value]:
        position = int(str(row.person["relation"]))
        return {**row.person, "family_id": self._families[row.family_card_no], "position": position}

    def _insert(self, rows: list[PopulationRow]) -> None:
        if not rows:
            return
        names = list(self._after(rows[0]))
        columns = ["id", "state", "row_digest", "revision", *_EMPTY, *(name.removesuffix("_id") for name in names)]
        state = ResidentState.ACTIVE.value
        bulk.insert(
            Resident,
            columns,
            (
                (new_id(self._now), state, row.digest, self._revision, *_EMPTY.values(), *self._after(row).values())
                for row in rows
            ),
        )

    def _update(self, old: list[tuple[PopulationRow, _Known]], before: dict[UUID, dict[str, bulk.Value]]) -> None:
        if not old:
            return
        names = list(self._after(old[0][0]))
        columns = ["row_digest", "revision", *(name.removesuffix("_id") for name in names)]
        rows = ((row.digest, self._revision, *self._after(row).values(), known.id) for row, known in old)
        bulk.update(Resident, columns, rows)
        bulk.insert(ElementChange, _CHANGE_COLUMNS, self._changes(old, before))

    def _changes(
        self, old: list[tuple[PopulationRow, _Known]], before: dict[UUID, dict[str, bulk.Value]]
    ) -> Iterable[bulk.Row]:
        cause = (ChangeCause.IMPORT.value, self._import_id, self._now)
        for row, known in old:
            for name, after in self._after(row).items():
                was = before[known.id][name]
                if was != after and name != "position":
                    yield (new_id(self._now), known.id, name.upper(), str(was), str(after), *cause)


# Columns that a file does not carry; the database itself has no defaults.
_EMPTY = {"protected_note": ""}
