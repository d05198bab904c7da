"""One card at Dispendukcapil: its face for the card printer, then the blank it was printed on."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from dekat.accounts.actor import Actor
from dekat.cards import queries, services
from dekat.cards.states import CardFault, CardState, JumpReason
from dekat.documents.kinds import SheetKind
from dekat.documents.making import render_sheet
from dekat.enrolment import ages, packet_content
from dekat.enrolment.packet_content import RecordingContent
from dekat.enrolment.positions import Position
from dekat.flows.follow_card import tell_of_card
from dekat.flows.photo_on_card import as_svg
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.partial_date import PartialDate
from dekat.national import queries as national
from dekat.registry import queries as registry
from dekat.registry.states import ResidentState
from dekat.sync import queries as sync

CITIZEN_UNTIL, FOREIGNER_UNTIL = "SEUMUR HIDUP", "SESUAI ITAP"
NOT_SAID = "-"


class PacketGone(DekatError):
    """The sealed packet of this recording is not here any more, so its photo cannot be printed."""

    code = "flows.card.packet_gone"


class NotLivingHere(DekatError):
    """The person is blocked, merged, deceased or moved away: no card of that record is printed."""

    code = "flows.card.not_living_here"


def card_face(*, card_id: UUID, now: datetime) -> bytes:
    """Draw the card's face as PDF; the packet is opened in memory only.

    Facts: a first card says who was recorded; a later one who the register says they are now. Always a specimen: cards
    with a chip are made with the national centre's equipment.
    Refuses: flows.card.not_living_here, flows.card.packet_gone and what the renderer refuses.
    Law: permendagri-74-2015
    """
    card = queries.card(card_id)
    submission = national.submission(card.recording_id if card else card_id)
    if submission is None:
        raise PacketGone
    _refuse_who_left(submission.resident_id)
    opened = sync.opened_packet(submission.packet_id)
    if opened is None:
        raise PacketGone
    content = _content(packet_content.read(opened), submission.resident_id, now)
    if card and card.is_again:
        content |= _as_registered(card.resident_id)
    return render_sheet(kind=SheetKind.ID_CARD, content=content, code="-", is_sample=True, now=now)


def note_printed(
    *, card_id: UUID, blank_serial: str, actor: Actor, now: datetime, jumped_for: JumpReason | None = None
) -> None:
    """Record the printed card and tell its kecamatan.

    Refuses: cards.card.unknown, cards.card.may_not_move, cards.blank.not_in_stock, cards.card.queue_jumped.
    """
    with transaction.atomic():
        services.note_printed(card_id=card_id, blank_serial=blank_serial, actor=actor, now=now, jumped_for=jumped_for)
        tell_of_card(card_id=card_id, actor=actor, now=now)


def print_again(*, card_id: UUID, fault: CardFault, actor: Actor, now: datetime) -> None:
    """Write a faulty card off, queue it again and tell its kecamatan.

    Refuses: cards.card.unknown, cards.card.may_not_move.
    """
    with transaction.atomic():
        services.print_again(card_id=card_id, fault=fault, actor=actor, now=now)
        tell_of_card(card_id=card_id, actor=actor, now=now)


def release_of_age(*, actor: Actor, now: datetime) -> int:
    """Let every pemula who turned 17, or married, join the print queue; give how many did.

    Facts: of a birth date that is partly unknown the latest possible day counts.
    Law: perpres-96-2018
    """
    today = localdate(now)
    due = [card for card in queries.cards_in(CardState.WAITING) if _may_have_card(card, today)]
    for card in due:
        services.join_queue(card_id=card.id, actor=actor, now=now)
    return len(due)


def _refuse_who_left(resident_id: UUID) -> None:
    if registry.is_known(resident_id) and (state := registry.resident(resident_id).state) != ResidentState.ACTIVE:
        raise NotLivingHere(state=str(state.label))


def _may_have_card(card: queries.CardView, today: date) -> bool:
    if card.print_from is None or card.print_from <= today:
        return True
    if not registry.is_known(card.resident_id):
        return False
    known = registry.resident(card.resident_id)
    return ages.card_from(born_on=known.born_on.iso, marital_status=known.marital_status.label, on=today) is None


def _content(recording: RecordingContent, resident_id: UUID, now: datetime) -> dict[str, Json]:
    said = recording.biodata
    is_known = registry.is_known(resident_id)
    words = registry.biodata_words(resident_id) if is_known else _words_of_family_card(recording)
    portrait = next(
        (one.jpeg for one in recording.captures if one.position == Position.FACE and one.purpose == "MAIN"), b""
    )
    return {
        **words,
        "nik": said.nik,
        "name": said.full_name.upper(),
        "valid_until": FOREIGNER_UNTIL if said.is_foreigner else CITIZEN_UNTIL,
        "issued_on": now.strftime("%d-%m-%Y"),
        "photo": as_svg(portrait),
        "signature": as_svg(recording.signature_png),
    }


def _as_registered(resident_id: UUID) -> dict[str, Json]:
    known = registry.resident(resident_id)
    return {"nik": known.nik, "name": known.printed_name}


def _words_of_family_card(recording: RecordingContent) -> dict[str, str]:
    """What the card says of a resident of another regency: what the operator copied from the KK."""
    said, home = recording.biodata, recording.elsewhere
    words = {
        "birth": f"{said.birth_place}, {PartialDate.parse(said.born_on).printed}",
        "sex": said.sex,
        "blood_type": said.blood_type,
        "religion": said.religion,
        "marital_status": said.marital_status,
        "occupation": said.occupation,
        "citizenship": said.citizenship,
        "address": said.address,
        "rt_rw": f"{said.rt}/{said.rw}",
        "village": said.village,
        "kecamatan": said.kecamatan,
        "regency": home.get("regency", ""),
        "province": home.get("province", ""),
    }
    return {name: word.strip().upper() or NOT_SAID for name, word in words.items()}
