"""What arrives about equipment: hand-overs at a station by the feed, a station's word at the centre by message."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from dekat.equipment import handing_over, register
from dekat.equipment.drawing import digest, is_drawing
from dekat.equipment.models import Device
from dekat.equipment.offers import as_body, keep_body, party_of
from dekat.equipment.services import BastAlreadyUsed
from dekat.equipment.upkeep_kinds import AnswerState
from dekat.equipment.upkeep_models import Offer
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger.rules import SignedEvent

CONDITION, OFFERED = "equipment.device.condition_recorded", "OFFERED"
# What the answer to an offer adds; everything else must be as it was offered.
_ANSWER = {"answered_at", "receiver_name", "receiver_nip", "receiver_signature", "head_name", "paper_sha256"}
_ITEM_ANSWER = {"state", "condition", "photos", "refusal", "why"}


class WordNotTheirs(DekatError):
    """A station speaks of a device or a hand-over that is not its own."""

    code = "equipment.word.not_theirs"


def apply_offer(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Know a hand-over that the centre tells this station (feed handler).

    Again: what was answered here stays.
    """
    row = keep_body(body)
    if body["answered_at"]:
        Offer.objects.filter(id=row.id, confirmed_at=None).update(confirmed_at=now)


def take_word(
    *, kecamatan: str, events: Sequence[SignedEvent], handover: Mapping[str, Json] | None, now: datetime
) -> None:
    """Keep what the station of a kecamatan said of its own devices, in the caller's transaction.

    Again: the same word changes nothing.
    Refuses: equipment.word.not_theirs, equipment.bast.already_used, equipment.handover.not_in_your_hands.
    """
    if handover is not None:
        _take_handover(kecamatan, events, handover, now)
        return
    for event in events:
        serial = event.subject.partition(":")[2]
        if event.name != CONDITION or not _is_there([serial], kecamatan):
            raise WordNotTheirs
        register.keep(event)


def _take_handover(kecamatan: str, events: Sequence[SignedEvent], body: Mapping[str, Json], now: datetime) -> None:
    known = Offer.objects.select_for_update().filter(id=UUID(str(body["id"]))).first()
    party, serials = party_of(kecamatan), _serials(body)
    if known and party not in (known.giver, party_of(known.to)):
        raise WordNotTheirs
    if known and known.answered_at:
        return
    if known is None:
        _check_offer(party, kecamatan, serials, body)
    elif known.to != kecamatan or not body["answered_at"] or _terms(body) != _terms(as_body(known)):
        raise WordNotTheirs
    if not _is_told_by(body, events, is_answer=known is not None) or not _is_signed_so(body, events):
        raise WordNotTheirs
    row = keep_body(body)
    for event in events:
        register.keep(event)
    handing_over.publish(row, now=now)


def _check_offer(party: str, kecamatan: str, serials: list[str], body: Mapping[str, Json]) -> None:
    if body["giver"] != party or body["answered_at"]:
        raise WordNotTheirs
    if not _is_there(serials, kecamatan):
        raise handing_over.NotInYourHands(serials=", ".join(serials))
    if Offer.objects.filter(giver=party, bast=str(body["bast"])).exists():
        raise BastAlreadyUsed(bast=str(body["bast"]))


def _is_told_by(body: Mapping[str, Json], events: Sequence[SignedEvent], *, is_answer: bool) -> bool:
    """Whether the events say of each device what the row says of it, and nothing more: no giver may also accept."""
    states = {str(item["serial"]): str(item["state"]) if is_answer else OFFERED for item in _items(body)}
    told: dict[str, str] = {}
    for event in events:
        serial = event.subject.partition(":")[2]
        if event.name == CONDITION and is_answer and serial in states:
            continue
        if not event.name.startswith("equipment.handover.") or event.data.get("bast") != body["bast"]:
            return False
        told[serial] = event.name.rpartition(".")[2].upper()
        if told[serial] != AnswerState.DECLINED and event.data.get("to") != body["to"]:
            return False
    answers = {OFFERED} if not is_answer else {AnswerState.ACCEPTED, AnswerState.DECLINED}
    return told == states and answers.issuperset(told.values())


def _is_signed_so(body: Mapping[str, Json], events: Sequence[SignedEvent]) -> bool:
    """Whether the signatures are drawings of ours, and the one that the log names is the one in the row."""
    given, received = str(body["giver_signature"]), str(body["receiver_signature"])
    wanted = digest(received) if received else body["paper_sha256"]
    accepted = [event.data.get("signature_sha256") for event in events if event.name.endswith(".accepted")]
    return all(not one or is_drawing(one) for one in (given, received)) and all(one == wanted for one in accepted)


def _is_there(serials: Sequence[str], kecamatan: str) -> bool:
    found = Device.objects.filter(serial__in=serials, kecamatan=kecamatan, written_off_on=None).count()
    return 0 < found == len(set(serials))


def _serials(body: Mapping[str, Json]) -> list[str]:
    return [str(item["serial"]) for item in _items(body)]


def _items(body: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    items = body["items"]
    assert isinstance(items, Sequence) and not isinstance(items, str)
    return [item for item in items if isinstance(item, Mapping)]


def _terms(body: Mapping[str, Json]) -> list[object]:
    """The hand-over without its answer, in one order."""
    fixed = {key: value for key, value in body.items() if key not in (*_ANSWER, "items")}
    items = [{key: item[key] for key in item if key not in _ITEM_ANSWER} for item in _items(body)]
    return [fixed, sorted(items, key=lambda item: str(item["serial"]))]
