"""A process of its own: records a resident on an encrypted database and is killed at every commit, one after another.

Run by `test_recording_survives_kill` as `python -m tests.fault.killed_recording`; prints what it found as JSON.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from dekat.enrolment import absences, capturing, photo, seal, services  # noqa: E402
from dekat.enrolment.models import ChainLink, Recording, SavedStep, StepCapture  # noqa: E402
from dekat.enrolment.positions import Position, Slap  # noqa: E402
from dekat.enrolment.states import Absence, Reason, Step  # noqa: E402
from dekat.ledger.queries import events, faults  # noqa: E402
from dekat.project.sqlite import base  # noqa: E402
from dekat.sync.queries import packet_status, sealed_bytes  # noqa: E402
from tests.make.competence import let_actor_record  # noqa: E402
from tests.make.lone_station import found_alone  # noqa: E402
from tests.make.portraits import portrait, signature_png  # noqa: E402
from tests.make.recordings import CAMAT_ID, OPERATOR, STROKES, biodata, devices  # noqa: E402

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
RECORDING = UUID("019acb7e-0000-7000-8000-00000000cafe")
FOLDER = settings.ENV.data_dir
PRISTINE = FOLDER / "pristine.db"
SHOWN = FOLDER / "shown"
Act = Callable[[dict], object]


def acts() -> Iterator[Act]:
    """Every save of a whole recording, in order; act number n always carries the same step id."""
    yield lambda say: services.confirm_biodata(**say, corrections={"address": "DUSUN TENGAH"})
    yield lambda say: services.move(**say, to=Step.PHOTO)
    yield lambda say: photo.keep_photo(**say, jpeg=portrait("BLUE", width=360, height=480), camera="drawn")
    yield lambda say: photo.approve_photo(**say)
    yield lambda say: services.move(**say, to=Step.FINGERS)
    yield lambda say: absences.except_positions(
        **say,
        positions=[Position.RIGHT_RING],
        state=Absence.NOT_COLLECTABLE,
        reason=Reason.MISSING,
        is_permanent=True,
        second_person=CAMAT_ID,
    )
    for slap in Slap:
        yield lambda say, slap=slap: capturing.take_fingers(**say, slap=slap)
    yield lambda say: services.move(**say, to=Step.INDEX_RECHECK)
    for index in (Position.LEFT_INDEX, Position.RIGHT_INDEX):
        yield lambda say, index=index: capturing.take_recheck(**say, position=index)
    yield lambda say: services.move(**say, to=Step.IRISES)
    yield lambda say: capturing.take_irises(**say)
    yield lambda say: services.move(**say, to=Step.SIGNATURE)
    yield lambda say: services.keep_signature(**say, strokes=STROKES, png=signature_png())
    yield lambda say: services.move(**say, to=Step.SUMMARY)
    yield lambda say: seal.seal_recording(**say, is_confirmed_by_resident=True)


def record(after_each: Callable[[int], None]) -> None:
    """Start and save every step; a step that was saved before changes nothing."""
    devices()
    services.start(recording_id=RECORDING, biodata=biodata(), actor=OPERATOR, now=NOW)
    after_each(0)
    for number, act in enumerate(acts(), start=1):
        moment = NOW + timedelta(seconds=20 * number)
        step_id = uuid5(RECORDING, str(number))
        act({"recording_id": RECORDING, "step_id": step_id, "actor": OPERATOR, "now": moment})
        after_each(number)


def killed_at(commit: int, *, is_after: bool) -> bool:
    """Record in a child that kills itself beside its commit of this number; False when it ended before."""
    SHOWN.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        _kill_beside(commit, is_after)
        record(lambda number: SHOWN.write_text(str(number)))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _kill_beside(commit: int, is_after: bool) -> None:
    real, count = base.DatabaseWrapper._commit, 0

    def commit_and_die(self) -> None:
        nonlocal count
        count += 1
        if count == commit and not is_after:
            os.kill(os.getpid(), signal.SIGKILL)
        real(self)
        if count == commit:
            os.kill(os.getpid(), signal.SIGKILL)

    base.DatabaseWrapper._commit = commit_and_die


def look() -> dict:
    """What the reopened database holds."""
    row = Recording.objects.filter(id=RECORDING).first()
    return {
        "shown": int(SHOWN.read_text()) if SHOWN.exists() else -1,
        "saved": SavedStep.objects.count() if row else -1,
        "step": row.step if row else "",
        "captures": StepCapture.objects.count(),
        "links": ChainLink.objects.count(),
        "packet": packet_status(RECORDING) is not None,
        "faults": len(faults()),
        "integrity": connection.cursor().execute("PRAGMA integrity_check").fetchone()[0],
    }


def prepare() -> None:
    """An encrypted, migrated database of a station that knows its centre."""
    call_command("migrate", verbosity=0)
    found_alone(now=NOW)
    let_actor_record(OPERATOR, now=NOW)
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copy(connection.settings_dict["NAME"], PRISTINE)


def fresh() -> None:
    """Put the station back to the morning."""
    connection.close()
    database = Path(connection.settings_dict["NAME"])
    for old in (database, Path(f"{database}-wal"), Path(f"{database}-shm")):
        old.unlink(missing_ok=True)
    shutil.rmtree(FOLDER / "outbox", ignore_errors=True)
    shutil.copy(PRISTINE, database)


def main() -> None:
    """Kill beside every commit in turn; after each, look, finish the recording, and look again."""
    prepare()
    found, commit, is_after = [], 1, False
    while True:
        fresh()
        if not killed_at(commit, is_after=is_after):
            break
        seen = look()
        record(lambda number: None)
        ended = look()
        names = [event.name for event in events()]
        found.append(
            {
                "commit": commit,
                "is_after": is_after,
                "seen": seen,
                "ended": ended,
                "sealed_events": names.count("enrolment.recording.sealed"),
                "step_events": names.count("enrolment.recording.step_saved"),
                "has_file": sealed_bytes(RECORDING) is not None,
            }
        )
        connection.close()
        commit, is_after = (commit + 1, False) if is_after else (commit, True)
    plain = b"SITI CONTOH" in Path(connection.settings_dict["NAME"]).read_bytes()
    sys.stdout.write(json.dumps({"kills": found, "is_plain": plain}))


if __name__ == "__main__":
    main()
