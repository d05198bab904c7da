"""What one contestant did on one link."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Record:
    """What one contestant did.

    Facts: `seconds` is None where not all arrived within the patience; `wire_bytes` are IP bytes put on the link
    towards the centre until then, `payload_bytes` those of the packets that arrived; `urgent_s` counts from the line
    being up with the message waiting; `late_ms` is how late our own link ever was.
    """

    scenario: str
    contestant: str
    packets: int
    packet_bytes: int
    limit_s: float
    seconds: float | None = None
    arrived: int = 0
    payload_bytes: int = 0
    wire_bytes: int = 0
    urgent_s: list[float] = field(default_factory=list)
    late_ms: float = 0.0
    link: dict[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """Times the physical limit; of who did not finish, the least it would be."""
        return (self.seconds or self.link["seconds"]) / self.limit_s

    @property
    def efficiency(self) -> float:
        """Payload by bytes on the wire."""
        return self.payload_bytes / max(1, self.wire_bytes)

    def as_json(self) -> dict[str, Any]:
        """For the folder of results."""
        return asdict(self)
