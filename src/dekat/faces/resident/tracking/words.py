"""An application's state in the words of the one who waits: result first, then the steps."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from dekat.areas import queries as areas
from dekat.cases.rules import Step
from dekat.cases.states import WHAT_TO_DO, PaperState, ReturnReason, State
from dekat.faces.ui.pieces import Moment
from dekat.faces.ui.words import date_and_time
from dekat.reports.tracking import ID_CARD, ApplicationTrack, TrackedPaper


@dataclass(frozen=True)
class Headline:
    """The answer at the top of the page."""

    tone: str
    above: str
    title: str
    lead: str


def headline(track: ApplicationTrack, *, today: date) -> Headline:
    """What the resident most wants to know."""
    place, papers = place_name(track, today=today), paper_names(track)
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
                "done", gettext("Permohonan selesai diproses"), gettext("%(papers)s sudah terbit") % {"papers": papers},
                _being_printed(track, place),
            )  # fmt: skip
        case State.PRINTED:
            return Headline(
                "done", gettext("Permohonan selesai diproses"), gettext("%(papers)s sudah jadi") % {"papers": papers},
                _where_to_collect(track, place),
            )  # fmt: skip
        case State.COLLECTED if track.is_from_home:
            return Headline(
                "done", gettext("Selesai"), gettext("%(papers)s sudah diunduh") % {"papers": papers},
                gettext("Jika bukan Anda atau keluarga Anda yang mengunduh, segera lapor ke kantor kecamatan."),
            )  # fmt: skip
        case State.COLLECTED:
            return Headline(
                "done", gettext("Selesai"), gettext("%(papers)s sudah diambil") % {"papers": papers},
                gettext("Jika bukan Anda atau keluarga Anda yang mengambil, segera lapor ke kantor kecamatan."),
            )  # fmt: skip
        case State.ENDED:
            return Headline(
                "done", gettext("Selesai"), gettext("Tidak ada yang perlu diambil"),
                gettext("Perubahannya ada pada dokumen yang lebih baru, atau pemilik kartunya meninggal."),
            )  # fmt: skip


@dataclass(frozen=True)
class PaperLine:
    """One paper of several: what it is, and where it stands."""

    name: str
    note: str


def paper_lines(track: ApplicationTrack, *, today: date) -> list[PaperLine]:
    """Each paper with where it stands; empty where there is only one, of which the headline speaks."""
    if len(track.papers) < 2:
        return []
    return [PaperLine(str(paper.kind.label), _where(paper, today)) for paper in track.papers]


def _where(paper: TrackedPaper, today: date) -> str:
    place = gettext("Kecamatan %(place)s") % {"place": areas.display_name(paper.kecamatan, today)}
    if paper.is_at_office:
        place = gettext("Dispendukcapil")
    match paper.state:
        case PaperState.ISSUED:
            return gettext("Menunggu dicetak di %(place)s") % {"place": place}
        case PaperState.PRINTED:
            return gettext("Ambil di %(place)s") % {"place": place}
        case PaperState.COLLECTED if paper.fetched_at:
            return gettext("Sudah diunduh untuk dicetak di rumah")
        case PaperState.COLLECTED:
            return gettext("Sudah diambil")
        case PaperState.ENDED:
            return gettext("Tidak perlu diambil lagi")


def paper_names(track: ApplicationTrack) -> str:
    """What the application came to: `Surat Keterangan Pindah dan 2 Kartu Keluarga`; the service where it was a card."""
    counts = Counter(str(paper.kind.label) for paper in track.papers)
    names = [name if count == 1 else f"{count} {name}" for name, count in counts.items()]
    if not names:
        return ID_CARD if track.is_card else str(track.service.label)
    *first, last = names
    return gettext("%(first)s dan %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def moments(track: ApplicationTrack, *, today: date) -> list[Moment]:
    """Each step with its time, and the one that is awaited."""
    place = place_name(track, today=today)
    before = [None, *(step.state for step in track.steps)]
    done = [
        Moment(title=_done(step, was, track, place), at=date_and_time(step.at), note=_for_owner(step), state="done")
        for step, was in zip(track.steps, before, strict=False)
    ]
    awaited = _awaited(track, place)
    return [*done, Moment(title=awaited, state="current")] if awaited else done


def _for_owner(step: Step) -> str:
    """What a step says to the applicant; what the head says to the reviewer stays in the office."""
    return step.note if step.state == State.RETURNED else ""


def place_name(track: ApplicationTrack, *, today: date) -> str:
    """What people call the kecamatan of the document; empty before it is issued."""
    return areas.display_name(track.kecamatan, today) if track.kecamatan else ""


def what_to_do(track: ApplicationTrack) -> str:
    """The usual way out of the reason for which the application came back."""
    reason = track.steps[-1].reason
    return WHAT_TO_DO[ReturnReason(reason)] if track.state == State.RETURNED and reason else ""


def _being_printed(track: ApplicationTrack, place: str) -> str:
    if track.is_card:
        words = gettext("Menunggu dicetak di Dispendukcapil, lalu dikirim ke Kecamatan %(place)s. Tidak perlu ke kota.")
        return words % {"place": place}
    if track.is_at_office:
        return gettext("Sedang dicetak di Dispendukcapil.")
    return gettext("Sedang dicetak di Kecamatan %(place)s. Tidak perlu ke kota.") % {"place": place}


def _where_to_collect(track: ApplicationTrack, place: str) -> str:
    if track.is_at_office:
        return gettext("Ambil di Dispendukcapil.")
    return gettext("Ambil di kantor Kecamatan %(place)s. Tidak perlu ke kota.") % {"place": place}


def _promise(track: ApplicationTrack) -> str:
    if track.clock.is_late or track.clock.due_at is None:
        return gettext("Kami melewati batas waktu pelayanan. Permohonan Anda tetap dikerjakan.")
    return gettext("Selesai paling lambat %(due)s.") % {"due": date_and_time(track.clock.due_at)}


def _done(step: Step, was: State | None, track: ApplicationTrack, place: str) -> str:
    match step.state:
        case State.APPROVED if was == State.NUMBERING:
            return gettext("Nomor datang dari pusat")
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
        case State.PRINTED if track.is_card:
            return gettext("Tiba di Kecamatan %(place)s") % {"place": place}
        case State.PRINTED if track.is_at_office:
            return gettext("Dicetak di Dispendukcapil")
        case State.PRINTED:
            return gettext("Dicetak di Kecamatan %(place)s") % {"place": place}
        case State.COLLECTED if track.is_from_home:
            return gettext("Diunduh untuk dicetak di rumah")
        case State.COLLECTED:
            return gettext("Diambil")
        case State.ENDED:
            return gettext("Selesai, tidak ada yang perlu diambil")


def _awaited(track: ApplicationTrack, place: str) -> str:
    match track.state:
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
        case State.ISSUED if track.is_card or track.is_at_office:
            return gettext("Menunggu dicetak di Dispendukcapil")
        case State.ISSUED:
            return gettext("Menunggu dicetak di Kecamatan %(place)s") % {"place": place}
        case State.PRINTED:
            return gettext("Menunggu Anda ambil")
        case State.COLLECTED | State.ENDED:
            return ""
