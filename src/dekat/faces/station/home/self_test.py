"""The weekly test of one device, and the choice between two of a kind."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dekat.accounts.roles import Role
from dekat.enrolment.device_choice import select_device
from dekat.enrolment.ports import DeviceKind
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now
from dekat.faces.refusals.words import happened_of
from dekat.faces.station.home import readiness as devices
from dekat.flows.self_test_devices import self_test_device
from dekat.kernel.ids import new_id
from dekat.readings.kinds import SelfTestResult
from dekat.readings.queries import SelfTest

_LONGEST_SERIAL = 120


@open_to(Role.OPERATOR)
@require_safe
def prepare(request: HttpRequest, kind: str) -> HttpResponse:
    """What to lay down, and the button that starts the test."""
    wanted = _kind(kind)
    values = {
        "kind": wanted,
        "name": devices.name_of(wanted),
        "lay_down": devices.LAY_DOWN[wanted],
        "serial": _serial(request.GET.get("alat", "")),
        "test_id": new_id(now()),
        "nav_active": "alat",
    }
    return render(request, "station/home/self_test.html", values)


@open_to(Role.OPERATOR)
@require_POST
def run(request: HttpRequest, kind: str) -> HttpResponse:
    """Test the device now, and say how it went."""
    wanted = _kind(kind)
    try:
        test_id = UUID(request.POST.get("test_id", ""))
    except ValueError as error:
        raise Http404 from error
    serial = _serial(request.POST.get("alat", ""))
    test = self_test_device(kind=wanted, serial=serial, test_id=test_id, actor=actor_of(request), now=now())
    _say(request, test, devices.name_of(wanted))
    return redirect("station-readiness")


@open_to(Role.OPERATOR)
@require_POST
def select(request: HttpRequest, kind: str) -> HttpResponse:
    """Use this one of two devices from now on."""
    wanted = _kind(kind)
    serial = _serial(request.POST.get("alat", ""))
    select_device(kind=wanted, serial=serial, actor=actor_of(request), now=now())
    words = _("%(name)s %(serial)s dipakai mulai sekarang.") % {"name": devices.name_of(wanted), "serial": serial}
    messages.success(request, words)
    return redirect("station-readiness")


def _say(request: HttpRequest, test: SelfTest, name: str) -> None:
    words = {"name": name, "seconds": round(test.took_ms / 1000, 1), "score": test.score}
    match test.result:
        case SelfTestResult.PASSED:
            messages.success(request, _("%(name)s baik: mutu %(score)s, %(seconds)s detik.") % words)
        case SelfTestResult.WEAK:
            weak = _("%(name)s menjawab, tetapi gambarnya lemah (mutu %(score)s). Bersihkan kacanya, lalu uji lagi.")
            messages.warning(request, weak % words)
        case SelfTestResult.FAILED:
            failed = _("%(name)s gagal diuji. %(happened)s")
            messages.error(request, failed % {**words, "happened": happened_of(test.trouble)})


def _kind(word: str) -> DeviceKind:
    try:
        return DeviceKind(word.capitalize())
    except ValueError as error:
        raise Http404 from error


def _serial(word: str) -> str:
    if not 0 < len(word) <= _LONGEST_SERIAL:
        raise Http404
    return word
