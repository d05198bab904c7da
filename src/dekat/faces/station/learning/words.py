"""How the learning pages name things, and what they advise after a practice."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dekat.duties.competence import Standing
from dekat.enrolment.states import Step
from dekat.faces.station.recording.labels import STEPS
from dekat.training.queries import PracticeResult

STANDINGS: dict[Standing, tuple[str | Promise, str]] = {
    Standing.NONE: (gettext_lazy("belum lulus belajar merekam"), "warn"),
    Standing.FAILED: (gettext_lazy("belum lulus uji merekam"), "warn"),
    Standing.EXPIRED: (gettext_lazy("kecakapan merekam berakhir"), "bad"),
    Standing.EXPIRING: (gettext_lazy("cakap merekam, segera berakhir"), "warn"),
    Standing.VALID: (gettext_lazy("cakap merekam"), "ok"),
}
# A practised operator needs about a minute a step; beyond twice that something held them up.
_LONG = timedelta(minutes=2)
_FEWEST_TRIES = {Step.PHOTO: 1, Step.FINGERS: 3, Step.INDEX_RECHECK: 2, Step.IRISES: 1}


@dataclass(frozen=True)
class Line:
    """One step of a practice as the result page shows it."""

    title: str
    took: timedelta
    tries: int
    hint: str


def lines_of(result: PracticeResult) -> list[Line]:
    """Each step with its time, its tries and what would make it easier next time."""
    return [
        Line(str(STEPS[one.step]), one.took, one.tries, _hint(one.step, one.took, one.tries)) for one in result.steps
    ]


def _hint(step: Step, took: timedelta, tries: int) -> str:
    if tries > _FEWEST_TRIES.get(step, tries):
        match step:
            case Step.PHOTO:
                return gettext("Tunggu sampai semua baris hijau; foto diambil sendiri.")
            case Step.FINGERS | Step.INDEX_RECHECK:
                return gettext("Lap kaca dan keringkan jari sebelum menekan lagi.")
            case _:
                return gettext("Minta warga membuka mata lebar dan diam sebentar.")
    return gettext("Baca satu kalimat besar di atas gambar; itu saja yang perlu dikerjakan.") if took > _LONG else ""
