"""What a reader asked to see: the period, the kecamatan, the kind of device; and whether exact counts may be told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dekat.areas.working_calendar import regency_calendar
from dekat.faces.access import OVERSIGHT
from dekat.faces.clock import now
from dekat.faces.oversight import period_words
from dekat.faces.oversight.figures import Cell, Value, closed
from dekat.reports.open_counts import Key, closed_in, may_be_told
from dekat.reports.parties import places
from dekat.reports.period import Kind, Period, choices, last_month, month_of, read_period

KINDS = ("RECORDER", "KK_PRINTER")


@dataclass(frozen=True)
class Scope:
    """The question behind a page. `now` is this machine's clock; `as_of` the instant of the answer."""

    period: Period
    kecamatan: str
    kind: str
    now: datetime
    zone: ZoneInfo
    names: Mapping[str, str]
    is_exact: bool

    @cached_property
    def as_of(self) -> datetime:
        return self.period.as_of(self.now, self.zone)

    @property
    def codes(self) -> list[str]:
        """The kecamatan that the page speaks of."""
        return [self.kecamatan] if self.kecamatan else list(self.names)

    @property
    def state_at(self) -> datetime:
        """The instant of what is told as it stands: now for the running and the newest month, else the period's end."""
        is_new = self.period.after >= month_of(self.now.astimezone(self.zone).date()).first
        return self.now if is_new else self.as_of

    @property
    def is_told(self) -> bool:
        """Whether counts of residents of this period may be told to this reader."""
        return self.is_exact or may_be_told(self.period, now=self.now, zone=self.zone)

    @property
    def place(self) -> str:
        return _("Kecamatan %(name)s") % {"name": self.names[self.kecamatan]} if self.kecamatan else _("Kabupaten")

    @property
    def period_words(self) -> str:
        return period_words.in_words(self.period)

    @property
    def query(self) -> str:
        """The filters as an address carries them."""
        found = {"periode": self.period.key, "kecamatan": self.kecamatan, "jenis": self.kind}
        return urlencode({key: value for key, value in found.items() if value and value != KINDS[0]})

    @cached_property
    def _closed(self) -> dict[int, frozenset[Key]]:
        """What stays closed, by year; read when a page first asks for the year."""
        return {}

    def _closed_with(self, period: Period) -> frozenset[Key]:
        year = period.first.year
        if year not in self._closed:
            self._closed[year] = closed_in(period, places=list(self.names), now=self.now, zone=self.zone)
        return self._closed[year]

    def people(self, value: Value, *keys: tuple[str, str], href: str = "", span: Period | None = None) -> Cell:
        """A count of residents (or what follows from some): closed to the public where too few are behind it.

        Facts: `keys` are what was counted and where, as `open_counts` names them, none where it may not be told;
        `span` another period than the page's.
        """
        cell = Cell(value, href=href)
        if self.is_exact:
            return cell
        within = span or self.period
        if not keys or not may_be_told(within, now=self.now, zone=self.zone):
            return closed(cell)
        found = self._closed_with(within)
        return closed(cell) if any((*key, within.key) in found for key in keys) else Cell(value)

    def trace(self, what: str, *, kecamatan: str = "", serial: str = "", span: Period | None = None) -> str:
        """The address that lists the events behind a count."""
        found = {"apa": what, "kecamatan": kecamatan or self.kecamatan, "alat": serial}
        found["periode"] = (span or self.period).key
        return f"/pengawasan/jejak?{urlencode({key: value for key, value in found.items() if value})}"


def scope_for(period: Period, *, is_exact: bool) -> Scope:
    """The whole regency in a period, asked by no page."""
    moment, zone = now(), regency_calendar().zone
    return Scope(period, "", KINDS[0], moment, zone, places(moment.astimezone(zone).date()), is_exact)


def scope_of(request: HttpRequest, *, is_running: bool = False, is_month: bool = False, kecamatan: str = "") -> Scope:
    """Read the filters of an address; by default the newest month that is over, or the running one.

    Facts: `is_month` wants whole months; `kecamatan` is the one that the address itself names.
    Refuses: reports.period.unreadable.
    """
    moment, zone = now(), regency_calendar().zone
    today = moment.astimezone(zone).date()
    names = places(today)
    wanted, kind = kecamatan or request.GET.get("kecamatan", ""), request.GET.get("jenis", "")
    period = _period(request, today, is_running=is_running)
    return Scope(
        period=month_of(period.first) if is_month else period,
        kecamatan=wanted if wanted in names else "",
        kind=kind if kind in KINDS else KINDS[0],
        now=moment,
        zone=zone,
        names=names,
        is_exact=getattr(request.user, "role", "") in OVERSIGHT,
    )


def _period(request: HttpRequest, today: date, *, is_running: bool) -> Period:
    wanted, first, last = (request.GET.get(name, "") for name in ("periode", "dari", "sampai"))
    if first or last:
        return read_period(f"{first}..{last}")
    if wanted:
        return read_period(wanted)
    return month_of(today) if is_running else last_month(today)


def period_choices(scope: Scope, kinds: Iterable[Kind] = Kind) -> list[tuple[str, str]]:
    """What the filter offers, the chosen period always among it."""
    found = choices(scope.now.astimezone(scope.zone).date())
    if scope.period not in found:
        found.insert(0, scope.period)
    return [(period.key, period_words.in_words(period)) for period in found if period.kind in kinds]
