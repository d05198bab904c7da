"""What happens in the regency of `years`, day by day: work, trouble, instruction, and lines probed from both ends."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from dekat.areas.working_calendar import regency_calendar
from dekat.duties.sample import TITLES
from dekat.equipment.sample import ALL, REGISTRY, WITH_RECORDER, Story, officer, printer, recorder
from dekat.kernel.canonical import Json
from dekat.kernel.clock import iso
from dekat.ledger.services import Draft

USES_A_DAY = 12
# What stops a device, and how often among ten times.
TROUBLES = ("FAULT", "FAULT", "CONSUMABLE", "LINE", "LINE", "OPERATOR", "SILENT", "DIVERTED", "NO_DEMAND", "NO_DEMAND")


@dataclass(frozen=True)
class Spell:
    """Days of a kecamatan in which one thing stops one of its devices. `last` is inside."""

    first: int
    last: int
    trouble: str
    serial: str


def spells_of(kecamatan: str, days: int) -> Iterator[Spell]:
    """The troubles of a kecamatan, the same every time."""
    rnd = random.Random(f"spells/{kecamatan}")
    for serial in serials_of(kecamatan):
        day = 60 + rnd.randrange(60)
        while day < days:
            last = day + int(rnd.expovariate(1 / 18)) + 1
            yield Spell(day, last, rnd.choice(TROUBLES), serial)
            day = last + 2 + int(rnd.expovariate(1 / 90))


def serials_of(kecamatan: str) -> list[str]:
    """The printer, and the recorder where there is one."""
    return [printer(kecamatan), *([recorder(kecamatan)] if kecamatan in WITH_RECORDER else [])]


def facts_of(story: Story, node: str, day: int, spells: dict[str, list[Spell]]) -> Iterator[Draft]:
    """Everything that one node says on one day of the story."""
    made = Facts(story, node, day)
    if node == "centre":
        yield from _centre(made, spells)
        return
    kecamatan = node.partition("-")[2]
    now = [spell for spell in spells[kecamatan] if spell.first <= day <= spell.last]
    yield from _beginning(made, kecamatan)
    for spell in spells[kecamatan]:
        yield from _trouble(made, kecamatan, spell)
    if regency_calendar().is_working_day(made.on) and day >= 45 and not any(s.trouble == "SILENT" for s in now):
        yield from _work(made, kecamatan, now)


class Facts:
    """Makes the facts of one node on one day; each id follows from node, day and place."""

    def __init__(self, story: Story, node: str, day: int, *, number: int = 0) -> None:
        self.story, self.node, self.day, self.number = story, node, day, number
        self.on: date = (story.at(day, 2)).date()
        self.rnd = random.Random(f"{node}/{day}")
        self.mark = random.Random(f"id/{node}").getrandbits(40)

    def __call__(self, name: str, subject: str, hour: float, /, **data: Json) -> Draft:
        self.number += 1
        at = datetime.combine(self.on, time(), UTC) + timedelta(seconds=round(hour * 3600) + self.rnd.randrange(600))
        id_bits = (int(at.timestamp() * 1000) << 80) | 0x7 << 76 | 0b10 << 62 | self.mark << 20 | self.number
        actor = f"account:{officer(str(data['by']))}" if "by" in data else f"node:{self.node}"
        return Draft(UUID(int=id_bits), name, subject, actor, at, data)


def _centre(made: Facts, spells: dict[str, list[Spell]]) -> Iterator[Draft]:
    for hour in range(24):
        yield probe(made, "regency", hour, "NATIONAL", "CENTRE", is_up=made.rnd.random() > 0.001)
        for code in ALL:
            is_heard = 0 <= hour <= 8 and made.day >= 45 and regency_calendar().is_working_day(made.on)
            yield probe(made, f"kecamatan:{code}", hour, "CENTRE", "CENTRE", is_up=is_heard)
    if made.day == 44:
        for serial in (serial for code in ALL for serial in serials_of(code)):
            yield made("equipment.device.installed", f"device:{serial}", 3, by=REGISTRY)
            yield made("equipment.access.granted", f"device:{serial}", 4, by=REGISTRY)
    if made.day % 365 == 41:
        for name, kind in (("PTK-REKAM", "RECORDER"), ("PTK-CETAK-KK", "KK_PRINTER")):
            yield made(
                "duties.instruction.issued", f"instruction:{name}", 2, by=REGISTRY, version=made.day // 365 + 1,
                title=TITLES[name], to=list(ALL), kinds=[kind], legal_basis="Permenpan 35/2012",
            )  # fmt: skip
    for code, spell in ((code, spell) for code, found in spells.items() for spell in found):
        key = f"{spell.serial}-{spell.first}"
        if made.day == spell.first + 5 and spell.last > made.day:
            yield made("duties.question.answered", f"kecamatan:{code}", 3, by=REGISTRY, question=key)
        if made.day == spell.first + 10 and made.day <= spell.last:
            yield made(
                "duties.obligation.set", f"device:{spell.serial}", 3, by="SEKDA", party=REGISTRY,
                obligation=key, due_at=iso(made.story.at(made.day + 14)), what="Rapat",
            )  # fmt: skip


def _beginning(made: Facts, kecamatan: str) -> Iterator[Draft]:
    """The yearly instruction: delivered, acknowledged, proved."""
    place, by, year = f"kecamatan:{kecamatan}", f"KECAMATAN:{kecamatan}", made.day // 365 + 1
    if made.day == 42:
        yield made("duties.operator.assigned", place, 1, by=by, operator=f"op-{kecamatan}")
    tasks = {"PTK-CETAK-KK": "PRINT"} | ({"PTK-REKAM": "RECORD"} if kecamatan in WITH_RECORDER else {})
    for name, task in tasks.items():
        if made.day % 365 == 42:
            yield made("duties.instruction.delivered", place, 2, instruction=name, version=year)
        if made.day % 365 == 43 + int(kecamatan[-2:]) % 3:
            for role in ("OPERATOR", "DISTRICT_HEAD"):
                data: dict[str, Json] = {"instruction": name, "version": year, "role": role, "score": 90}
                yield made("duties.instruction.acknowledged", place, 3, by=by, **data)
            end = iso(made.story.at(made.day + 380))
            data = {"operator": f"op-{kecamatan}", "task": task, "is_passed": True, "score": 90, "valid_until": end}
            yield made("duties.competence.recorded", place, 4, **data)


def _trouble(made: Facts, kecamatan: str, spell: Spell) -> Iterator[Draft]:
    """What begins and what ends on this day."""
    device, place, by = f"device:{spell.serial}", f"kecamatan:{kecamatan}", f"KECAMATAN:{kecamatan}"
    key = f"{spell.serial}-{spell.first}"
    begun: dict[str, tuple[str, str, dict[str, Json]]] = {
        "FAULT": ("equipment.fault.reported", device, {"fault": key, "kind": "HARDWARE", "under_warranty": False}),
        "CONSUMABLE": ("equipment.consumable.ran_out", device, {"item": "TONER"}),
        "OPERATOR": ("duties.operator.released", place, {"operator": f"op-{kecamatan}"}),
        "DIVERTED": ("equipment.diversion.recorded", device, {}),
    }
    ended: dict[str, tuple[str, str, dict[str, Json]]] = {
        "FAULT": ("equipment.fault.cleared", device, {"fault": key}),
        "CONSUMABLE": ("equipment.consumable.restocked", device, {"item": "TONER"}),
        "OPERATOR": ("duties.operator.assigned", place, {"operator": f"op-{kecamatan}"}),
        "DIVERTED": ("equipment.diversion.cleared", device, {}),
    }
    for day, acts in ((spell.first, begun), (spell.last, ended)):
        if made.day == day and spell.trouble in acts:
            name, subject, data = acts[spell.trouble]
            yield made(name, subject, 2.5, by=by, **data)
    if made.day == spell.first + 2 and spell.last > made.day:
        yield made("duties.question.asked", place, 3, by=by, question=key, to=REGISTRY)


def _work(made: Facts, kecamatan: str, now: list[Spell]) -> Iterator[Draft]:
    """A working day: opened, probed hourly, used."""
    place, is_cut = f"kecamatan:{kecamatan}", any(spell.trouble == "LINE" for spell in now)
    yield made("readings.station.opened", place, 0.4)
    for hour in range(1, 9):
        yield probe(made, place, hour, "LOCAL", "STATION", is_up=not is_cut or made.rnd.random() < 0.2)
        if not is_cut:
            yield probe(made, place, hour, "CENTRE", "STATION", is_up=True)
    for serial in serials_of(kecamatan):
        if any(spell.serial == serial or spell.trouble in ("LINE", "OPERATOR") for spell in now):
            continue
        use = "CAPTURE" if serial.startswith("REK") else "PRINT"
        for _ in range(made.rnd.randrange(USES_A_DAY * 2)):
            yield made("readings.device.used", f"device:{serial}", 1 + made.rnd.random() * 7, use=use, count=1)


def probe(made: Facts, place: str, hour: float, path: str, seen_from: str, *, is_up: bool) -> Draft:
    """One hourly reading of a line, with the figures of the hour before."""
    latency = 20 + made.rnd.randrange(200) if is_up else None
    begun = datetime.combine(made.on, time(), UTC) + timedelta(hours=hour - 1)
    closed: dict[str, Json] = {
        "of": iso(begun), "probe_count": 60, "lost_count": 0 if is_up else 60, "median_ms": latency,
        "worst_ms": latency, "resent_count": 3, "up_bytes": 180_000, "up_ms": 9_000, "down_bytes": 90_000,
        "down_ms": 4_000, "gap_s": 4,
    }  # fmt: skip
    data: dict[str, Json] = {
        "path": path,
        "is_up": is_up,
        "latency_ms": latency,
        "seen_from": seen_from,
        "hour": closed,
    }
    return made("readings.link.probed", place, hour, **data)
