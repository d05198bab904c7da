"""How bad a link is, and what even a perfect sender could get through it."""

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Quality:
    """A link as its near end (the station) sees it.

    Facts: `send_kbit_s` is near to far; `delay_ms` one way; `loss` a share of packets, each way; the link works for
    `works_s`, then is silent for `breaks_s` (0 = never breaks); `forgets` gives the near end a new address after every
    break, so that no older connection lives on; IP packets longer than `swallows_above` bytes vanish.
    """

    send_kbit_s: float = 128.0
    receive_kbit_s: float = 512.0
    delay_ms: float = 150.0
    loss: float = 0.0
    queue_bytes: int = 32 * 1024
    works_s: float = 0.0
    breaks_s: float = 0.0
    forgets: bool = False
    swallows_above: int = 65535
    mtu: int = 1400
    seed: int = 1

    @property
    def period_s(self) -> float:
        """One time of working and one of silence; 0 where the link never breaks."""
        return self.works_s + self.breaks_s if self.breaks_s else 0.0

    def is_up(self, elapsed_s: float) -> bool:
        """Say whether the schedule has the link up so many seconds after it began."""
        return not self.period_s or elapsed_s % self.period_s < self.works_s

    def in_a_break(self, elapsed_s: float) -> float:
        """The middle of the break nearest before or at this instant; the instant itself where the link never breaks."""
        if not self.period_s:
            return elapsed_s
        return max(1, round(elapsed_s / self.period_s)) * self.period_s - self.breaks_s / 2

    def up_again_at(self, elapsed_s: float) -> float:
        """The same instant when the link is up then; else the next one when it is."""
        return elapsed_s if self.is_up(elapsed_s) else ceil(elapsed_s / self.period_s) * self.period_s

    def seconds_for(self, payload_bytes: int) -> float:
        """When the last of so many bytes can have left, begun with the schedule: no header, nothing sent twice."""
        sending_s = payload_bytes * 8 / (self.send_kbit_s * 1000) / (1 - self.loss)
        if not self.period_s:
            return sending_s
        breaks = ceil(sending_s / self.works_s) - 1
        return sending_s + breaks * self.breaks_s
