"""The sample regency's two years of history in the log of one centre."""

from dekat.areas.services import load_bundled
from dekat.duties import history
from dekat.duties.sample import events_by_node
from dekat.ledger import ports


def tell_sample_history(*, now):
    """Load the whole sample history up to `now`, said by this centre."""
    load_bundled()
    drafts = [draft for found in events_by_node(now).values() for draft in found]
    history.load(sorted(drafts, key=lambda draft: (draft.occurred_at, draft.event_id)), voice=ports.signer(), now=now)
