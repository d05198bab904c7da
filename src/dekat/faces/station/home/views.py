"""The operator's home: one next thing to do, what is safe here, what is ready."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dekat.accounts.roles import Role
from dekat.desk.numbers import numbers_of, week_to
from dekat.enrolment import queries
from dekat.enrolment.queries import RecordingRow
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now, today
from dekat.faces.station import whereabouts
from dekat.faces.station.arriving import arriving
from dekat.faces.station.equipment.at_home import goods_at_home
from dekat.faces.station.home import readiness as devices
from dekat.faces.station.home.survival import clock_wrong, second_copy, standing_words
from dekat.faces.station.queue.panel import panel
from dekat.faces.station.recording.labels import STEPS
from dekat.kernel.ids import spaced
from dekat.registry import queries as registry
from dekat.sync.files import free_bytes
from dekat.sync.queries import outbox_summary
from dekat.sync.room import room

_SHOWN = 6


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The day at a glance."""
    at = now()
    outbox, opened, zone = outbox_summary(), _opened(), ZoneInfo(settings.TIME_ZONE)
    day = today(at)
    queue = panel(request, day=day, now=at)
    values = {
        "now": at,
        "opened": opened,
        # While a number is called or waited for, the blue panel shows that instead of the latest recording.
        "unfinished": opened if queue.is_active else opened[1:],
        "queue": queue,
        "numbers": numbers_of(day, zone=zone),
        "week": week_to(day, zone=zone) if actor_of(request).role == Role.DISTRICT_HEAD else [],
        "sealed": [_sealed(row, at) for row in queries.sealed_recordings(limit=_SHOWN)],
        "outbox": outbox,
        "oldest": at - outbox.oldest_sealed_at if outbox.oldest_sealed_at else None,
        "room": room(free_bytes=free_bytes(), now=at),
        "second_copy": second_copy(),
        "clock_wrong": clock_wrong(),
        "standing": standing_words(),
        "arriving": arriving(actor_of(request).kecamatan, now=at),
        "today": queries.day(since=_midnight(at)),
        "step_means": [(STEPS[one.step], one.took) for one in queries.mean_step_times(since=_midnight(at))],
        "goods": goods_at_home(actor_of(request)),
        "nav_active": "beranda",
    }
    return render(request, "station/home/home.html", values)


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def readiness(request: HttpRequest) -> HttpResponse:
    """The devices' lines; alone when fetched into the home page."""
    is_partial = request.headers.get("HX-Request") == "true"
    values = {"ready": devices.readiness(now()), "now": now(), "nav_active": "alat"}
    return render(request, "station/home/_readiness.html" if is_partial else "station/home/readiness.html", values)


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def arriving_page(request: HttpRequest) -> HttpResponse:
    """How far the population data are; alone when fetched into another page."""
    is_partial = request.headers.get("HX-Request") == "true"
    kecamatan, at = actor_of(request).kecamatan, now()
    values = {"arriving": arriving(kecamatan, now=at), "extract_age": registry.extract_age(kecamatan, now=at)}
    template = "station/home/_arriving.html" if is_partial else "station/home/arriving.html"
    return render(request, template, {**values, "nav_active": "beranda"})


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def sealed(request: HttpRequest) -> HttpResponse:
    """Every recording of this station and where it is."""
    at = now()
    rows = [_sealed(row, at) for row in queries.sealed_recordings(limit=500)]
    return render(request, "station/home/sealed.html", {"sealed": rows, "nav_active": "beranda"})


def _opened() -> list[dict[str, object]]:
    names: dict[UUID, str] = queries.open_names()
    return [{"row": row, "name": names.get(row.id, ""), "step": STEPS[row.step]} for row in queries.open_recordings()]


def _sealed(row: RecordingRow, at: datetime) -> dict[str, object]:
    return {"row": row, "code": spaced(row.code), "where": whereabouts.of(row, now=at)}


def _midnight(at: datetime) -> datetime:
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    return local - timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
