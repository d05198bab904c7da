"""A sample history of about two years: only Wringin works, thirteen recorders stand idle, each for its own reason.

`events_by_node(now)` gives the drafts of each node in order, so that a seeding can sign each with the right voice.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from dekat.areas.working_calendar import regency_calendar
from dekat.duties import sample_hearings
from dekat.duties.competence import months_later
from dekat.equipment import sample as equipment
from dekat.equipment.sample import ALL, REGISTRY, WITH_RECORDER, Story, officer, printer, recorder, said_id, say
from dekat.equipment.sample_2012 import earlier_events
from dekat.kernel.canonical import Json
from dekat.kernel.clock import iso
from dekat.kernel.working_time import add_working_minutes
from dekat.ledger.services import Draft

CENTRE = "centre"
WRINGIN, CERMEE, SEMPOL = "35.11.12", "35.11.15", "35.11.19"
RECORDING, PRINTING = "PTK-REKAM", "PTK-CETAK-KK"
TITLES = {RECORDING: "Merekam KTP-el dari awal sampai tersegel", PRINTING: "Mencetak KK dan akta di kecamatan"}
# Why each of the others stands idle.
STORIES = {
    "35.11.01": "NO_OPERATOR",
    "35.11.02": "BROKEN",
    "35.11.04": "NO_CONSUMABLE",
    "35.11.08": "DIVERTED",
    "35.11.09": "NOT_COMPETENT",
    "35.11.10": "NETWORK_CENTRAL",
    "35.11.11": "NO_DEMAND",
    "35.11.14": "NO_ACCESS_RIGHT",
    "35.11.16": "POWER",
    "35.11.17": "NOT_ACKNOWLEDGED",
    "35.11.22": "UNKNOWN",
    CERMEE: "NETWORK_LOCAL",
    SEMPOL: "NO_INSTRUCTION",
    WRINGIN: "",
}
# The last day (days ago) on which each recorder that ever worked was used.
LAST_USE = {
    "35.11.01": 74, "35.11.02": 48, "35.11.04": 33, "35.11.08": 131, "35.11.10": 29, "35.11.16": 92, "35.11.22": 55,
    "35.11.11": 210, CERMEE: 17,
}  # fmt: skip
# A printer that still stands in the office's store; `make demo` offers it, and the tour accepts it.
UNGIVEN_PRINTER = SEMPOL
# When the obstacle came (days ago).
TROUBLE = {kecamatan: last - 1 for kecamatan, last in LAST_USE.items()}
# Days ago on which the Sekda last set a deadline: for whom, and after how many working days it falls due.
SUMMONS = {
    "35.11.01": ("KECAMATAN:35.11.01", 9, 14),
    "35.11.02": ("PEMASOK", 11, 12),
    "35.11.04": (REGISTRY, 5, 9),
    "35.11.08": ("KECAMATAN:35.11.08", 6, 10),
    "35.11.09": (REGISTRY, 21, 8),
    "35.11.10": ("PUSAT", 8, 12),
    "35.11.11": (REGISTRY, 14, 15),
    "35.11.14": ("PUSAT", 12, 15),
    "35.11.16": ("KECAMATAN:35.11.16", 4, 8),
    "35.11.17": ("KECAMATAN:35.11.17", 7, 8),
    SEMPOL: (REGISTRY, 10, 9),
}
# What the Sekda asked for, by the reason why a recorder stands idle.
WANTED = {
    "NO_OPERATOR": "Tunjuk operator",
    "BROKEN": "Perbaiki alat dalam garansi",
    "NO_CONSUMABLE": "Kirim pembersih alat",
    "DIVERTED": "Kembalikan alat ke tugasnya",
    "NOT_COMPETENT": "Dampingi operator sampai lulus",
    "NETWORK_CENTRAL": "Pulihkan sambungan ke pusat",
    "NO_DEMAND": "Umumkan layanan kepada warga",
    "NO_ACCESS_RIGHT": "Berikan hak akses SIAK",
    "POWER": "Perbaiki listrik di tempat alat",
    "NOT_ACKNOWLEDGED": "Baca petunjuk dan nyatakan mengerti",
    "NO_INSTRUCTION": "Kirim petunjuk merekam",
}
_LATEST_MEETINGS = 30
# The day on which the first instructions went out, and how many days ago those who knew their work proved it again.
_EARLY, _RENEWED = 60, 120


def node_of(kecamatan: str) -> str:
    """The station of a kecamatan."""
    return f"station-{kecamatan}"


def events_by_node(now: datetime) -> dict[str, list[Draft]]:
    """The whole history, by the node that says it, each in order of time and nothing after `now`."""
    story = Story(now)
    without = frozenset({printer(UNGIVEN_PRINTER)})
    register = equipment.register_events(story, without_handover=without)
    found: dict[str, list[Draft]] = {
        CENTRE: [
            *earlier_events(),
            *register,
            *_centre(story),
            *sample_hearings.events(story),
        ]
    }
    for kecamatan in ALL:
        found[node_of(kecamatan)] = list(_station(story, kecamatan))
    return {
        node: sorted((draft for draft in drafts if draft.occurred_at < now), key=lambda d: (d.occurred_at, d.event_id))
        for node, drafts in found.items()
    }


def _instructed() -> list[str]:
    return [code for code in ALL if STORIES.get(code) != "NO_INSTRUCTION"]


def _centre(story: Story) -> Iterator[Draft]:
    """What the office, the national centre and the Sekda did."""
    for instruction, kind in ((RECORDING, "RECORDER"), (PRINTING, "KK_PRINTER")):
        to: list[Json] = [code for code in _instructed() if kind == "KK_PRINTER" or code in WITH_RECORDER]
        yield say(
            "duties.instruction.issued", f"instruction:{instruction}", story.at(60), by=REGISTRY, version=1,
            title=TITLES[instruction], to=to, kinds=[kind], legal_basis="Permenpan 35/2012",
        )  # fmt: skip
    for kecamatan in WITH_RECORDER:
        yield from _readiness(story, kecamatan)
    for kecamatan in ALL:
        if kecamatan != UNGIVEN_PRINTER:
            yield say("equipment.device.installed", f"device:{printer(kecamatan)}", story.at(40), by=REGISTRY)
    for day in range(45, story.days + 1):
        is_up = story.days - day > TROUBLE["35.11.10"]
        yield _probe("regency", story.at(day, 3), "NATIONAL", is_up=True, seen_from="CENTRE", latency=64 + day % 9)
        if not is_up:
            place = "kecamatan:35.11.10"
            yield _probe(place, story.at(day, 3), "NATIONAL", is_up=False, seen_from="CENTRE", latency=None)
    summons = {recorder(kecamatan): summon for kecamatan, summon in SUMMONS.items()}
    summons |= {printer(kecamatan): (REGISTRY, 10, 15) for kecamatan in ALL if not _prints(kecamatan)}
    for serial, (party, ago, working_days) in [*_earlier_summons(), *summons.items()]:
        set_at = story.ago(ago, 3)
        due = add_working_minutes(set_at, working_days * 480, regency_calendar())
        yield say(
            "duties.obligation.set", f"device:{serial}", set_at, by="SEKDA", party=party,
            obligation=said_id("obligation", serial, ago), due_at=iso(due), what=_wanted(serial, ago),
        )  # fmt: skip


def _wanted(serial: str, ago: int) -> str:
    """What the Sekda asked for."""
    if ago > _LATEST_MEETINGS:
        return "Tindak lanjut rapat koordinasi"
    if serial == printer(UNGIVEN_PRINTER):
        return "Serahkan set cetak dengan BAST"
    place = next((kecamatan for kecamatan in SUMMONS if recorder(kecamatan) == serial), "")
    return WANTED[STORIES[place]] if place else "Umumkan bahwa KK dan akta dicetak di kecamatan"


def _earlier_summons() -> Iterator[tuple[str, tuple[str, int, int]]]:
    """Two years of meetings: the Sekda called whoever was to act then, and the deadlines passed."""
    for kecamatan, summon in SUMMONS.items():
        for ago in (590, 460, 330, 200, 90):
            # Before the late instruction arrived, everything waited for the registry office.
            party = summon[0] if ago < 70 or kecamatan in LAST_USE else REGISTRY
            if ago < LAST_USE.get(kecamatan, 730) and ago < TROUBLE.get(kecamatan, 730):
                yield recorder(kecamatan), (party, ago, 45)
    for kecamatan in ALL:
        if not _prints(kecamatan):
            yield from ((printer(kecamatan), (REGISTRY, ago, 60)) for ago in (500, 320, 150))


def _readiness(story: Story, kecamatan: str) -> Iterator[Draft]:
    """Installation and access of a recorder, and its own trouble as the office knows it."""
    device, reason = f"device:{recorder(kecamatan)}", STORIES[kecamatan]
    yield say("equipment.device.installed", device, story.at(44), by=REGISTRY)
    if reason == "NO_ACCESS_RIGHT":
        yield say("equipment.access.requested", device, story.at(90), by=REGISTRY, to="PUSAT")
        return
    yield say("equipment.access.granted", device, story.at(52), by=REGISTRY)
    if reason == "DIVERTED":
        photo = "5f" * 32
        yield say("equipment.diversion.recorded", device, story.ago(40), by="INSPEKTORAT", photo_sha256=photo)


def _station(story: Story, kecamatan: str) -> Iterator[Draft]:
    """What the station of a kecamatan and its people said."""
    voice, place, reason = f"node:{node_of(kecamatan)}", f"kecamatan:{kecamatan}", STORIES.get(kecamatan, "")
    if kecamatan in _instructed():
        yield from _learning(story, kecamatan)
    if reason != "NO_INSTRUCTION":
        yield from _running(story, kecamatan)
    by, device = f"KECAMATAN:{kecamatan}", f"device:{recorder(kecamatan)}"
    if reason in ("POWER", "BROKEN"):
        kind = "POWER" if reason == "POWER" else "HARDWARE"
        yield say(
            "equipment.fault.reported", device, story.ago(TROUBLE[kecamatan]), by=by, fault=f"sample-{kecamatan}",
            kind=kind, under_warranty=reason == "BROKEN",
        )  # fmt: skip
    if reason == "NO_CONSUMABLE":
        yield say("equipment.consumable.ran_out", device, story.ago(TROUBLE[kecamatan]), by=by, item="CLEANING_KIT")
    if reason == "NO_INSTRUCTION":
        yield say(
            "duties.question.asked", place, story.ago(61), by=by, question=said_id("question", kecamatan), to=REGISTRY,
        )  # fmt: skip
        yield say("readings.station.opened", place, story.ago(61, 1), voice)


def _learning(story: Story, kecamatan: str) -> Iterator[Draft]:
    """Delivery receipts, acknowledgements, operators and their tests."""
    voice, place, by = f"node:{node_of(kecamatan)}", f"kecamatan:{kecamatan}", f"KECAMATAN:{kecamatan}"
    reason = STORIES.get(kecamatan, "")
    operator = str(officer(f"OPERATOR/{kecamatan}"))
    # Those who never worked got their instruction late; the others at once.
    day = _EARLY if kecamatan in LAST_USE or kecamatan == WRINGIN or kecamatan not in WITH_RECORDER else story.days - 70
    tasks = {PRINTING: "PRINT"} | ({RECORDING: "RECORD"} if kecamatan in WITH_RECORDER else {})
    for instruction, task in tasks.items():
        for verb, who, hours in (("delivered", voice, 2), ("shown", voice, 4)):
            yield say(
                f"duties.instruction.{verb}", place, story.at(day + hours / 24), who, instruction=instruction, version=1
            )
        is_unread = reason == "NOT_ACKNOWLEDGED"
        for role, who in () if is_unread else (("OPERATOR", f"account:{operator}"), ("DISTRICT_HEAD", "")):
            yield say(
                "duties.instruction.acknowledged", place, story.at(day + 1, 4), who, by=by, instruction=instruction,
                version=1, role=role, score=90,
            )  # fmt: skip
        is_passed = reason != "NOT_COMPETENT" or task == "PRINT"
        yield say(
            "duties.competence.recorded", place, story.at(day + 2), voice, operator=operator, task=task,
            is_passed=is_passed, score=90 if is_passed else 40,
        )  # fmt: skip
        if task == "RECORD" and is_passed and day == _EARLY:
            seen_at = story.ago(_RENEWED, 2)
            yield say(
                "duties.competence.recorded", place, seen_at, by=by, operator=operator, task=task, is_passed=True,
                score=90, stage="OBSERVED", valid_until=iso(months_later(seen_at, 24)),
            )  # fmt: skip
    yield say("duties.operator.assigned", place, story.at(day, 1), by=by, operator=operator)
    if reason == "NO_OPERATOR":
        yield say("duties.operator.released", place, story.ago(TROUBLE[kecamatan]), by=by, operator=operator)


def _running(story: Story, kecamatan: str) -> Iterator[Draft]:
    """Openings, probes, captures and prints, day by working day."""
    voice, place, calendar = f"node:{node_of(kecamatan)}", f"kecamatan:{kecamatan}", regency_calendar()
    last_use = 0 if kecamatan == WRINGIN else LAST_USE.get(kecamatan)
    reason, seed = STORIES.get(kecamatan, ""), int(kecamatan[-2:])
    is_down = False
    for day in range(64, story.days + 1):
        ago = story.days - day
        if not calendar.is_working_day((story.at(day) + timedelta(hours=7)).date()):
            continue
        if reason == "UNKNOWN" and ago <= TROUBLE[kecamatan]:
            return
        if reason == "NETWORK_LOCAL" and ago <= TROUBLE[kecamatan]:
            is_down = True
        yield say("readings.station.opened", place, story.at(day, 1), voice)
        latency = None if is_down else 38 + (day * seed) % 23
        yield _probe(
            place, story.at(day, 1.5), "LOCAL", is_up=not is_down, seen_from="STATION", latency=latency, voice=voice
        )
        if last_use is not None and ago >= last_use and (kecamatan == WRINGIN or day >= 300):
            count = 3 + (day * seed * 7) % 9 if kecamatan == WRINGIN else 1 + (day * seed) % 5
            yield say(
                "readings.device.used",
                f"device:{recorder(kecamatan)}",
                story.at(day, 4),
                voice,
                use="CAPTURE",
                count=count,
            )
        if kecamatan == WRINGIN or ((day * seed) % 5 < 2 and day > 420 and _prints(kecamatan) and not is_down):
            count = 1 + (day * seed) % 6
            yield say(
                "readings.device.used",
                f"device:{printer(kecamatan)}",
                story.at(day, 5),
                voice,
                use="PRINT",
                count=count,
            )


def _prints(kecamatan: str) -> bool:
    """Whether family cards are printed there now and then."""
    return kecamatan == WRINGIN or (int(kecamatan[-2:]) % 3 == 0 and kecamatan != UNGIVEN_PRINTER)


def _use(serial: str, at: datetime, voice: str, use: str, count: int) -> Draft:
    return say("readings.device.used", f"device:{serial}", at, voice, use=use, count=count)


def _probe(
    place: str, at: datetime, path: str, *, is_up: bool, seen_from: str, latency: int | None, voice: str = "node:centre"
) -> Draft:
    data: dict[str, Json] = {"path": path, "is_up": is_up, "latency_ms": latency, "seen_from": seen_from}
    return say("readings.link.probed", place, at, voice, **data)
