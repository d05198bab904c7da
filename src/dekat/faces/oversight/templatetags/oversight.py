"""Filters of the oversight pages: codes to words."""

from datetime import datetime, timedelta

from django import template

from dekat.faces.oversight import figures, tiles, words
from dekat.faces.oversight.figures import Cell, Column, Kind
from dekat.faces.oversight.headline import turn_to_do
from dekat.faces.ui import words as ui_words
from dekat.ledger.rules import SignedEvent
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
register.filter("in_words", figures.in_words)
register.filter("to_do_line", turn_to_do)


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
    day, month, _year = ui_words.long_date(moment).split()
    return f"{day} {month[:3]} {ui_words.clock_time(moment)[:5]}"


@register.filter
def event_place(event: SignedEvent, names: dict[str, str]) -> str:
    """What an event is about: the kecamatan by name, a device by its number."""
    kind, _colon, code = event.subject.partition(":")
    return party_name(event.subject.upper(), names) if kind == "kecamatan" else code or event.subject


@register.filter
def deadline_address(line: Line) -> str:
    """Where a deadline for a device is set."""
    return f"/pengawasan/alat/{line.serial}/tenggat"


@register.filter
def via(value: str) -> str:
    """How a turn came to its holder."""
    return str(words.VIA.get(value, value))


@register.filter
def desk(value: str) -> str:
    """The desk that answers, in words."""
    return str(words.DESKS.get(value, value))


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
