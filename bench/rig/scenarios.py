"""The lines of the kecamatan, as they were measured, and how much to send through each."""

from dataclasses import dataclass, replace

from bench.rig.quality import Quality

_B = Quality(send_kbit_s=128, receive_kbit_s=512, delay_ms=150, works_s=20, breaks_s=10)
_C = Quality(send_kbit_s=64, receive_kbit_s=128, delay_ms=150, works_s=10, breaks_s=30)


@dataclass(frozen=True)
class Scenario:
    """A line and a task.

    Facts: `plain_goal` and `tls_goal` are times the physical limit, where the kernel has BBR; `full` and `short` are
    (packets, bytes of each).
    """

    name: str
    words: str
    quality: Quality
    plain_goal: float
    tls_goal: float
    full: tuple[int, int]
    short: tuple[int, int]


# 20 packets of 1 MB; 6 on C, which already take 50 minutes there.
SCENARIOS = (
    Scenario("A", "128 kbit/s", replace(_B, works_s=0, breaks_s=0), 1.06, 1.06, (20, 1_000_000), (5, 1_000_000)),
    Scenario("B", "128 kbit/s, 20 s up, 10 s down", _B, 1.10, 1.15, (20, 1_000_000), (3, 1_000_000)),
    Scenario("B+", "as B, new address", replace(_B, forgets=True), 1.10, 1.15, (20, 1_000_000), (3, 1_000_000)),
    Scenario("C", "64 kbit/s, 10 s up, 30 s down", _C, 1.18, 1.30, (6, 1_000_000), (4, 330_000)),
    Scenario("C+", "as C, new address", replace(_C, forgets=True), 1.18, 1.30, (6, 1_000_000), (4, 330_000)),
    Scenario(
        "D", "256 kbit/s, 600 ms, 2 % loss, 110 s up, 10 s down, new address",
        Quality(send_kbit_s=256, receive_kbit_s=1024, delay_ms=300, loss=0.02, works_s=110, breaks_s=10, forgets=True),
        1.25, 1.30, (20, 1_000_000), (8, 1_000_000),
    ),
)  # fmt: skip
WITHOUT_BBR = 2.2


def goal(scenario: Scenario, *, is_tls: bool, has_bbr: bool) -> float:
    """What must be reached here: on a lossy line a kernel without BBR cannot do as well."""
    if scenario.quality.loss and not has_bbr:
        return WITHOUT_BBR
    return scenario.tls_goal if is_tls else scenario.plain_goal
