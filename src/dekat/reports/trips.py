"""Trips to town: which were avoided, which were made, and where a resident must still go, why, and who must act."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from dekat.areas.distances import TOWN, trip_metres
from dekat.cases import queries as cases
from dekat.cases.queries import Tally
from dekat.cases.states import Channel
from dekat.duties import queries as duties
from dekat.duties.obligations import ObligationCard, obligations
from dekat.duties.turn import Answer
from dekat.national import queries as national
from dekat.registry import queries as registry
from dekat.reports.period import Period
from dekat.reports.served import Served, Service, served

# What a resident wants, and the kind of device without which it cannot be had in the kecamatan.
PATHS = {"RECORD": "RECORDER", "PRINT": "KK_PRINTER"}
# A kecamatan without a device has no turn to count; whoever buys and places devices must act.
NO_DEVICE, PLACES_DEVICES = "NO_DEVICE", "DISPENDUKCAPIL"


@dataclass(frozen=True)
class Avoided:
    """Trips that residents of one kecamatan did not make, by what was done there instead."""

    kecamatan: str
    recorded: int
    printed: int
    cards: int
    round_trip_m: int | None

    @property
    def trips(self) -> int:
        return self.recorded + self.printed + self.cards

    @property
    def metres(self) -> int | None:
        """None where the middle of the kecamatan is not known."""
        return None if self.round_trip_m is None else self.trips * self.round_trip_m


@dataclass(frozen=True)
class Needed:
    """One service in one kecamatan: whether it can be had there, else why not, whose turn it is and until when.

    Facts: `went_count` trips were made already; `must_count` applications wait for a paper that cannot be printed
    there.
    """

    kecamatan: str
    path: str
    is_served: bool
    serial: str
    code: str
    party: str
    due_at: datetime | None
    went_count: int
    must_count: int

    @property
    def trips(self) -> int:
        return self.went_count + self.must_count


def avoided(found: Served, kecamatan: Sequence[str]) -> list[Avoided]:
    """Trips avoided in each kecamatan but the town's own, whose residents live beside the office."""
    sums = found.by_place()
    return [
        Avoided(
            kecamatan=code,
            recorded=sums.get((Service.RECORDED, code), 0),
            printed=sums.get((Service.PRINTED, code), 0),
            cards=sums.get((Service.CARD_COLLECTED, code), 0),
            round_trip_m=trip_metres(code),
        )
        for code in kecamatan
        if code != TOWN
    ]


def trips_avoided(period: Period, *, kecamatan: Sequence[str], now: datetime, zone: ZoneInfo) -> list[Avoided]:
    """Trips avoided in a period, by kecamatan."""
    return avoided(served(period, now=now, zone=zone), kecamatan)


def trips_needed(
    period: Period, *, kecamatan: Sequence[str], state_at: datetime, now: datetime, zone: ZoneInfo
) -> list[Needed]:
    """For each kecamatan but the town's own and each path: what residents must still go to town for.

    Facts: applications and recordings are those of the period; what can be had, why not and whose turn it is, as of
    `state_at`.
    """
    since, until = period.starts_at(zone), period.as_of(now, zone)
    answers = [answer for answer in duties.answers(as_of=state_at) if not answer.is_written_off]
    tallies = cases.tallies(since=since, until=until)
    open_duties = obligations(is_open=True)
    elsewhere = Counter(home for _, home in recorded_elsewhere(since=since, until=until))
    return [
        _needed(code, path, answers, tallies, open_duties, elsewhere)
        for code in kecamatan
        if code != TOWN
        for path in PATHS
    ]


def unserved(*, kecamatan: Sequence[str], at: datetime) -> int:
    """How many services residents cannot have in their own kecamatan: one for each kecamatan and path."""
    serving = {(answer.kecamatan, answer.kind) for answer in duties.answers(as_of=at) if is_serving(answer)}
    wanted = [(code, kind) for code in kecamatan if code != TOWN for kind in PATHS.values()]
    return sum(one not in serving for one in wanted)


def _needed(
    code: str,
    path: str,
    answers: Sequence[Answer],
    tallies: Sequence[Tally],
    open_duties: Sequence[ObligationCard],
    elsewhere: Counter[str],
) -> Needed:
    mine = [answer for answer in answers if answer.kind == PATHS[path] and _is_for(answer, code)]
    serving = next((answer for answer in mine if is_serving(answer)), None)
    stuck = mine[0] if mine and not serving else None
    own = next((card for card in open_duties if card.subject == f"kecamatan:{code}"), None)
    asked = [tally for tally in tallies if tally.kecamatan == code] if path == "PRINT" else []
    in_town = [tally for tally in asked if tally.channel is Channel.OFFICE]
    waiting = sum(tally.open_count for tally in asked if tally.channel is not Channel.OFFICE)
    return Needed(
        kecamatan=code,
        path=path,
        is_served=serving is not None,
        serial=(serving or stuck).serial if serving or stuck else "",  # type: ignore[union-attr]
        code="" if serving else stuck.code if stuck else NO_DEVICE,
        party="" if serving else stuck.party if stuck else own.party if own else PLACES_DEVICES,
        due_at=None if serving else stuck.due_at if stuck else own.due_at if own else None,
        went_count=sum(tally.count for tally in in_town) if path == "PRINT" else elsewhere[code],
        must_count=0 if serving else waiting,
    )


def _is_for(answer: Answer, kecamatan: str) -> bool:
    """Whether a device stands there, or waits for a yes there: who must act is then whoever was offered it."""
    offered_to = (answer.party, *answer.missed) if answer.code == "HANDOVER_OPEN" else ()
    return answer.kecamatan == kecamatan or f"KECAMATAN:{kecamatan}" in offered_to


def is_serving(answer: Answer) -> bool:
    """Whether people are served by the device, or only nobody came."""
    return answer.is_in_use or (answer.is_idle and answer.link == "demand")


def recorded_elsewhere(*, since: datetime, until: datetime) -> list[tuple[UUID, str]]:
    """Recordings made in another kecamatan than the one where the resident lives, and that kecamatan."""
    found = national.recorded(since=since, until=until)
    homes = registry.homes(who for _, who, _ in found)
    return [(recording, homes[who]) for recording, who, place in found if who in homes and homes[who] != place]
