"""How many more recordings this station's disk holds, from the real free room and the real size of its packets."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count

from dekat.sync.models import OutItem
from dekat.sync.rules import Carrier

# Below it nobody new sits down: open recordings are finished in it, the database writes its log into it.
RESERVE_BYTES = 500 * 1024 * 1024
# Until this station sealed some of its own: ten fingers, two irises and a photo.
TYPICAL_PACKET_BYTES = 1_000_000
_TRUSTED_FROM = 20
# A recording also leaves rows, events and a receipt.
_BESIDE = 1.1
_PACE_DAYS = 28
FEW_RECORDINGS, FEW_DAYS = 200, 14


@dataclass(frozen=True)
class Room:
    """What fits. `days_left` is None while nothing is recorded here; `recordings` is zero below the reserve."""

    recordings: int
    days_left: int | None
    is_full: bool

    @property
    def is_low(self) -> bool:
        return self.recordings < FEW_RECORDINGS or (self.days_left is not None and self.days_left < FEW_DAYS)

    @property
    def about(self) -> int:
        """The number as people say it: two figures, never more than there is."""
        step = int(10 ** max(0, len(str(self.recordings)) - 2))
        return self.recordings // step * step


def room(*, free_bytes: int, now: datetime) -> Room:
    """How many recordings fit, and for how many days at the pace of the last four weeks.

    Facts: `free_bytes` is what the disk of the data folder has left.
    """
    sealed = OutItem.objects.filter(carrier=Carrier.PACKET)
    own = sealed.aggregate(mean=Avg("size_bytes"), count=Count("id"))
    mean = own["mean"] if own["count"] >= _TRUSTED_FROM else TYPICAL_PACKET_BYTES
    recordings = max(0, int((free_bytes - RESERVE_BYTES) / (mean * _BESIDE)))
    lately = sealed.filter(sealed_at__gt=now - timedelta(days=_PACE_DAYS), sealed_at__lte=now).count()
    days_left = recordings * _PACE_DAYS // lately if lately else None
    return Room(recordings, days_left, free_bytes < RESERVE_BYTES)
