"""Who may answer what was said, and the answers beside it."""

from collections.abc import Iterable
from uuid import UUID

from dekat.duties.replies import Reply, concerned_by, replies
from dekat.ledger.rules import SignedEvent
from dekat.reports.device_page import DevicePage


def beside(events: Iterable[UUID]) -> list[Reply]:
    """The replies to these events, oldest first."""
    wanted = set(events)
    return [reply for reply in replies() if reply.to_event in wanted]


def device_replies(page: DevicePage) -> list[Reply]:
    """Every reply to what is said of a device."""
    wanted, subject = {event.id for event in page.evidence}, f"device:{page.line.serial}"
    return [reply for reply in replies() if reply.to_event in wanted or reply.subject == subject]


def concerned(page: DevicePage, event: SignedEvent | None = None) -> set[str]:
    """The parties of whom the answer about a device speaks, and those whom an event of it names."""
    answer = page.line.answer
    found = {answer.party, *answer.missed, *(share.party for share in page.shares)}
    if answer.kecamatan:
        found.add(f"KECAMATAN:{answer.kecamatan}")
    return (found | (concerned_by(event) if event else set())) - {""}


def spoken_of(page: DevicePage) -> SignedEvent | None:
    """The event to which a reply to the answer itself is attached: the last one that brought the turn where it is."""
    known, shown = set(page.line.answer.evidence), {event.id: event for event in page.evidence}
    causes = [shown[one] for one in page.line.answer.history[-1].cause if one in shown]
    return causes[-1] if causes else next((event for event in page.evidence if event.id in known), None)
