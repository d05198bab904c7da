"""Two visits of the sample's DPRD, the hearing after them, what it decided, the next hearing, and a question.

The log holds the hash of each text; `keep_words` keeps the texts themselves, where a centre has tables for them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from dekat.areas.working_calendar import regency_calendar
from dekat.duties.models import Question
from dekat.duties.texts import keep_text
from dekat.equipment.sample import REGISTRY, Story, recorder, said_id, say
from dekat.kernel.canonical import Json
from dekat.kernel.clock import iso
from dekat.kernel.working_time import add_working_minutes
from dekat.ledger.services import Draft

CERMEE, SEMPOL, TLOGOSARI = "35.11.15", "35.11.19", "35.11.03"
VISITED, HEARD, ASKED = 62, 60, 61
_VISITORS = "Komisi I, kunjungan kerja ke enam kecamatan"
_FINDINGS = {
    CERMEE: ("WORKING", "Dipakai pagi ini; antrean pendek."),
    SEMPOL: ("STANDING_IDLE", "Masih di dalam kardus; petugas belum pernah menerima petunjuk."),
}
_TITLE = "Alat rekam KTP-el di kecamatan"
_QUESTIONS = (
    "Berapa set yang sudah diserahkan kepada kecamatan, dan ke mana saja?",
    "Berapa harga satu set, dan dari anggaran mana?",
    "Mengapa set di kecamatan tidak dipakai, dan siapa harus bertindak?",
)
_MINUTES = (
    "Kepala Dispendukcapil menyebut 19 set tanpa lampiran; kunjungan Komisi I mencatat 14. Harga satu set tidak dapat "
    "disebutkan. Bukti bayar pengadaan 2012 diminta, dan warga Tlogosari tidak lagi disuruh ke kota."
)
# What was decided: about what, what, and after how many working days it falls due.
_DECIDED = (
    ("regency", "Serahkan bukti bayar (SP2D) pengadaan 2012 kepada Komisi I", 30),
    (f"kecamatan:{TLOGOSARI}", "Tempatkan set perekaman di Tlogosari, atau layani dengan jadwal keliling", 55),
)
_NEXT_TITLE = "Tindak lanjut: alat rekam KTP-el di kecamatan"
_NEXT_QUESTIONS = (
    "Apa yang sudah berubah sejak rapat sebelumnya?",
    "Kapan petunjuk untuk Ijen terbit?",
)
_NEXT_PARTIES = ("DISKOMINFO", REGISTRY)
_QUESTION = "Alat sudah datang, tetapi petunjuknya belum ada. Bagaimana cara memasang dan memakainya?"


def events(story: Story) -> Iterator[Draft]:
    """What was called, held, seen and decided."""
    for kecamatan, (state, note) in _FINDINGS.items():
        found: list[Json] = [{"serial": recorder(kecamatan), "state": state, "note_sha256": _hash(note)}]
        yield say(
            "duties.visit.recorded", f"kecamatan:{kecamatan}", story.ago(VISITED, 8), by="DPRD",
            visit=said_id("visit", kecamatan), at=iso(story.ago(VISITED, 4)), who_sha256=_hash(_VISITORS), found=found,
        )  # fmt: skip
    first, opened_at = said_id("hearing", HEARD), add_working_minutes(story.ago(HEARD, 1), 60, regency_calendar())
    held_at = opened_at + timedelta(hours=3)
    yield _called(story.ago(HEARD + 7), first, opened_at, _TITLE, [REGISTRY], _QUESTIONS)
    yield say("duties.hearing.held", "regency", held_at, by="DPRD", hearing=first, minutes_sha256=_hash(_MINUTES))
    for subject, what, working_days in _DECIDED:
        set_at = held_at + timedelta(minutes=30)
        yield say(
            "duties.obligation.set", subject, set_at, by="DPRD", party=REGISTRY, source="HEARING", hearing=first,
            obligation=said_id("obligation", subject, HEARD), what_sha256=_hash(what),
            due_at=iso(add_working_minutes(set_at, working_days * 480, regency_calendar())),
        )  # fmt: skip
    coming = add_working_minutes(story.ago(0, 2), 5 * 480, regency_calendar())
    yield _called(story.ago(5), said_id("hearing", 0), coming, _NEXT_TITLE, list(_NEXT_PARTIES), _NEXT_QUESTIONS)


def keep_words(now: datetime) -> None:
    """Keep every text of the story, and the question that Sempol asked."""
    notes = [note for _, note in _FINDINGS.values()]
    decided = [what for _, what, _ in _DECIDED]
    for text in (
        _VISITORS, *notes, _TITLE, *_QUESTIONS, _MINUTES, *decided, _NEXT_TITLE, *_NEXT_QUESTIONS,
    ):  # fmt: skip
        keep_text(text, now=now)
    facts = {"kecamatan": SEMPOL, "device": recorder(SEMPOL), "text": _QUESTION, "asked_at": Story(now).ago(ASKED)}
    Question.objects.get_or_create(id=UUID(said_id("question", SEMPOL)), defaults=facts)


def _called(
    said_at: datetime, hearing: str, at: datetime, title: str, parties: list[Json], questions: tuple[str, ...]
) -> Draft:
    asked: list[Json] = [_hash(question) for question in questions]
    return say(
        "duties.hearing.scheduled", "regency", said_at, by="DPRD", hearing=hearing, at=iso(at), parties=parties,
        title_sha256=_hash(title), questions=asked,
    )  # fmt: skip


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
