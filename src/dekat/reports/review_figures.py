"""How the review goes: what came in, what was decided, how long it took, why it went back. No persons."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from dekat.cases import queries as cases
from dekat.cases.catalogue import ServiceCode
from dekat.cases.queries import ApplicationCard
from dekat.cases.rules import DONE
from dekat.cases.states import ReturnReason, State
from dekat.kernel.working_time import Calendar


@dataclass(frozen=True)
class ServiceFigures:
    """One service in a span. `median_minutes` are working minutes to the issue; None while nothing was issued."""

    service: ServiceCode
    came: int
    issued: int
    in_time: int
    sent_back: int
    median_minutes: int | None

    @property
    def in_time_percent(self) -> int | None:
        """The share that was issued within its time."""
        return round(100 * self.in_time / self.issued) if self.issued else None


@dataclass(frozen=True)
class ReviewFigures:
    """All services of a span, and why applications went back."""

    services: tuple[ServiceFigures, ...]
    reasons: tuple[tuple[ReturnReason, int], ...]

    @property
    def came(self) -> int:
        return sum(one.came for one in self.services)

    @property
    def issued(self) -> int:
        return sum(one.issued for one in self.services)

    @property
    def in_time(self) -> int:
        return sum(one.in_time for one in self.services)


def review_figures(*, since: datetime, until: datetime, calendar: Calendar, now: datetime) -> ReviewFigures:
    """Applications that came in during a span (end exclusive), as they stand now."""
    cards = cases.submitted(since=since, until=until)
    by_service: dict[ServiceCode, list[ApplicationCard]] = {}
    for card in cards:
        by_service.setdefault(card.service.code, []).append(card)
    services = tuple(_of(code, by_service[code], calendar, now) for code in ServiceCode if code in by_service)
    return ReviewFigures(services, tuple(_reasons(cards).most_common()))


def _of(code: ServiceCode, cards: list[ApplicationCard], calendar: Calendar, now: datetime) -> ServiceFigures:
    clocks = [card.clock(calendar=calendar, now=now) for card in cards if card.state in DONE]
    return ServiceFigures(
        service=code,
        came=len(cards),
        issued=len(clocks),
        in_time=sum(not clock.is_late for clock in clocks),
        sent_back=sum(any(step.state == State.RETURNED for step in card.steps) for card in cards),
        median_minutes=round(median(clock.used_minutes for clock in clocks)) if clocks else None,
    )


def _reasons(cards: Iterable[ApplicationCard]) -> "Counter[ReturnReason]":
    return Counter(ReturnReason(step.reason) for card in cards for step in card.steps if step.reason)
