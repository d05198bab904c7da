"""Years of a regency that does not exist, as its centre and its 23 stations would sign them; the same every time.

About 1,000 events a day: 14 recorders and 23 printers at work or in trouble, each line probed hourly from both ends.
One station was cut off for the last week: what it says of it arrives late.
"""

from datetime import datetime
from functools import cache
from hashlib import sha256
from uuid import UUID

from bench.years_story import Facts, Spell, facts_of, probe, spells_of
from dekat.accounts.actor import machine
from dekat.accounts.roles import NodeKind
from dekat.accounts.services import enrol_node
from dekat.equipment import register
from dekat.equipment.sample import ALL, Story, recorder, register_events
from dekat.kernel.sealing import OpenKey
from dekat.kernel.signing import SigningKey
from dekat.ledger import ports
from dekat.ledger import queries as ledger
from dekat.ledger.services import Draft, record_many

LATE = "35.11.12"


def load(*, days: int, until: datetime) -> int:
    """Say `days` days of history week by week with each node's own voice; give the number of events."""
    story = Story(until, days)
    bought = register_events(story, without_handover=frozenset())
    count = _say("centre", [draft for draft in bought if draft.occurred_at < until], until)
    for kecamatan in ALL:
        _enrol(kecamatan, until)
    for week in range(0, days, 7):
        for node in ("centre", *map(_station, ALL)):
            if node != _station(LATE) or week + 7 < days:
                count += _say_week(story, node, week, until)
    for event in ledger.events(name_prefix="equipment.", node="centre"):
        register.keep(event)
    return count


def say_late_week(*, days: int, until: datetime) -> int:
    """The week of the station that was cut off."""
    return _say_week(Story(until, days), _station(LATE), (days - 1) // 7 * 7, until)


def say_use(*, now: datetime) -> int:
    """One capture, just now."""
    made = Facts(Story(now, 0), _station(LATE), 0, number=10**5)
    fact = made("readings.device.used", f"device:{recorder(LATE)}", _just(now), use="CAPTURE", count=1)
    return _say(_station(LATE), [fact], now)


def say_line(*, is_up: bool, now: datetime) -> int:
    """The regency's line to the national centre as it is now."""
    made = Facts(Story(now, 0), "centre", 0, number=2 * 10**5 + is_up)
    return _say("centre", [probe(made, "regency", _just(now), "NATIONAL", "CENTRE", is_up=is_up)], now)


def _just(now: datetime) -> float:
    """The hour of this moment, less the minutes by which a fact is made to vary."""
    return now.hour + now.minute / 60 - 0.2


@cache
def _spells(days: int) -> dict[str, list[Spell]]:
    return {code: list(spells_of(code, days)) for code in ALL}


def _say_week(story: Story, node: str, week: int, until: datetime) -> int:
    spells = _spells(story.days)
    days = range(week, min(week + 7, story.days))
    drafts = [fact for day in days for fact in facts_of(story, node, day, spells) if fact.occurred_at < until]
    return _say(node, sorted(drafts, key=lambda fact: fact.occurred_at), min(story.at(week + 7, 0), until))


def _say(node: str, drafts: list[Draft], now: datetime) -> int:
    voice = ports.signer() if node == "centre" else ports.Signer(node, _key(node))
    return record_many(drafts, voice=voice, now=now)


def _station(kecamatan: str) -> str:
    return f"station-{kecamatan}"


def _key(node: str) -> SigningKey:
    return SigningKey(sha256(f"bench/{node}".encode()).digest())


def _enrol(kecamatan: str, now: datetime) -> None:
    node = _station(kecamatan)
    enrol_node(
        name=node, kind=NodeKind.STATION, kecamatan=kecamatan, verify_key=_key(node).verify_key,
        seal_key=OpenKey.generate().seal_key, incarnation=UUID(int=int(kecamatan[-2:])).bytes, actor=machine("centre"),
        now=now,
    )  # fmt: skip
