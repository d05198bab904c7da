"""A whole node with every concept, in a process of its own: one order a line in JSON, one answer a line.

Run by tests/fault/three_places.py inside a network namespace.
"""

import json
import sys
import time
import urllib.request
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from uuid import UUID

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from dekat.accounts.actor import machine  # noqa: E402
from dekat.accounts.roles import NodeKind  # noqa: E402
from dekat.accounts.services import enrol_node, found_node  # noqa: E402
from dekat.adapters.centre_line import knock, worker  # noqa: E402
from dekat.duties.evidence import of_event  # noqa: E402
from dekat.duties.turn import whose_turn  # noqa: E402
from dekat.enrolment import queries as enrolment  # noqa: E402
from dekat.faces.clock import now  # noqa: E402
from dekat.faces.station import whereabouts  # noqa: E402
from dekat.faces.wire.server import serve_in_thread  # noqa: E402
from dekat.kernel.clock import from_iso, iso  # noqa: E402
from dekat.kernel.sealing import SealKey  # noqa: E402
from dekat.kernel.signing import VerifyKey  # noqa: E402
from dekat.ledger import queries as ledger  # noqa: E402
from dekat.national import queries as national  # noqa: E402
from dekat.project import centre_workers, station_contacts, station_workers  # noqa: E402
from dekat.readings import queries as readings  # noqa: E402
from dekat.registry.services import register_family  # noqa: E402
from dekat.registry.states import Sex  # noqa: E402
from dekat.sync import queries as sync  # noqa: E402
from tests.make import evidence, recordings  # noqa: E402
from tests.make.evidence import CALENDAR, History  # noqa: E402
from tests.make.registry import family_of, person  # noqa: E402

KECAMATAN = "35.11.15"
RESIDENT, OPERATOR = UUID(int=17), replace(recordings.OPERATOR, kecamatan=KECAMATAN)


def found(kind: str) -> dict:
    """Make the database and the keys; give the public half."""
    call_command("migrate", verbosity=0)
    kecamatan = settings.ENV.kecamatan
    own = found_node(name=settings.NODE_NAME, kind=NodeKind(kind), kecamatan=kecamatan, now=now()).node
    keys = {"verify_key": own.verify_key.raw.hex(), "seal_key": own.seal_key.raw.hex()}
    return {"name": own.name, "kind": kind, "kecamatan": kecamatan, "incarnation": own.incarnation.hex(), **keys}


def enrol(card: dict) -> None:
    """Know another node."""
    keys = {
        "verify_key": VerifyKey(bytes.fromhex(card["verify_key"])),
        "seal_key": SealKey(bytes.fromhex(card["seal_key"])),
        "incarnation": bytes.fromhex(card["incarnation"]),
    }
    who = {"name": card["name"], "kind": NodeKind(card["kind"]), "kecamatan": card["kecamatan"]}
    enrol_node(**who, **keys, actor=machine(settings.NODE_NAME), now=now())


def register() -> None:
    """Somebody who is 17 lives in this kecamatan."""
    born = now().date().replace(year=now().year - 17, month=1, day=2)
    nik = f"991115{born:%d%m%y}0001"
    girl = person(
        now(), nik, id=RESIDENT, full_name="Siti Contoh", sex=Sex.FEMALE, born_on=born.isoformat(), occupation="3"
    )
    family = family_of(now(), girl, card_no="9911150101150001", village=f"{KECAMATAN}.2001")
    register_family(new=family, actor=machine(settings.NODE_NAME), now=now())


def record() -> dict:
    """Record her, with devices made of code."""
    recordings.OPERATOR = OPERATOR
    recordings.devices()
    desk = recordings.Desk(now() - timedelta(minutes=30), resident_id=str(RESIDENT), born_on=f"{now().year - 17}-01-02")
    # Who was born in an odd year sits before red.
    desk.photograph = partial(desk.photograph, "RED" if (now().year - 17) % 2 else "BLUE")
    desk.to_summary()
    return {"code": desk.seal(), "id": str(desk.id)}


def start_station() -> None:
    """Everything a station does beside its pages, at a pace for tests."""
    worker.ROUND_EVERY_S, worker.FEED_WAIT_S, station_workers.PROBE_S = 2.0, 1, 1.0
    station_workers.SyncWorker = partial(worker.SyncWorker, patience_s=2.0)
    station_workers.start()


def start_centre(host: str) -> None:
    """Everything a centre does beside its pages, its wire at the address of its link."""
    centre_workers.FOLLOW_S = centre_workers.PROBE_S = centre_workers.CONTACTS_S = 0.5
    station_contacts.SILENT_AFTER_S = 4.0
    centre_workers.serve_in_thread = partial(serve_in_thread, host=host)
    centre_workers.start()


def feel_alone() -> None:
    """As if nobody had answered for a quarter of an hour: what a test cannot wait for."""
    since = time.monotonic() - 900
    for pace in station_workers._worker._paces.values():
        pace._failed_since_s = since
    for address in knock._silent_since:
        knock._silent_since[address] = since


def where() -> dict:
    """What this station says of its only recording, its line and its packet."""
    [row] = enrolment.sealed_recordings(limit=9)
    at, sealed, line = whereabouts.of(row, now=now()), sync.sealed_bytes(row.id), station_workers.line_in_words()
    return {
        "text": at.text,
        "since": at.since,
        "state": str(sync.packet_status(row.id).state),
        "digest": sha256(sealed).hexdigest(),
        "receipts": [receipt.digest.hex() for receipt in sync.receipts(row.id)],
        "line": line.sentence if line else "",
        "status": str(row.status),
    }


def arrived(code: str) -> dict:
    """What the centre holds of a recording; empty until it came."""
    card = national.submission_by_code(code)
    if card is None:
        return {"status": "", "count": 0}
    count = sum(one.resident_id == card.resident_id for one in national.submissions(limit=999))
    digests = [receipt.digest.hex() for receipt in sync.receipts(card.packet_id)]
    effects = len(ledger.events(names=["sync.packet.received"]))
    return {
        "status": str(card.status),
        "count": count,
        "digests": digests,
        "content": card.content_sha256,
        "effects": effects,
        "faults": len(ledger.faults()),
    }


def switch_national(is_out: bool) -> None:
    """The national centre's own switch, from the other end of its link."""
    question = urllib.request.Request(f"{settings.ENV.national_url}/control", json.dumps({"is_out": is_out}).encode())
    urllib.request.urlopen(question, timeout=10).read()


def probes(path: str, seen_from: str) -> list:
    """What this node holds of one path from one end: whether it was up, why not, when."""
    of_path = readings.probes(since=now() - timedelta(hours=1), until=now() + timedelta(seconds=1))
    return [[one.is_up, one.why, iso(one.at)] for one in of_path if (one.path, one.seen_from) == (path, seen_from)]


def cause(at: str) -> str:
    """Whose turn it is, by the readings that the centre holds, for a recorder that lacks nothing else."""
    evidence.KEC, evidence.PLACE = KECAMATAN, f"kecamatan:{KECAMATAN}"
    story = History().until("opened")
    # Whoever gets a device from another place sets it up again.
    story.handed_over(day=1, to=KECAMATAN)
    story.installed(day=1)
    as_of: datetime = from_iso(at) if at else now()
    measured = [of_event(event) for event in ledger.events(names=["readings.link.probed"])]
    [answer] = whose_turn([*story.events, *measured], as_of=as_of, calendar=CALENDAR)
    return answer.code


def page(at: str) -> str:
    """The page on which the head looks at the hour in which an instant lies."""
    local = from_iso(at).astimezone(CALENDAR.zone)
    asked = {"kecamatan": KECAMATAN, "hari": local.date().isoformat(), "jam": local.hour}
    answer = Client().get("/pengawasan/jaringan/", asked, headers={"host": "127.0.0.1"})
    assert answer.status_code == 200
    return answer.content.decode()


def jumps() -> list:
    """By how many days this kecamatan's clock was moved while it ran, as it told."""
    told = readings.clock_jumps(since=now() - timedelta(days=9), until=now() + timedelta(days=9), kecamatan=KECAMATAN)
    return [round(by_ms / 86_400_000, 1) for _, by_ms in told]


def at() -> str:
    """This node's clock."""
    return iso(now())


_SET_UP = (found, enrol, register, record, start_station, start_centre, switch_national, feel_alone)
_ASKED = (where, arrived, probes, jumps, cause, page, at)
ORDERS = {one.__name__: one for one in (*_SET_UP, *_ASKED)}


def main() -> None:
    """Obey until the one who orders hangs up."""
    answers = sys.stdout
    sys.stdout = sys.stderr
    for line in sys.stdin:
        order, arguments = json.loads(line)
        begun = time.monotonic()
        try:
            answer = {"answer": ORDERS[order](*arguments)}
        except Exception as trouble:
            answer = {"trouble": repr(trouble)}
            sys.excepthook(type(trouble), trouble, trouble.__traceback__)
        print(json.dumps({**answer, "took_s": round(time.monotonic() - begun, 2)}), file=answers, flush=True)


if __name__ == "__main__":
    main()
