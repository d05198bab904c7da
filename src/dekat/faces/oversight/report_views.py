"""The pages made of tables, their files, and the events behind a figure."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dekat.accounts.roles import Role
from dekat.faces.access import OVERSIGHT, open_to, open_to_anybody
from dekat.faces.oversight.exports import FORMATS, closing_words, export
from dekat.faces.oversight.figures import Report
from dekat.faces.oversight.scope import Scope, period_choices, scope_of
from dekat.faces.oversight.sheets import costs, devices, kecamatan, monday, month, network, trips, usage
from dekat.faces.resident.quota import count_request
from dekat.reports.period import Kind
from dekat.reports.trace import TRACED, events_behind

# A month of the regency has thousands; their sum stands under each page of them.
EVENTS_ON_A_PAGE = 200
Maker = Callable[[Scope], Report]
# Each report by the name in its address; a running one tells the present month, the others the newest that is over.
REPORTS: Mapping[str, tuple[Maker, bool]] = {
    "alat": (devices.devices, True),
    "senin": (monday.monday, True),
    "perjalanan": (trips.trips, False),
    "biaya": (costs.costs, False),
    "kecamatan": (usage.kecamatan_list, False),
    "satu-kecamatan": (kecamatan.kecamatan, False),
    "jaringan": (network.network, True),
    "laporan": (month.month, False),
}


def values_of(report: Report, scope: Scope, **more: object) -> dict[str, object]:
    """What every page of tables shows: the report, its filters, its files."""
    return {
        "report": report,
        "scope": scope,
        "periods": period_choices(scope),
        "is_custom": scope.period.kind is Kind.CUSTOM,
        "has_days": True,
        "closing": closing_words(report),
        "formats": list(FORMATS),
        **more,
    }


@open_to_anybody
@require_GET
def monday_list(request: HttpRequest) -> HttpResponse:
    """The Sekda's Monday list; for the Sekda each row can set a deadline."""
    scope = scope_of(request, is_running=True)
    values = values_of(monday.monday(scope), scope, nav_active="senin", has_kecamatan=True, has_kinds=True)
    if getattr(request.user, "role", "") == Role.REGIONAL_SECRETARY and scope.as_of == scope.now:
        values |= {"calls": monday.calls(scope), "proposed": monday.proposed_day(scope)}
    return render(request, "oversight/monday.html", values)


@open_to_anybody
@require_GET
def device_list(request: HttpRequest) -> HttpResponse:
    """Every device of both kinds with its state."""
    scope = scope_of(request, is_running=True)
    values = values_of(devices.devices(scope), scope, nav_active="alat", has_kecamatan=True)
    return render(request, "oversight/report.html", values)


@open_to_anybody
@require_GET
def trips_page(request: HttpRequest) -> HttpResponse:
    """What residents must still go to town for, and which trips were avoided."""
    scope = scope_of(request)
    values = values_of(trips.trips(scope), scope, nav_active="perjalanan", has_kecamatan=True)
    return render(request, "oversight/report.html", values)


@open_to_anybody
@require_GET
def kecamatan_list(request: HttpRequest) -> HttpResponse:
    """Every kecamatan with its utilisation."""
    scope = scope_of(request)
    values = values_of(usage.kecamatan_list(scope), scope, nav_active="kecamatan", has_kecamatan=True)
    return render(request, "oversight/report.html", values)


@open_to_anybody
@require_GET
def kecamatan_page(request: HttpRequest, code: str) -> HttpResponse:
    """One kecamatan."""
    scope = scope_of(request, kecamatan=code)
    if scope.kecamatan != code:
        raise Http404
    values = values_of(kecamatan.kecamatan(scope), scope, nav_active="kecamatan", is_one_kecamatan=True)
    return render(request, "oversight/report.html", values)


@open_to_anybody
@require_GET
def month_report(request: HttpRequest) -> HttpResponse:
    """The monthly report, to read and to take away."""
    scope = scope_of(request, is_month=True)
    values = values_of(month.month(scope), scope, nav_active="ringkasan", has_days=False)
    values["periods"] = period_choices(scope, kinds=[Kind.MONTH])
    return render(request, "oversight/report.html", values)


@open_to_anybody
@require_GET
def take_away(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """A report as a file, with the same figures as its page."""
    if name not in REPORTS or form not in FORMATS:
        raise Http404
    count_request(request, name="report-download", per_hour=120)
    maker, is_running = REPORTS[name]
    scope = scope_of(request, is_running=is_running, is_month=name == "laporan")
    if name == "satu-kecamatan" and not scope.kecamatan:
        raise Http404
    address = request.build_absolute_uri(f"{page_of(name, scope)}?{scope.query}")
    response = HttpResponse(export(maker(scope), form, address=address), content_type=FORMATS[form])
    place = f"-{scope.kecamatan}" if scope.kecamatan else ""
    response["Content-Disposition"] = f'attachment; filename="{name}{place}-{scope.period.key}.{form}"'
    return response


def page_of(name: str, scope: Scope) -> str:
    """The page that shows a report."""
    if name == "satu-kecamatan":
        return f"/pengawasan/kecamatan/{scope.kecamatan}/"
    return f"/pengawasan/{name}/"


@open_to(*OVERSIGHT)
@require_GET
def trace(request: HttpRequest) -> HttpResponse:
    """The events that a figure counts; their counts add up to it."""
    what, serial = request.GET.get("apa", ""), request.GET.get("alat", "")
    if what not in ("", *TRACED):
        raise Http404
    scope = scope_of(request)
    found = events_behind(what, scope.period, kecamatan=scope.kecamatan, serial=serial, now=scope.now, zone=scope.zone)
    total = sum(one.count for one in found)
    page = Paginator(found, EVENTS_ON_A_PAGE).get_page(request.GET.get("hal"))
    values = {"page": page, "total": total, "scope": scope, "serial": serial, "names": scope.names}
    asked = {key: value for key, value in request.GET.items() if key != "hal"}
    numbers = [page.number - 1] * page.has_previous(), [page.number + 1] * page.has_next()
    values["earlier"], values["later"] = ("".join(f"?{urlencode(asked | {'hal': n})}" for n in one) for one in numbers)
    title = _("%(total)d dari %(count)d kejadian") % {"total": total, "count": len(found)}
    return render(request, "oversight/trace.html", {**values, "title": title})
