"""What the centre says of a recording after it left the station: feed kind `recording_status/1`."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from dekat.enrolment.models import Recording
from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso

FEED_KIND = "recording_status/1"


def apply_status(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Keep where a recording is (feed handler).

    Facts: `recording_id`, `status` (domain 3.4; a name newer than this release is kept as it is), `status_since` ISO.
    Again: the status that was told last wins, whatever the clocks of the centre say of it (the feed has an order of its
    own, and tells a recording's newest status only); a recording of another station is skipped.
    """
    since = from_iso(str(body["status_since"]))
    Recording.objects.filter(id=UUID(str(body["recording_id"]))).update(
        status=str(body["status"])[:30], status_at=since
    )
