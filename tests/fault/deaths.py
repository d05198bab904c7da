"""Every place at which a node can die while something is done: one packet for each death, all between the same two."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from dekat.kernel.ids import new_id
from tests.fault.fault_line import Question
from tests.fault.pair import Died, Node, hold_invariants

# A centre that is dead refuses at once; a station that waited longer would only make the tests slow.
PATIENCE_S = 0.1
MARKER = "SITI CONTOH 99"


@dataclass(frozen=True)
class Death:
    """What was under way when a node died; `is_sealed` when the operator was told so."""

    packet: str
    digest: str
    where: str
    is_sealed: bool = True


class World:
    """A centre and a station that live and die; whoever is dead is started before the next thing is done."""

    def __init__(self, pair: tuple[Node, Node]) -> None:
        self.centre, self.station = pair
        self.url = ""

    def up(self) -> "World":
        """Both run."""
        if not self.centre.is_running:
            self.url = f"http://127.0.0.1:{self.centre.start().tell('serve')}"
        if not self.station.is_running:
            self.station.start().tell("start_up")
        return self

    def packet(self, size: int = 30_000) -> tuple[str, str]:
        """Seal a packet; give its id and the digest of its content."""
        packet = a_name()
        return packet, str(self.up().station.tell("seal", packet, size, MARKER))

    def session(self, packet: str = "") -> object:
        """One session as it comes; give how the line is, or the code of the trouble."""
        return self.station.tell("once", self.url, PATIENCE_S)

    def settle(self) -> None:
        """The trouble is over: one undisturbed session, then the invariants, the operator's page among them."""
        assert self.up().station.tell("once", self.url, 5) == "UP"
        hold_invariants(self.centre, self.station, marker=MARKER)
        page = self.station.tell("page")
        assert (page["waiting"], page["aside"]) == (0, 0), "I5: the page says that something waits or stands aside"
        assert self.station.tell("faults") == self.centre.tell("faults") == 0

    def is_done_once(self, packet: str, digest: str) -> bool:
        """The centre did what the packet asks once, and both hold the same receipt for it."""
        receipts = [node.tell("receipt", packet) for node in (self.centre, self.station)]
        return self.centre.tell("show", packet)["effects"] == [digest] and receipts[0] == receipts[1] != ""

    def deaths(
        self,
        do: Callable[[str], object],
        *,
        of: str,
        place: str,
        moment: str = "die before",
        every: int = 1,
        **size: int,
    ) -> Iterator[Death]:
        """Let `do` with a new packet end in a death at its first time at a place, its second, until it lives on.

        Facts: `of` is "centre" or "station".
        """
        nth = 1
        while True:
            packet, digest = self.packet(**size)
            victim = self.centre if of == "centre" else self.station
            victim.tell("arm", place, nth, moment)
            try:
                do(packet)
                victim.tell("disarm")
            except Died:
                yield Death(packet, digest, f"{of} {moment} {place} {nth}")
            else:
                return
            nth += every


def carries(question: Question) -> bool:
    """Whether this question brings bytes of a packet."""
    return "/packets" in question.path and question.body_bytes > 0


def a_name() -> str:
    """An id for a packet or a message."""
    return str(new_id(datetime.now(UTC)))
