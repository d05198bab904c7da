"""Why a service is not given somewhere today, and where else it is: the same words on the portal and in the queue."""

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dekat.desk.states import Service
from dekat.desk.today import Today
from dekat.faces.oversight.words import reason
from dekat.reports.services_today import NO_SET

NAMES: dict[Service, str | Promise] = {
    Service.RECORD: gettext_lazy("Rekam KTP-el"),
    Service.KK: gettext_lazy("Cetak KK dan akta"),
}
_NO_SET: dict[Service, str | Promise] = {
    Service.RECORD: gettext_lazy("Di sini tidak ada alat rekam."),
    Service.KK: gettext_lazy("Di sini tidak ada alat cetak."),
}


def why(service: Service, code: str) -> str:
    """The reason in a sentence."""
    return str(_NO_SET[service] if code == NO_SET else reason(code))


def sentence(one: Today) -> str:
    """What is not given here today, why, and where else."""
    places = ", ".join(place.name if place.km is None else f"{place.name} (± {place.km} km)" for place in one.elsewhere)
    words = {"what": NAMES[one.service], "why": why(one.service, one.code), "places": places}
    if not places:
        return gettext("%(what)s tidak dapat dilayani di sini hari ini. %(why)s") % words
    return gettext("%(what)s tidak dapat dilayani di sini hari ini. %(why)s Bisa di: %(places)s.") % words
