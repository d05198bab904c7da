"""Randomised recordings under kills, power cuts, pulled plugs, full disks and jumping clocks; each seed replays alone.

`python -m tests.fault.schedules --count 1000 --seed 7` prints totals as JSON; `--count 1 --seed N` replays one.
After each death the disk is judged; at the end the recording must be what the same acts give on a day without trouble.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid5

import django

django.setup()

import cbor2  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, connection  # noqa: E402

from dekat.accounts.actor import machine  # noqa: E402
from dekat.accounts.roles import NodeKind  # noqa: E402
from dekat.accounts.services import enrol_node, found_node  # noqa: E402
from dekat.enrolment.models import Recording, SavedStep  # noqa: E402
from dekat.kernel.errors import DekatError  # noqa: E402
from dekat.kernel.sealing import OpenKey  # noqa: E402
from dekat.kernel.signing import SigningKey  # noqa: E402
from dekat.ledger.queries import events, faults  # noqa: E402
from dekat.sync import envelope  # noqa: E402
from dekat.sync.models import OutItem  # noqa: E402
from dekat.sync.rules import MAX_PACKET_BYTES  # noqa: E402
from dekat.sync.services import reconcile  # noqa: E402
from tests.fault import schedule_acts, schedule_faults  # noqa: E402
from tests.fault.schedule_acts import Act  # noqa: E402
from tests.fault.schedule_faults import Fault  # noqa: E402
from tests.make.code_devices import CodeDevices  # noqa: E402
from tests.make.competence import let_actor_record  # noqa: E402
from tests.make.recordings import OPERATOR, devices  # noqa: E402

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
FOLDER = settings.ENV.data_dir
PRISTINE, KEEP, JOURNAL = FOLDER / "pristine.db", FOLDER / "durable", FOLDER / "journal"
OUTBOX = FOLDER / "outbox"
CENTRE = OpenKey.generate()
# What differs between two days on which the same things were done.
_INSTANTS = {
    "code",
    "started_at",
    "confirmed_at",
    "photo_approved_at",
    "captured_at",
    "took_ms",
    "recording_id",
    "due_on",
}


class Broken(AssertionError):
    """A promise was not kept; the kind is counted."""

    def __init__(self, kind: str, detail: object) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind


class Station:
    """The operator at this station: presses, looks, presses again. The journal is what was shown on the screen."""

    def __init__(self, acts: list[Act]) -> None:
        self.acts = acts
        lines = [line.split() for line in JOURNAL.read_text().splitlines()] if JOURNAL.exists() else []
        self.presses = Counter(int(line[1]) for line in lines if line[0] == "press")
        self.shown = max((int(line[1]) for line in lines if line[0] == "shown"), default=-1)
        self.fired = {int(line[1]) for line in lines if line[0] == "fault"}
        self.clock_s = sum(int(line[1]) for line in lines if line[0] == "clock")

    def note(self, word: str, number: int) -> None:
        with JOURNAL.open("a") as journal:
            journal.write(f"{word} {number}\n")

    def ids(self, number: int) -> list[UUID]:
        """Every id that the page of this act ever carried."""
        return [uuid5(self.acts[number].recording_id, f"{number} {press}") for press in range(self.presses[number])]

    def is_done(self, number: int) -> bool:
        """What the page shows when it is opened anew."""
        act = self.acts[number]
        if act.is_start:
            return Recording.objects.filter(id=act.recording_id).exists()
        if act.is_seal and Recording.objects.filter(id=act.recording_id, step="SEALED").exists():
            return True
        return SavedStep.objects.filter(id__in=self.ids(number)).exists()

    def press(self, number: int, fault: Fault | None, made: CodeDevices, rng: random.Random) -> None:
        """One press: the same page again, or a page that was opened anew with an id of its own."""
        act = self.acts[number]
        if not self.presses[number] or rng.random() < 0.5:
            self.note("press", number)
            self.presses[number] += 1
        say = {
            "recording_id": act.recording_id,
            "step_id": self.ids(number)[-1],
            "actor": OPERATOR,
            "now": NOW + timedelta(seconds=20 * number + self.clock_s),
        }
        made.scores[:] = act.scores
        with schedule_faults.happening(fault, made, KEEP):
            act.do(say)
        if fault and fault.kind == "repeat":
            made.scores[:] = act.scores
            act.do(say)


def live(acts: list[Act], plan: list[Fault], seed: int) -> None:
    """Start up and work on until the recording is sealed, or a fault ends this life."""
    station, made = Station(acts), devices()
    rng = random.Random(f"life {seed} {sum(station.presses.values())}")
    reconcile(now=NOW)
    judge_disk()
    number = station.shown + 1
    while number < len(acts):
        if station.is_done(number):
            station.note("shown", number)
            number += 1
            continue
        waiting = [k for k, fault in enumerate(plan) if fault.act == number and k not in station.fired]
        fault = plan[waiting[0]] if waiting else None
        if fault:
            station.note("fault", waiting[0])
            station.fired.add(waiting[0])
        if fault and fault.kind == "clock":
            station.note("clock", fault.jump_s)
            station.clock_s += fault.jump_s
        try:
            station.press(number, fault, made, rng)
        except (DekatError, DatabaseError, OSError):
            if not fault or fault.is_death:
                raise
            continue
        if waiting[1:] and not station.is_done(number):
            raise Broken("saved", acts[number].name)


def in_child(work: Callable[[], None]) -> int:
    """Run in a forked process; give how it ended."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def schedule(seed: int) -> Counter[str]:
    """Run one schedule to its end; give what happened. Raises `Broken` where a promise was not kept."""
    acts = schedule_acts.draw(seed)
    plan = schedule_faults.draw(seed, acts)
    expected = on_a_good_day(acts, seed)
    fresh()
    told: Counter[str] = Counter(fault.kind for fault in plan)
    rng = random.Random(f"power {seed}")
    for _ in range(len(plan) + 2):
        status = in_child(lambda: live(acts, plan, seed))
        if os.WIFEXITED(status):
            if os.WEXITSTATUS(status):
                raise Broken("crashed", seed)
            judge_end(acts, expected)
            return told
        if os.WTERMSIG(status) != signal.SIGKILL:
            raise Broken("crashed", os.WTERMSIG(status))
        told["deaths"] += 1
        after_death(acts, plan, expected, rng)
    raise Broken("never ended", seed)


def after_death(acts: list[Act], plan: list[Fault], expected: dict, rng: random.Random) -> None:
    """Let the disk lose what it may, then judge it before anything is repaired."""
    station = Station(acts)
    fault = plan[int(JOURNAL.read_text().split("fault ")[-1].split()[0])]
    if fault.is_power:
        schedule_faults.lose_power(fault, KEEP, OUTBOX, rng)
    shutil.rmtree(KEEP)
    KEEP.mkdir()
    judge_disk()
    seen = fingerprint(acts[: station.shown + 2])
    allowed = [expected["after"][n] for n in (station.shown, station.shown + 1) if 0 <= n < len(acts)]
    if station.shown < 0:
        allowed.append(expected["before"])
    if seen not in allowed:
        raise Broken("lost or doubled step", (fault, station.shown, seen, allowed))
    for number in range(station.shown + 1):
        if not acts[number].is_start and not station.is_done(number):
            raise Broken("lost step", (fault, number, acts[number].name))


def judge_disk() -> None:
    """The file is whole, the ledger unbroken, no step twice, every packet file whole and open to the centre."""
    with connection.cursor() as cursor:
        if (said := cursor.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            raise Broken("file damaged", said)
    if found := list(faults()):
        raise Broken("ledger broken", found)
    saves = SavedStep.objects.exclude(what="sealed").count()
    if saves != len(events(names=["enrolment.recording.step_saved"])):
        raise Broken("step without its event", saves)
    for path in OUTBOX.glob("*.dkp"):
        try:
            envelope.parse(path.read_bytes(), max_bytes=MAX_PACKET_BYTES).open(CENTRE)
        except DekatError as refusal:
            raise Broken("half packet", (path.name, refusal.code)) from refusal
    for item in OutItem.objects.all():
        data = (OUTBOX / f"{item.id}.dkp").read_bytes() if (OUTBOX / f"{item.id}.dkp").exists() else b""
        if sha256(data).digest() != bytes(item.digest):
            raise Broken("half packet", "the row is there, its file is not")
    for row in Recording.objects.all():
        if (row.step == "SEALED") != OutItem.objects.filter(id=row.id).exists():
            raise Broken("neither open nor sealed", row.step)
        if row.step == "SEALED" and (row.biodata or row.captures.exists() or row.links.exists()):
            raise Broken("sealed and readable", row.step)


def judge_end(acts: list[Act], expected: dict) -> None:
    """One sealed recording, one packet, the content of a good day, and nothing left to repair."""
    judge_disk()
    if (seen := fingerprint(acts)) != expected["after"][-1]:
        raise Broken("lost or doubled step", (seen, expected["after"][-1]))
    if len(events(names=["enrolment.recording.sealed"])) != 1 or OutItem.objects.count() != 1:
        raise Broken("sealed twice", OutItem.objects.count())
    if content_digest(acts[-1].recording_id) != expected["digest"]:
        raise Broken("other content", acts[-1].recording_id)
    if list(OUTBOX.glob("**/*.tmp")) or list(OUTBOX.glob("orphaned/*")):
        raise Broken("left over", list(OUTBOX.rglob("*")))
    connection.close()


def fingerprint(acts: list[Act]) -> dict:
    """What is saved, without instants: what the pages show."""
    seen = {}
    for recording_id in dict.fromkeys(act.recording_id for act in acts):
        row = Recording.objects.filter(id=recording_id).first()
        if row is None:
            continue
        seen[str(recording_id)] = {
            "step": row.step,
            "biodata": [row.is_biodata_confirmed, row.corrections, sorted(row.biodata)],
            "is_approved": row.photo_approved_at is not None,
            "captures": sorted(
                map(list, row.captures.values_list("position", "purpose", "tries", "score", "hash_hex"))
            ),
            "links": list(row.links.order_by("seq").values_list("hash_hex", flat=True)),
            "absences": sorted(row.absences.values_list("position", flat=True)),
            "signatures": row.signature_rows.count(),
        }
    return seen


def content_digest(recording_id: UUID) -> str:
    """The digest of what the centre reads, without the instants."""
    data = (OUTBOX / f"{recording_id}.dkp").read_bytes()
    content = cbor2.loads(envelope.parse(data, max_bytes=MAX_PACKET_BYTES).open(CENTRE))
    content["times"].sort(key=lambda time: (time["step"], time["what"]))
    return sha256(cbor2.dumps(_timeless(content), canonical=True)).hexdigest()


def _timeless(value: object) -> object:
    if isinstance(value, dict):
        return {k: _timeless(v) for k, v in value.items() if k not in _INSTANTS and k != "confirmed_at"}
    return [_timeless(one) for one in value] if isinstance(value, list) else value


def on_a_good_day(acts: list[Act], seed: int) -> dict:
    """What the same acts give without trouble: the saved state after each, and the content at the end."""
    fresh()
    station, made, after = Station(acts), devices(), []
    before = fingerprint(acts)
    for number in range(len(acts)):
        station.press(number, None, made, random.Random(seed))
        after.append(fingerprint(acts))
    return {"before": before, "after": after, "digest": content_digest(acts[-1].recording_id)}


def prepare() -> None:
    """An encrypted, migrated database of a station that knows its centre."""
    call_command("migrate", verbosity=0)
    found_node(name=settings.NODE_NAME, kind=NodeKind.STATION, kecamatan="35.11.12", now=NOW)
    enrol_node(
        name="centre",
        kind=NodeKind.CENTRE,
        kecamatan="",
        verify_key=SigningKey.generate().verify_key,
        seal_key=CENTRE.seal_key,
        incarnation=bytes(16),
        actor=machine(settings.NODE_NAME),
        now=NOW,
    )
    let_actor_record(OPERATOR, now=NOW)
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copy(connection.settings_dict["NAME"], PRISTINE)


def fresh() -> None:
    """Put the station back to the morning."""
    connection.close()
    database = Path(connection.settings_dict["NAME"])
    for old in (database, Path(f"{database}-wal"), Path(f"{database}-shm"), JOURNAL):
        old.unlink(missing_ok=True)
    for folder in (OUTBOX, KEEP):
        shutil.rmtree(folder, ignore_errors=True)
    KEEP.mkdir()
    shutil.copy(PRISTINE, database)


def main() -> int:
    """Run the schedules; print what was tried and what broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.fault.schedules")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    begun, tried, broken = time.monotonic(), Counter[str](), []
    prepare()
    for seed in range(options.seed, options.seed + options.count):
        try:
            tried += schedule(seed)
        except (Broken, DekatError, DatabaseError) as error:
            broken.append(
                {"seed": seed, "kind": getattr(error, "kind", type(error).__name__), "said": str(error)[:600]}
            )
            connection.close()
    kinds = Counter(one["kind"] for one in broken)
    result = {
        "schedules": options.count,
        "seed": options.seed,
        "lost_steps": sum(count for kind, count in kinds.items() if kind not in ("half packet",)),
        "half_packets": kinds["half packet"],
        "seconds": round(time.monotonic() - begun, 1),
        "tried": dict(sorted(tried.items())),
        "broken": broken,
    }
    sys.stdout.write(json.dumps(result, indent=1) + "\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
