"""What the officer's desk shows of the queue: who is at the counter, who is next, and the one act to do now."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest

from dekat.desk import queries
from dekat.desk.queries import InLine, TicketCard
from dekat.desk.states import Service, TicketState
from dekat.faces.station.queue.counter import counter_of

# Where serving a ticket begins; the others need no page of ours.
PLACES = {Service.RECORD: "/rekam/cari", Service.KK: "/permohonan/", Service.COLLECT: "/serah/"}


@dataclass(frozen=True)
class Panel:
    """The queue beside the work. `work` is the page where the ticket at the counter is served."""

    counter: int
    current: TicketCard | None
    line: list[InLine]
    work: str

    @property
    def first(self) -> TicketCard | None:
        return self.line[0].ticket if self.line else None

    @property
    def is_active(self) -> bool:
        return bool(self.current or self.line)

    @property
    def seen(self) -> str:
        """What a page shows of the queue, short enough for an address."""
        shown = [self.current, self.first]
        return "/".join([*(f"{one.label} {one.state}" if one else "-" for one in shown), str(len(self.line))])

    @property
    def is_called(self) -> bool:
        return self.current is not None and self.current.state == TicketState.CALLED


def panel(request: HttpRequest, *, day: date, now: datetime) -> Panel:
    """The queue as this counter sees it."""
    current = queries.at_counter(day, counter_of(request))
    return Panel(counter_of(request), current, queries.line(day, now=now), work_of(current) if current else "")


def work_of(ticket: TicketCard) -> str:
    """The page where a ticket is served: the recording it led to, else the first page of its service."""
    return f"/rekam/{ticket.work_id}/" if ticket.work_id else PLACES.get(ticket.service, "/antrean/")
