"""How far the population of this kecamatan is on its way, in one sentence and a bar."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from dekat.faces.ui.words import duration, megabytes, number
from dekat.registry import queries as registry
from dekat.sync.files import free_bytes
from dekat.sync.room import RESERVE_BYTES

_A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Arriving:
    """The bar and its words. `is_first` while search does not know everybody yet."""

    text: str
    percent: int
    note: str
    tone: str
    is_first: bool


def arriving(kecamatan: str, *, now: datetime) -> Arriving | None:
    """What to say; None when everything is here."""
    at = registry.extract_progress(kecamatan, now=now)
    if at is None:
        return None
    said = {
        "here": number(at.residents_here), "all": number(at.residents),
        "got": megabytes(at.fetched_bytes), "size": megabytes(at.wanted_bytes),
    }  # fmt: skip
    if at.is_first:
        text = gettext("Data penduduk kecamatan ini: %(here)s dari %(all)s warga, %(got)s dari %(size)s MB") % said
    else:
        text = gettext("Data penduduk kecamatan ini diperbarui: %(got)s dari %(size)s MB") % said
    note, tone = _note(at.left, at.fetched_bytes < at.wanted_bytes)
    percent = at.fetched_bytes * 100 // at.wanted_bytes if at.wanted_bytes else 100
    return Arriving(text, percent, note, tone, at.is_first)


def _note(left: timedelta | None, is_moving: bool) -> tuple[str, str]:
    if not is_moving:
        return gettext("sebagian menunggu versi Dekat yang lebih baru"), "warn"
    if free_bytes() < RESERVE_BYTES:
        return gettext("berhenti dahulu: ruang simpan hampir habis"), "warn"
    if left is None:
        return "", ""
    return gettext("kira-kira %(span)s lagi") % {"span": duration(max(left, _A_MOMENT))}, ""
