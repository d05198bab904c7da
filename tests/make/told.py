"""Hand-written evidence put into this node's log, as if it had been told here."""

from collections.abc import Iterable

from dekat.duties.evidence import Evidence
from dekat.duties.history import load
from dekat.ledger import ports
from dekat.ledger.services import Draft


def keep(events: Iterable[Evidence]) -> None:
    """Append evidence; the register follows."""
    found = list(events)
    drafts = [Draft(one.id, one.name, one.subject, one.actor, one.at, one.data) for one in found]
    load(drafts, voice=ports.signer(), now=max(one.at for one in found))
