"""The line in one plain sentence for the operator: how it is, what that means, what to do."""

from datetime import datetime, timedelta

from django.utils.translation import gettext

from dekat.adapters.centre_line.status import BUSY, LineState, LineStatus
from dekat.faces.ui import navigation
from dekat.faces.ui.words import clock_time, duration, number
from dekat.sync.queries import OutboxSummary

# Below this a recording of 1 MB takes more than half a minute, and the operator should know that it is the line.
SLOW_BYTES_S = 32 * 1024
SLOW_LATENCY_MS = 1500


def line_words(
    status: LineStatus, outbox: OutboxSummary, *, paused_until: datetime | None, now: datetime
) -> navigation.LineState | None:
    """The line in a few words for the masthead and in one sentence for the pages; None before it was tried.

    Facts: `paused_until` is when packets go on after the day's bytes were used up.
    """
    match status.state:
        case LineState.NEVER_TRIED | LineState.LOCKED:
            return None
        case LineState.UP:
            return _connected(status, outbox, paused_until=paused_until)
        case LineState.DOWN:
            text, meaning = _broken(status.since, now)
        case LineState.AWAY:
            text = gettext("Server Dispendukcapil tidak menjawab")
            meaning = gettext(
                "Jaringan di sini baik, tetapi server Dispendukcapil sudah %(span)s tidak menjawab. "
                "Semua aman di sini dan terkirim sendiri nanti."
            ) % {"span": duration(now - status.since)}
        case LineState.PORTAL | LineState.PROXY | LineState.INTERCEPTED | LineState.REFUSED:
            text, meaning = _not_let_through(status.state)
    return navigation.LineState("warn", "wifi-off", text, meaning)


def _broken(since: datetime, now: datetime) -> tuple[str, str]:
    words = {"span": duration(now - since)}
    return (
        gettext("Jaringan putus %(span)s; tetap bisa bekerja") % words,
        gettext("Jaringan putus %(span)s; semua aman di sini dan terkirim sendiri saat jaringan ada.") % words,
    )


def _not_let_through(state: LineState) -> tuple[str, str]:
    """Somebody answers, and it does not lead to the centre's work: who, and who can change that."""
    if state == LineState.PORTAL:
        return (
            gettext("Jaringan meminta masuk lewat halaman lain"),
            gettext(
                "Jaringan ini meminta masuk lewat halaman lain. Buka peramban dan masuk ke Wi-Fi itu; "
                "semua aman di sini, tidak ada yang terkirim keliru."
            ),
        )
    if state == LineState.PROXY:
        return (
            gettext("Proksi kantor menolak sambungan"),
            gettext(
                "Proksi kantor tidak meneruskan sambungan ke Dispendukcapil. Minta pengelola jaringan kantor "
                "mengizinkan alamat Dispendukcapil; semua aman di sini dan terkirim sendiri nanti."
            ),
        )
    if state == LineState.INTERCEPTED:
        return (
            gettext("Jaringan ini disela pihak lain"),
            gettext(
                "Yang menjawab di jaringan ini bukan server Dispendukcapil: sertifikatnya lain. Tidak ada yang "
                "dikirim lewat jalur ini; semua aman di sini. Pindah jaringan atau beri tahu Dispendukcapil."
            ),
        )
    return (
        gettext("Dispendukcapil belum menerima komputer ini"),
        gettext("Dispendukcapil belum menerima komputer ini. Semua aman di sini; hubungi Dispendukcapil."),
    )


def _connected(status: LineStatus, outbox: OutboxSummary, *, paused_until: datetime | None) -> navigation.LineState:
    text = gettext("Tersambung ke Dispendukcapil")
    if not outbox.waiting_count:
        meaning = gettext("Tersambung ke Dispendukcapil; semua sudah terkirim. Aman dimatikan.")
        return navigation.LineState("ok", "wifi", text, meaning)
    words = {
        "done": number(status.done_count),
        "total": number(status.done_count + outbox.waiting_count),
        "waiting": number(outbox.waiting_count),
    }
    if paused_until is not None:
        meaning = gettext(
            "Jatah data hari ini habis: %(waiting)s rekaman menunggu sampai pukul %(until)s; kabar dan petunjuk "
            "tetap jalan. Aman dimatikan."
        ) % {**words, "until": clock_time(paused_until)}
        return navigation.LineState("warn", "wifi", gettext("Jatah data hari ini habis"), meaning)
    if status.code == BUSY:
        meaning = gettext(
            "Dispendukcapil sedang melayani banyak kecamatan: %(done)s dari %(total)s rekaman terkirim, sisanya "
            "menunggu giliran. Aman dimatikan."
        )
        return navigation.LineState("ok", "wifi", text, meaning % words)
    if status.finding:
        meaning = gettext(
            "Jaringan ini menahan kiriman besar, jadi rekaman dikirim sepotong demi sepotong: %(done)s dari %(total)s "
            "terkirim. Aman dimatikan."
        )
        return navigation.LineState("ok", "wifi", text, meaning % words)
    left = _left(status, outbox)
    is_slow = (status.up_bytes_s or SLOW_BYTES_S) < SLOW_BYTES_S or (status.latency_ms or 0) > SLOW_LATENCY_MS
    if is_slow and left:
        meaning = gettext(
            "Jaringan lambat tetapi jalan: %(done)s dari %(total)s rekaman terkirim, sekitar %(left)s lagi. "
            "Aman dimatikan."
        )
    elif left:
        meaning = gettext(
            "Sedang mengirim: %(done)s dari %(total)s rekaman terkirim, sekitar %(left)s lagi. Aman dimatikan."
        )
    else:
        meaning = gettext("Sedang mengirim: %(done)s dari %(total)s rekaman terkirim. Aman dimatikan.")
    short = gettext("Jaringan lambat, tetapi jalan") if is_slow else text
    return navigation.LineState("ok", "wifi", short, meaning % {**words, "left": left})


def _left(status: LineStatus, outbox: OutboxSummary) -> str:
    """About how long what waits will take; empty while nobody can know."""
    if not status.up_bytes_s:
        return ""
    minutes = max(1, round(outbox.waiting_bytes / status.up_bytes_s / 60))
    return duration(timedelta(minutes=minutes))
