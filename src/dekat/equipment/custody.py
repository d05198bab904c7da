"""Which devices are in whose hands: the register at the centre, the list that the feed told at a station."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.queries import own_identity, stations
from dekat.accounts.roles import NodeKind
from dekat.equipment import care, register
from dekat.equipment.kinds import Condition, DeviceKind
from dekat.equipment.models import Contract, Device
from dekat.equipment.upkeep_kinds import AnswerState
from dekat.equipment.upkeep_models import HeldDevice, OfferItem
from dekat.kernel.canonical import Json
from dekat.kernel.rupiah import Rupiah
from dekat.ledger.rules import SignedEvent
from dekat.sync import services as sync

LIST_FEED = "equipment_list/1"


@dataclass(frozen=True)
class Held:
    """A device in somebody's hands. `kecamatan` empty: the office store; `year` is the budget year, 0 when unknown."""

    serial: str
    kecamatan: str
    kind: str
    model: str
    register_no: str
    condition: str
    price: Rupiah
    year: int
    due_what: str = ""
    due_on: date | None = None
    warranty_until: date | None = None

    @property
    def kind_label(self) -> str:
        return DeviceKind(self.kind).label

    @property
    def condition_label(self) -> str:
        return Condition(self.condition).label


def is_station() -> bool:
    """Whether this machine is a station."""
    return own_identity().node.kind == NodeKind.STATION


def held_by(kecamatan: str) -> list[Held]:
    """What a kecamatan (empty: the office store) holds, by serial number.

    Facts: a station knows its own only; what it accepted counts before the centre has heard of it.
    """
    if not is_station():
        return registered(kecamatan=kecamatan)
    listed = {row.serial: _of_list(row) for row in HeldDevice.objects.filter(kecamatan=kecamatan)}
    for item in OfferItem.objects.select_related("offer").filter(
        state=AnswerState.ACCEPTED, offer__to=kecamatan, offer__confirmed_at=None
    ):
        listed.setdefault(item.serial, _of_item(item))
    return [listed[serial] for serial in sorted(listed)]


def held_in(places: Sequence[str]) -> dict[str, list[Held]]:
    """What each of these kecamatan holds, by its code, in one look at the register."""
    if is_station():
        return {place: held_by(place) for place in places}
    found: dict[str, list[Held]] = {place: [] for place in places}
    for held in registered():
        if held.kecamatan in found:
            found[held.kecamatan].append(held)
    return found


def registered(*, kecamatan: str | None = None) -> list[Held]:
    """At the centre: what the register holds, of one place or all, by serial number."""
    rows = Device.objects.filter(written_off_on=None).order_by("serial")
    if kecamatan is not None:
        rows = rows.filter(kecamatan=kecamatan)
    years = dict(Contract.objects.values_list("number", "budget_year"))
    due = {work.serial: work for work in reversed(care.works()) if not work.done_on}
    warranties = care.warranties()
    return [
        Held(
            serial=row.serial,
            kecamatan=row.kecamatan,
            kind=row.kind,
            model=row.model,
            register_no=row.register_no,
            condition=row.condition,
            price=row.price,
            year=row.year or years.get(row.contract, 0),
            due_what=due[row.serial].what if row.serial in due else "",
            due_on=due[row.serial].due_on if row.serial in due else None,
            warranty_until=warranties[row.serial].until_on if row.serial in warranties else None,
        )
        for row in rows
    ]


def keep(event: SignedEvent) -> None:
    """Bring to what the event says the register, or at a station the list that it was told.

    Again: the same event changes nothing.
    """
    if not is_station():
        register.keep(event)
    elif condition := event.data.get("condition"):
        serial = event.subject.partition(":")[2]
        HeldDevice.objects.filter(serial=serial).update(condition=str(condition))


def publish_lists(*, now: datetime) -> None:
    """Tell each station what its kecamatan holds by the register.

    Again: a list that is told already tells nothing.
    """
    by_place: dict[str, list[Json]] = {one.kecamatan: [] for one in stations() if one.kecamatan}
    for held in registered():
        if held.kecamatan in by_place:
            by_place[held.kecamatan].append(as_body(held))
    with transaction.atomic():
        for place, devices in sorted(by_place.items()):
            body: dict[str, Json] = {"kecamatan": place, "devices": devices}
            sync.publish(scope=place, kind=LIST_FEED, key=place, body=body, now=now)


def apply_list(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Know what the register gives to this kecamatan (feed handler)."""
    devices = body["devices"]
    assert isinstance(devices, list)
    HeldDevice.objects.all().delete()
    HeldDevice.objects.bulk_create(_rows(str(body["kecamatan"]), devices))


def as_body(held: Held) -> dict[str, Json]:
    """A device as a station hears of it."""
    return {
        "serial": held.serial,
        "kind": held.kind,
        "model": held.model,
        "register_no": held.register_no,
        "condition": held.condition,
        "price_sen": held.price.sen,
        "year": held.year,
        "due_what": held.due_what,
        "due_on": held.due_on.isoformat() if held.due_on else None,
        "warranty_until": held.warranty_until.isoformat() if held.warranty_until else None,
    }


def _rows(kecamatan: str, devices: Iterable[Json]) -> list[HeldDevice]:
    found = []
    for device in devices:
        assert isinstance(device, Mapping)
        days = {key: date.fromisoformat(str(device[key])) if device[key] else None for key in _DAYS}
        found.append(
            HeldDevice(
                kecamatan=kecamatan,
                price=Rupiah(int(str(device["price_sen"]))),
                year=int(str(device["year"])),
                **days,
                **{key: str(device[key]) for key in _TEXTS},
            )
        )
    return found


def _of_list(row: HeldDevice) -> Held:
    facts = {key: getattr(row, key) for key in (*_TEXTS, *_DAYS)}
    return Held(kecamatan=row.kecamatan, price=row.price, year=row.year, **facts)


def _of_item(item: OfferItem) -> Held:
    return Held(
        item.serial, item.offer.to, item.kind, item.model, "", item.condition or Condition.GOOD, item.price, item.year
    )


_TEXTS = ("serial", "kind", "model", "register_no", "condition", "due_what")
_DAYS = ("due_on", "warranty_until")
