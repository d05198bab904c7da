"""The line in one sentence: how it is, what it means."""

from datetime import UTC, datetime, timedelta

import pytest

from dekat.adapters.centre_line.status import BUSY, LineState, LineStatus
from dekat.faces.station.line_words import line_words
from dekat.sync.queries import OutboxSummary

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def sentence(state, *, waiting=0, size=0, paused_until=None, ago=timedelta(hours=2, minutes=5), **known):
    status = LineStatus(state, NOW - ago, **known)
    outbox = OutboxSummary(waiting, size, None, 0, 0)
    found = line_words(status, outbox, paused_until=paused_until, now=NOW)
    return found.sentence if found else None


def test_before_the_first_try_nothing_is_said():
    assert sentence(LineState.NEVER_TRIED) is sentence(LineState.LOCKED) is None


@pytest.mark.row(65)
def test_while_it_sends_it_says_how_many_went_how_long_it_takes_and_that_it_may_be_switched_off():
    slow = sentence(LineState.UP, waiting=8, size=8_000_000, done_count=12, up_bytes_s=15_000.0)
    quick = sentence(LineState.UP, waiting=8, size=8_000_000, done_count=12, up_bytes_s=60_000.0)

    assert slow == ("Jaringan lambat tetapi jalan: 12 dari 20 rekaman terkirim, sekitar 9 menit lagi. Aman dimatikan.")
    assert quick == "Sedang mengirim: 12 dari 20 rekaman terkirim, sekitar 2 menit lagi. Aman dimatikan."
    assert sentence(LineState.UP) == "Tersambung ke Dispendukcapil; semua sudah terkirim. Aman dimatikan."


@pytest.mark.row(29, 30)
def test_a_way_that_holds_big_bodies_back_is_said_while_it_still_sends():
    said = sentence(LineState.UP, waiting=8, size=8_000_000, done_count=12, finding="line.proxy.keeps_bodies")

    assert said == (
        "Jaringan ini menahan kiriman besar, jadi rekaman dikirim sepotong demi sepotong: 12 dari 20 terkirim. "
        "Aman dimatikan."
    )


@pytest.mark.row(37)
def test_a_used_up_quota_says_until_when():
    said = sentence(LineState.UP, waiting=3, size=1, paused_until=datetime(2026, 11, 23, 17, 0, tzinfo=UTC))

    assert said == (
        "Jatah data hari ini habis: 3 rekaman menunggu sampai pukul 00.00 WIB; kabar dan petunjuk tetap jalan. "
        "Aman dimatikan."
    )


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (LineState.DOWN, "Jaringan putus 2 jam 5 menit; semua aman di sini"),
        (LineState.AWAY, "server Dispendukcapil sudah 2 jam 5 menit tidak menjawab"),
        (LineState.PORTAL, "Buka peramban dan masuk ke Wi-Fi itu"),
        (LineState.PROXY, "Proksi kantor tidak meneruskan sambungan ke Dispendukcapil. Minta pengelola jaringan"),
        (LineState.INTERCEPTED, "sertifikatnya lain"),
        (LineState.REFUSED, "belum menerima komputer ini"),
    ],
)
def test_every_trouble_has_its_sentence_and_says_that_all_is_safe(state, words):
    said = sentence(state, waiting=4)

    assert words in said
    assert "semua aman di sini" in said.lower()


@pytest.mark.row(38)
def test_a_busy_centre_is_said_as_a_queue():
    assert "menunggu giliran" in sentence(LineState.UP, waiting=4, code=BUSY)
