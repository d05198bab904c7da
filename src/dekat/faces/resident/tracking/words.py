"""An application's state in the words of the one who waits: result first, then the steps."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from dekat.areas import queries as areas
from dekat.cases.rules import Step
from dekat.cases.states import WHAT_TO_DO, ReturnReason, State
from dekat.faces.ui.pieces import Moment
from dekat.faces.ui.words import date_and_time
from dekat.reports.tracking import ApplicationTrack


@dataclass(frozen=True)
class Headline:
    """The answer at the top of the page."""

    tone: str
    above: str
    title: str
    lead: str


def headline(track: ApplicationTrack, *, today: date) -> Headline:
    """What the resident most wants to know."""
    place = place_name(track, today=today)
    match track.state:
        case State.SUBMITTED | State.IN_REVIEW:
            return Headline(
                "wait", gettext("Permohonan sudah kami terima"), gettext("Sedang diperiksa"),
                _promise(track),
            )  # fmt: skip
        case State.APPROVED:
            return Headline(
                "wait", gettext("Permohonan disetujui"), gettext("Menunggu tanda tangan"),
                _promise(track),
            )  # fmt: skip
        case State.NUMBERING:
            return Headline(
                "wait", gettext("Permohonan disetujui"), gettext("Menunggu nomor dari pusat"),
                gettext("Nomor baru hanya diberikan pusat. Permohonan jalan lagi dengan sendirinya."),
            )  # fmt: skip
        case State.RETURNED:
            return Headline(
                "act", gettext("Giliran Anda"), gettext("Ada yang perlu Anda lengkapi"),
                track.steps[-1].note,
            )  # fmt: skip
        case State.ISSUED:
            return Headline(
                "done", gettext("Permohonan selesai diproses"), gettext("Kartu Keluarga Anda sudah terbit"),
                gettext("Sedang dicetak di Kecamatan %(place)s. Tidak perlu ke kota.") % {"place": place},
            )  # fmt: skip
        case State.PRINTED:
            return Headline(
                "done", gettext("Permohonan selesai diproses"), gettext("Kartu Keluarga Anda sudah jadi"),
                gettext("Ambil di kantor Kecamatan %(place)s. Tidak perlu ke kota.") % {"place": place},
            )  # fmt: skip
        case State.COLLECTED:
            return Headline(
                "done", gettext("Selesai"), gettext("Kartu Keluarga sudah diambil"),
                gettext("Jika bukan Anda atau keluarga Anda yang mengambil, segera lapor ke kantor kecamatan."),
            )  # fmt: skip


def moments(track: ApplicationTrack, *, today: date) -> list[Moment]:
    """Each step with its time, and the one that is awaited."""
    place = place_name(track, today=today)
    done = [
        Moment(title=_done(step, place), at=date_and_time(step.at), note=step.note, state="done")
        for step in track.steps
    ]
    awaited = _awaited(track.state, place)
    return [*done, Moment(title=awaited, state="current")] if awaited else done


def place_name(track: ApplicationTrack, *, today: date) -> str:
    """What people call the kecamatan of the document; empty before it is issued."""
    return areas.display_name(track.kecamatan, today) if track.kecamatan else ""


def what_to_do(track: ApplicationTrack) -> str:
    """The usual way out of the reason for which the application came back."""
    reason = track.steps[-1].reason
    return WHAT_TO_DO[ReturnReason(reason)] if track.state == State.RETURNED and reason else ""


def _promise(track: ApplicationTrack) -> str:
    if track.clock.is_late or track.clock.due_at is None:
        return gettext("Kami melewati batas waktu pelayanan. Permohonan Anda tetap dikerjakan.")
    return gettext("Selesai paling lambat %(due)s.") % {"due": date_and_time(track.clock.due_at)}


def _done(step: Step, place: str) -> str:
    match step.state:
        case State.SUBMITTED:
            return gettext("Permohonan diterima")
        case State.IN_REVIEW:
            return gettext("Mulai diperiksa Dispendukcapil")
        case State.RETURNED:
            return gettext("Dikembalikan kepada Anda")
        case State.NUMBERING | State.APPROVED:
            return gettext("Disetujui verifikator")
        case State.ISSUED:
            return gettext("Ditandatangani dan terbit")
        case State.PRINTED:
            return gettext("Dicetak di Kecamatan %(place)s") % {"place": place}
        case State.COLLECTED:
            return gettext("Diambil")


def _awaited(state: State, place: str) -> str:
    match state:
        case State.SUBMITTED:
            return gettext("Menunggu pemeriksaan Dispendukcapil")
        case State.IN_REVIEW:
            return gettext("Menunggu keputusan verifikator")
        case State.RETURNED:
            return gettext("Menunggu jawaban Anda")
        case State.NUMBERING:
            return gettext("Menunggu nomor dari pusat")
        case State.APPROVED:
            return gettext("Menunggu tanda tangan Kepala Dinas")
        case State.ISSUED:
            return gettext("Menunggu dicetak di Kecamatan %(place)s") % {"place": place}
        case State.PRINTED:
            return gettext("Menunggu Anda ambil")
        case State.COLLECTED:
            return ""
