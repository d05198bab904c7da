"""What a scanned label means, in words."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from dekat.equipment.stock_rules import Line
from dekat.equipment.upkeep_kinds import Spot


def say_spot(request: HttpRequest, line: Line, names: Mapping[str, str]) -> None:
    """Tell the officer where the scanned device should be."""
    if line.spot == Spot.WRONG_PLACE:
        text = gettext("%(serial)s tercatat milik %(place)s. Biarkan di tempatnya; Dispendukcapil melihat selisih ini.")
        messages.warning(request, text % {"serial": line.serial, "place": place_name(line.belongs, names)})
    elif line.spot == Spot.UNKNOWN:
        text = gettext("%(serial)s tidak ada di daftar kabupaten. Tetap tercatat sebagai temuan.")
        messages.warning(request, text % {"serial": line.serial})
    else:
        messages.success(request, gettext("%(serial)s ada di tempatnya.") % {"serial": line.serial})


def place_name(kecamatan: str, names: Mapping[str, str]) -> str:
    """A place as pages call it."""
    return f"Kecamatan {names.get(kecamatan, kecamatan)}" if kecamatan else gettext("Gudang kantor")
