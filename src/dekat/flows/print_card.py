"""One card at Dispendukcapil: its face for the card printer, then the blank it was printed on."""

import base64
from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.db import transaction
from PIL import Image

from dekat.accounts.actor import Actor
from dekat.cards import services
from dekat.documents.kinds import SheetKind
from dekat.documents.making import render_sheet
from dekat.enrolment import packet_content
from dekat.enrolment.packet_content import RecordingContent
from dekat.enrolment.positions import Position
from dekat.flows.follow_recording import publish_status
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.national import queries as national
from dekat.registry import queries as registry
from dekat.sync import queries as sync

NO_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'
MOST_PIXELS = 24_000_000
CITIZEN_UNTIL = "SEUMUR HIDUP"


class PacketGone(DekatError):
    """The sealed packet of this recording is not here any more, so its photo cannot be printed."""

    code = "flows.card.packet_gone"


def card_face(*, card_id: UUID, now: datetime) -> bytes:
    """Draw the card's face as PDF; the packet is opened in memory only.

    Refuses: flows.card.packet_gone and what the renderer refuses.
    Law: permendagri-74-2015
    """
    submission = national.submission(card_id)
    opened = sync.opened_packet(submission.packet_id) if submission else None
    if opened is None:
        raise PacketGone
    content = _content(packet_content.read(opened), now)
    return render_sheet(kind=SheetKind.ID_CARD, content=content, code="-", is_sample=True, now=now)


def note_printed(*, card_id: UUID, blank_serial: str, actor: Actor, now: datetime) -> None:
    """Record the printed card and tell its kecamatan.

    Refuses: cards.card.unknown, cards.card.may_not_move, cards.blank.not_in_stock.
    """
    with transaction.atomic():
        services.note_printed(card_id=card_id, blank_serial=blank_serial, actor=actor, now=now)
        publish_status(recording_id=card_id, now=now)


def _content(recording: RecordingContent, now: datetime) -> dict[str, Json]:
    said = recording.biodata
    words = registry.biodata_words(UUID(said.resident_id))
    portrait = next(
        (one.jpeg for one in recording.captures if one.position == Position.FACE and one.purpose == "MAIN"), b""
    )
    return {
        **words,
        "nik": said.nik,
        "name": said.full_name.upper(),
        "valid_until": CITIZEN_UNTIL,
        "issued_on": now.strftime("%d-%m-%Y"),
        "photo": _as_svg(portrait),
        "signature": _as_svg(recording.signature_png),
    }


def _as_svg(picture: bytes) -> str:
    # What a station packed is not believed: neither that it is a picture, nor that it is as small as its file.
    try:
        with Image.open(BytesIO(picture), formats=["JPEG", "PNG"]) as image:
            (width, height), kind = image.size, (image.format or "PNG").lower()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return NO_PICTURE
    if width * height > MOST_PIXELS:
        return NO_PICTURE
    data = base64.b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/{kind};base64,{data}"/></svg>'
    )
