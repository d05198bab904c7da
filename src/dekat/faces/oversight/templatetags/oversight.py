"""Filters of the oversight pages: codes to words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django import template

from dekat.duties.replies import replies
from dekat.faces.oversight import duty_words, figures, tiles, words
from dekat.faces.oversight.figures import Cell, Column, Kind
from dekat.faces.oversight.hearing_pack import claim_figure
from dekat.faces.ui import words as ui_words
from dekat.ledger.rules import SignedEvent
from dekat.reports.hearing import Claimed
from dekat.reports.oversight import Line
from dekat.reports.parties import node_name, party_name, said_by

register = template.Library()
register.filter("reason", words.reason)
register.filter("to_do", words.to_do)
register.filter("event_icon", words.event_icon)
register.filter("event_title", words.event_title)
register.filter("event_detail", words.event_detail)
register.filter("kind_label", words.kind_label)
register.filter("sparks", tiles.sparks)
register.filter("month_bars", tiles.month_bars)
register.filter("node_name", node_name)
register.filter("said_by", said_by)
register.filter("cleared_by", words.cleared_by)
register.filter("party_name", party_name)
register.filter("in_words", figures.in_words)


@register.filter
def figure_class(column: Column) -> str:
    """How a column's cells stand: numbers to the right, unbroken values on one line."""
    return "number unbroken" if column.kind.is_number else "unbroken" if column.kind.is_unbroken else ""


@register.filter
def at(values: Sequence[object], place: int) -> object:
    """The value at a place of a list."""
    return values[place]


@register.filter
def people(cell: Cell) -> str:
    """A count of residents, or the mark of a closed one."""
    return figures.in_words(Column("", Kind.COUNT), cell)


@register.filter
def way(cell: Cell) -> str:
    """Metres as kilometres, or the mark of a closed figure."""
    return figures.in_words(Column("", Kind.DISTANCE), cell)


@register.filter
def tanggal_pendek(moment: datetime) -> str:
    """`23 Nov 09.12`: for a narrow column."""
    return f"{ui_words.short_date(moment)[:-5]} {ui_words.clock_time(moment)[:5]}"


@register.filter
def event_place(event: SignedEvent, names: dict[str, str]) -> str:
    """What an event is about: the kecamatan by name, a device by its number."""
    kind, _colon, code = event.subject.partition(":")
    return party_name(event.subject.upper(), names) if kind == "kecamatan" else code or event.subject


@register.filter
def deadline_address(line: Line) -> str:
    """Where a deadline for a device is set."""
    return f"/pengawasan/alat/{line.serial}/tenggat"


register.filter("duty_what", duty_words.what)
register.filter("duty_source", duty_words.source)
register.filter("duty_state", duty_words.state)
register.filter("duty_tone", duty_words.state_tone)
register.filter("duty_step", duty_words.step)
register.filter("found_words", duty_words.found)


@register.simple_tag(takes_context=True)
def reply_count(context: template.Context, *, evidence: Iterable[UUID]) -> int:
    """How many replies stand beside these events; the log is asked once for a whole page."""
    request = context.get("request")
    counts = getattr(request, "dekat_reply_counts", None)
    if counts is None:
        counts = Counter(reply.to_event for reply in replies())
        if request is not None:
            request.dekat_reply_counts = counts
    return sum(counts[one] for one in evidence)


@register.filter
def claim_said(one: Claimed) -> str:
    """What somebody asserted."""
    return claim_figure(one, one.claim.value)


@register.filter
def claim_counted(one: Claimed) -> str:
    """What is counted beside it."""
    return claim_figure(one, one.counted)


@register.filter
def place_name(code: str, names: dict[str, str]) -> str:
    """A kecamatan as people call it."""
    return names.get(code, code)


@register.filter
def via(value: str) -> str:
    """How a turn came to its holder."""
    return str(words.VIA.get(value, value))


@register.filter
def desk(value: str) -> str:
    """The desk that answers, in words."""
    return str(words.DESKS.get(value, value))


@register.filter
def chain_link(value: str) -> str:
    """A link of a device's chain in words."""
    return str(words.CHAIN.get(value, value))


@register.filter
def how(value: str) -> str:
    """How a turn came to its holder, in words."""
    return str(words.HOW.get(value, value))


@register.filter
def found_in(event_id: UUID, events: Mapping[UUID, SignedEvent]) -> SignedEvent | None:
    """The event with an id."""
    return events.get(event_id)


@register.filter
def link_path(value: str) -> str:
    """A probed path in words."""
    return str(words.LINKS.get(value, value))


@register.filter
def why(value: str) -> str:
    """Why a probe was not answered, in words."""
    return str(words.WHY.get(value, value))


@register.filter
def kbit_s(value: int | None) -> str:
    """A pace as people say it: `96 kbit/s`, `1,2 Mbit/s`."""
    if value is None:
        return ""
    if value < 1_000_000:
        return f"{max(1, round(value / 1000))} kbit/s"
    return f"{value / 1_000_000:.1f} Mbit/s".replace(".", ",")


@register.filter
def span_ms(value: int) -> str:
    """Milliseconds as `4 menit 12 detik`."""
    return ui_words.seconds(timedelta(milliseconds=value))


@register.filter
def span_s(value: int) -> str:
    """Seconds as `30 menit`."""
    return ui_words.seconds(timedelta(seconds=value))


@register.filter
def short_hash(value: bytes) -> str:
    """A hash short enough to compare by eye: `a91f…3c`."""
    text = value.hex()
    return f"{text[:4]}…{text[-2:]}"


@register.filter
def due_words(days_left: int | None) -> str:
    """How far a deadline is: `lewat 6 hari`, `hari ini`, `2 hari lagi`."""
    if days_left is None:
        return ""
    if days_left < 0:
        return f"lewat {-days_left} hari"
    return {0: "hari ini", 1: "besok"}.get(days_left, f"{days_left} hari lagi")
