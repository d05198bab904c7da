"""What a line carried, as a value: no table stands behind it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Moved:
    """What a line carried since the reading before.

    Facts: up is towards the centre, from whichever end it was seen; milliseconds are those in which something moved in
    that direction, so bytes by them is the goodput; `resent_count` are segments that the kernel sent again.
    """

    up_bytes: int = 0
    up_ms: int = 0
    down_bytes: int = 0
    down_ms: int = 0
    resent_count: int = 0

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(
            self.up_bytes + other.up_bytes,
            self.up_ms + other.up_ms,
            self.down_bytes + other.down_bytes,
            self.down_ms + other.down_ms,
            self.resent_count + other.resent_count,
        )


NOTHING = Moved()
