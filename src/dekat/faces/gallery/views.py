"""Every component on one page, for those who build and check pages."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dekat.faces.access import open_to_anybody
from dekat.faces.clock import now
from dekat.faces.gallery.forms import EveryField
from dekat.faces.ui import icons
from dekat.faces.ui.pieces import Moment, Step
from dekat.kernel.rupiah import Rupiah

STEPS = (
    Step("Data diri", "done", "Cocok dengan KK"),
    Step("Foto wajah", "current"),
    Step("Sidik jari", note="10 jari"),
    Step("Iris mata", note="2 mata"),
)
MOMENTS = (
    Moment("Direkam di Kecamatan Tapen", "Rabu, 18 November, 09.52 WIB", "6 menit"),
    Moment("Diperiksa Dispendukcapil dan pusat", "Jumat, 20 November, 14.20 WIB", "Tidak ada data ganda"),
    Moment("Kartu dalam perjalanan ke Kecamatan Tapen", "Senin, 23 November, 08.10 WIB", state="current"),
    Moment("Siap diambil", state="todo"),
)


@open_to_anybody
def show(request: HttpRequest) -> HttpResponse:
    """The gallery; nothing on it is anybody's data."""
    tried = EveryField({"nik": "351", "purpose": ""}, auto_id="tried_%s")
    moment = now()
    values = {
        "steps": STEPS,
        "moments": MOMENTS,
        "form": EveryField(),
        "tried": tried,
        "icon_names": sorted(icons.shapes()),
        "now": moment,
        "earlier": moment - timedelta(days=2, hours=4, minutes=11),
        "price": Rupiah.of(122_400_000),
        "nik": "9911120808090003",
    }
    return render(request, "gallery/show.html", values)
