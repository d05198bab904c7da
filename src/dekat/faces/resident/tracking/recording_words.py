"""A recording's road to the card in the words of the one who waits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dekat.areas import queries as areas
from dekat.cards.states import CardState
from dekat.faces.resident.tracking.words import Headline
from dekat.faces.ui.pieces import Moment
from dekat.faces.ui.words import date_and_time, long_date
from dekat.national.statuses import Status
from dekat.reports.tracking import Hop, Proof, RecordingTrack, Stage


@dataclass(frozen=True)
class Line:
    """One stage: the answer on top, what the list calls it once reached, and who is waited for meanwhile."""

    tone: str
    title: str | Promise
    lead: str | Promise
    done: str | Promise
    awaited: str | Promise = ""


NOTHING_TO_DO = gettext_lazy("Tidak ada yang perlu Anda kerjakan. Kartu akan dikirim ke Kecamatan %(place)s.")
LINES: dict[Stage, Line] = {
    Status.BIO_CAPTURED: Line(
        "wait",
        gettext_lazy("Sudah sampai di Dispendukcapil"),
        NOTHING_TO_DO,
        gettext_lazy("Diterima Dispendukcapil"),
        gettext_lazy("Menunggu Dispendukcapil mengirim ke pusat"),
    ),
    Status.SENT_FOR_ENROLLMENT: Line(
        "wait",
        gettext_lazy("Sudah dikirim ke pusat"),
        NOTHING_TO_DO,
        gettext_lazy("Dikirim ke pusat"),
        gettext_lazy("Menunggu pusat (Ditjen Dukcapil) menerima"),
    ),
    Status.RECEIVED_AT_CENTRAL: Line(
        "wait",
        gettext_lazy("Sedang diperiksa di pusat"),
        NOTHING_TO_DO,
        gettext_lazy("Diterima pusat"),
        gettext_lazy("Menunggu pemeriksaan pusat (Ditjen Dukcapil)"),
    ),
    Status.SEARCH_FAILURE_AT_CENTRAL: Line(
        "wait",
        gettext_lazy("Pusat mengulang pemeriksaan"),
        NOTHING_TO_DO,
        gettext_lazy("Pemeriksaan pusat harus diulang"),
        gettext_lazy("Menunggu pemeriksaan pusat (Ditjen Dukcapil)"),
    ),
    Status.ADJUDICATE_RECORD: Line(
        "wait",
        gettext_lazy("Petugas pusat memeriksa kemiripan data"),
        NOTHING_TO_DO,
        gettext_lazy("Ada data yang mirip, diperiksa petugas pusat"),
        gettext_lazy("Menunggu keputusan pusat (Ditjen Dukcapil)"),
    ),
    Status.ENROLL_FAILURE_AT_CENTRAL: Line(
        "act",
        gettext_lazy("Anda perlu direkam sekali lagi"),
        gettext_lazy("Sebagian rekaman tidak terbaca. Datang ke kantor Kecamatan %(place)s dengan bukti ini."),
        gettext_lazy("Sebagian rekaman tidak terbaca"),
        gettext_lazy("Menunggu Anda datang ke Kecamatan %(place)s"),
    ),
    Status.DUPLICATE_RECORD: Line(
        "act",
        gettext_lazy("Anda tercatat pernah direkam"),
        gettext_lazy("Satu orang hanya boleh punya satu rekaman. Pilih tempat tinggal Anda yang benar di halaman ini."),
        gettext_lazy("Tercatat lebih dari satu kali"),
        gettext_lazy("Menunggu Anda memilih domisili"),
    ),
    Status.PRINT_READY_RECORD: Line(
        "wait",
        gettext_lazy("Siap dicetak"),
        NOTHING_TO_DO,
        gettext_lazy("Selesai diperiksa pusat"),
        gettext_lazy("Menunggu dicetak Dispendukcapil"),
    ),
    CardState.WAITING: Line(
        "wait",
        gettext_lazy("Menunggu ulang tahun ke-17"),
        gettext_lazy(
            "Rekaman lengkap. Kartu dicetak sesudah tanggal %(day)s; Anda tidak perlu datang lagi untuk direkam."
        ),
        gettext_lazy("Rekaman lengkap, menunggu umur 17 tahun"),
        gettext_lazy("Menunggu tanggal %(day)s"),
    ),
    CardState.READY: Line(
        "wait",
        gettext_lazy("Siap dicetak"),
        gettext_lazy("Antrean cetak nomor %(queue)s. Pemula dan yang paling lama menunggu didahulukan."),
        gettext_lazy("Siap dicetak"),
        gettext_lazy("Menunggu dicetak Dispendukcapil"),
    ),
    CardState.PRINTED: Line(
        "wait",
        gettext_lazy("Kartu sudah dicetak"),
        NOTHING_TO_DO,
        gettext_lazy("Kartu dicetak Dispendukcapil"),
        gettext_lazy("Menunggu Dispendukcapil mengirim kartu"),
    ),
    CardState.BATCHED: Line(
        "wait",
        gettext_lazy("Kartu sudah dikemas"),
        NOTHING_TO_DO,
        gettext_lazy("Kartu dikemas dan disegel"),
        gettext_lazy("Menunggu Dispendukcapil mengirim kartu"),
    ),
    CardState.SENT: Line(
        "wait",
        gettext_lazy("Dalam perjalanan"),
        gettext_lazy("Kartu menuju kantor Kecamatan %(place)s. Tunggu sampai halaman ini berkata sudah jadi."),
        gettext_lazy("Berangkat ke Kecamatan %(place)s"),
        gettext_lazy("Menunggu dihitung di Kecamatan %(place)s"),
    ),
    CardState.MISSING: Line(
        "wait",
        gettext_lazy("Kartu belum ditemukan"),
        gettext_lazy(
            "Kartu tidak ada dalam kiriman. Dispendukcapil sedang mencarinya; Anda tidak perlu mengurus ulang."
        ),
        gettext_lazy("Tidak ada dalam kiriman"),
        gettext_lazy("Menunggu penjelasan Dispendukcapil"),
    ),
    CardState.ARRIVED: Line(
        "done",
        gettext_lazy("KTP-el Anda sudah jadi"),
        gettext_lazy("Ambil di kantor Kecamatan %(place)s. Tidak perlu ke kota."),
        gettext_lazy("Tiba di Kecamatan %(place)s"),
        gettext_lazy("Menunggu Anda ambil"),
    ),
    CardState.HANDED_OVER: Line(
        "done",
        gettext_lazy("KTP-el sudah diterima warga"),
        gettext_lazy("Jika bukan Anda yang menerima, segera lapor ke kantor kecamatan."),
        gettext_lazy("Kartu diterima warga"),
    ),
    CardState.ENDED: Line(
        "done",
        gettext_lazy("Kartu tidak jadi dicetak"),
        gettext_lazy("Menurut data, pemiliknya sudah meninggal. Bila itu keliru, segera lapor ke kantor kecamatan."),
        gettext_lazy("Kartu tidak jadi dicetak"),
    ),
}
_WITH_OFFICE = Line(
    "wait",
    gettext_lazy("Pilihan domisili Anda diurus"),
    NOTHING_TO_DO,
    gettext_lazy("Tercatat lebih dari satu kali"),
    gettext_lazy("Menunggu Dispendukcapil meneruskan pilihan Anda"),
)
_WITH_CENTRE = replace(_WITH_OFFICE, awaited=gettext_lazy("Menunggu pusat (Ditjen Dukcapil) menghapus data yang lain"))
_ABOVE = {
    "wait": gettext_lazy("Rekaman KTP-el sedang diproses"),
    "act": gettext_lazy("Giliran Anda"),
    "done": gettext_lazy("Rekaman KTP-el selesai diproses"),
}


def _line(track: RecordingTrack) -> Line:
    """What is said of its stage; who chose a domicile waits for the office, then for the national centre."""
    if track.domicile is None:
        return LINES[track.stage]
    return _WITH_CENTRE if track.domicile.passed_on_at else _WITH_OFFICE


def headline(track: RecordingTrack, *, today: date) -> Headline:
    """What the resident most wants to know."""
    line = _line(track)
    place = place_name(track, today=today)
    lead = str(line.lead) % {"place": place, "queue": track.queue_position, "day": _day(track)}
    if track.queue_position:
        lead = f"{lead} {_when_printed(track)}"
    return Headline(line.tone, str(_ABOVE[line.tone]), str(line.title), lead)


def _when_printed(track: RecordingTrack) -> str:
    """The day at the measured pace, or why none can be promised."""
    if track.expected_on:
        day = long_date(track.expected_on)
        return gettext("Perkiraan dicetak sekitar %(day)s, menurut laju 30 hari terakhir.") % {"day": day}
    if track.is_beyond_stock:
        return gettext("Blangko dari pusat habis sebelum nomor Anda, jadi tanggalnya belum dapat dijanjikan.")
    return gettext("Tanggalnya belum dapat dikatakan: laju cetak belum cukup terukur.")


def moments(track: RecordingTrack, *, today: date) -> list[Moment]:
    """From the chair to the card, and who is waited for."""
    place = {"place": place_name(track, today=today)}
    recorded = gettext("Direkam dan disegel di Kecamatan %(place)s") % place
    done = [Moment(title=recorded, at=date_and_time(track.recorded_at)), *(_reached(hop, place) for hop in track.hops)]
    awaited = str(_line(track).awaited) % {**place, "day": _day(track)}
    since = gettext("Sejak %(moment)s") % {"moment": date_and_time(track.since)}
    return [*done, Moment(title=awaited, at=since, state="current")] if awaited else done


def _reached(hop: Hop, place: Mapping[str, str]) -> Moment:
    return Moment(title=str(LINES[hop.stage].done) % place, at=date_and_time(hop.at), note=_proof(hop.proof))


def _proof(proof: Proof | None) -> str:
    """The signed receipt behind a hand-over, in words."""
    if proof is None:
        return ""
    if proof.number is None:
        return gettext("Tanda terima pusat: %(moment)s") % {"moment": date_and_time(proof.at)}
    said = {"number": proof.number, "moment": date_and_time(proof.at)}
    return gettext("Tanda terima Dispendukcapil no. %(number)s: %(moment)s") % said


def _day(track: RecordingTrack) -> str:
    return long_date(track.print_from) if track.print_from else ""


def place_name(track: RecordingTrack, *, today: date) -> str:
    """What people call the kecamatan of the recording."""
    return areas.display_name(track.kecamatan, today)
