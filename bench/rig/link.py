"""A link between two places: two TUN devices and a thread that carries IP packets from one to the other, badly.

While the link is down both devices stay up and nothing answers, as with a modem that lost its bearer.
"""

import contextlib
import fcntl
import heapq
import itertools
import os
import random
import select
import struct
import threading
import time
from collections.abc import Callable, Iterator

from bench.rig.places import TUN, Place, ip
from bench.rig.quality import Quality
from bench.rig.way import Counts, Waiting, Way

_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
_TCP, _SYN, _ACK = 6, 0x02, 0x10
_LOOK_EVERY_S = 1.0
_count = itertools.count(1)


@contextlib.contextmanager
def bad_link(near: Place, far: Place, quality: Quality, *, near_ip: str, far_ip: str) -> Iterator["Link"]:
    """A link of this quality, its schedule beginning now, gone afterwards."""
    link = Link(near, far, quality, near_ip=near_ip, far_ip=far_ip)
    link.start()
    try:
        yield link
    finally:
        link.stop()


class Link:
    """Carries packets between `near` (the station) and `far` (the centre) until `stop`."""

    def __init__(self, near: Place, far: Place, quality: Quality, *, near_ip: str, far_ip: str) -> None:
        self.quality, self.near_ip, self.far_ip = quality, near_ip, far_ip
        self._near = _device(near, near_ip, far_ip, quality.mtu)
        self._far = _device(far, far_ip, near_ip, quality.mtu)
        self._sending, self._receiving = Way(), Way()
        self._chance = random.Random(quality.seed)
        self._is_pulled = self._was_up = False
        self._turns = self._generation = 0
        self._flows: dict[tuple[int, int], int] = {}
        self._due: list[tuple[float, int, Callable[[float], None]]] = []
        self._order = itertools.count()
        self._lock = threading.Lock()
        self._wake_out, self._wake_in = os.pipe()
        self._is_stopped = False
        self._thread = threading.Thread(target=self._carry, name=f"link-{near_ip}", daemon=True)
        self.began = time.monotonic()
        # How late this process ever was to do what was due: the measure's own error.
        self.late_s = 0.0

    def start(self) -> None:
        """Begin to carry; the schedule begins with an up-time now."""
        self.began = time.monotonic()
        self._was_up = True
        if self.quality.period_s:
            self._at(self.began + self.quality.works_s, self._turn)
        self._thread.start()

    def stop(self) -> None:
        """End the link; its devices go."""
        self._is_stopped = True
        os.write(self._wake_in, b".")
        if self._thread.is_alive():
            self._thread.join(5)
        for descriptor in (self._near, self._far, self._wake_out, self._wake_in):
            os.close(descriptor)

    @property
    def is_up(self) -> bool:
        """Whether packets pass now."""
        return self._was_up

    @property
    def sent(self) -> Counts:
        """From near to far."""
        return self._sending.counts

    @property
    def received(self) -> Counts:
        """From far to near."""
        return self._receiving.counts

    def pull(self) -> None:
        """Silence until `put_back`, whatever the schedule says."""
        with self._lock:
            self._is_pulled = True
            self._look(time.monotonic())

    def put_back(self) -> None:
        """Let packets pass again when the schedule does."""
        with self._lock:
            self._is_pulled = False
            self._look(time.monotonic())

    def become(self, quality: Quality) -> None:
        """Another rate, delay, loss or queue from now on; the schedule stays as it is."""
        with self._lock:
            self.quality = quality

    def _turn(self, at: float) -> None:
        """The schedule's next change; counted, because sums of seconds are never exact."""
        self._turns += 1
        self._look(at)
        begun, is_silent = divmod(self._turns, 2)
        ends_s = begun * self.quality.period_s + (self.quality.period_s if is_silent else self.quality.works_s)
        self._at(self.began + ends_s, self._turn)

    def _look(self, at: float) -> None:
        """Take note of a change between up and down."""
        is_up = not self._is_pulled and self._turns % 2 == 0
        if is_up and not self._was_up and self.quality.forgets:
            self._generation += 1
        if not is_up and self._was_up:
            for way in (self._sending, self._receiving):
                way.flush(at=at)
        self._was_up = is_up

    def _carry(self) -> None:
        ways = {self._near: self._sending, self._far: self._receiving}
        while not self._is_stopped:
            with self._lock:
                self._do_what_is_due()
                until = self._due[0][0] if self._due else time.monotonic() + _LOOK_EVERY_S
            ready, _, _ = select.select([*ways, self._wake_out], [], [], max(0.0, until - time.monotonic()))
            for descriptor in ready:
                if descriptor in ways:
                    self._take_in(descriptor, ways[descriptor])

    def _do_what_is_due(self) -> None:
        while self._due and self._due[0][0] <= time.monotonic():
            at, _, work = heapq.heappop(self._due)
            self.late_s = max(self.late_s, time.monotonic() - at)
            work(at)

    def _at(self, when: float, work: Callable[[float], None]) -> None:
        heapq.heappush(self._due, (when, next(self._order), work))

    def _take_in(self, descriptor: int, way: Way) -> None:
        with contextlib.suppress(BlockingIOError):
            for _ in range(32):
                packet = os.read(descriptor, 4096)
                with self._lock:
                    self._offer(packet, way)

    def _offer(self, packet: bytes, way: Way) -> None:
        way.counts.offered += len(packet)
        way.counts.packets += 1
        quality = self.quality
        if not self._was_up:
            way.counts.silent += len(packet)
            return
        if len(packet) > quality.swallows_above:
            way.counts.swallowed += len(packet)
            return
        rate = quality.send_kbit_s if way is self._sending else quality.receive_kbit_s
        waiting = way.put(packet, at=time.monotonic(), kbit_s=rate, queue_bytes=quality.queue_bytes)
        if waiting:
            self._at(waiting.leaves_at, lambda at: self._left(way, waiting, at))

    def _left(self, way: Way, waiting: Waiting, at: float) -> None:
        if not way.leave(waiting):
            return
        if self.quality.loss and self._chance.random() < self.quality.loss:
            way.counts.lost += len(waiting.packet)
        elif self.quality.forgets and not self._is_known(waiting.packet, is_sent=way is self._sending):
            way.counts.forgotten += len(waiting.packet)
        else:
            self._at(at + self.quality.delay_ms / 1000, lambda _: self._deliver(way, waiting.packet))

    def _deliver(self, way: Way, packet: bytes) -> None:
        way.counts.delivered += len(packet)
        with contextlib.suppress(OSError):
            os.write(self._far if way is self._sending else self._near, packet)

    def _is_known(self, packet: bytes, *, is_sent: bool) -> bool:
        """Whether the address translator still knows this connection: only those begun since the last break."""
        if len(packet) < 34 or packet[0] >> 4 != 4 or packet[9] != _TCP:
            return True
        start = (packet[0] & 15) * 4
        here, there = struct.unpack_from("!HH", packet, start)
        flow = (here, there) if is_sent else (there, here)
        if is_sent and packet[start + 13] & (_SYN | _ACK) == _SYN:
            self._flows[flow] = self._generation
        return self._flows.get(flow) == self._generation


def _device(place: Place, own: str, other: str, mtu: int) -> int:
    """A TUN device in a place, with its address and the way to the other end; lives as long as the descriptor.

    Facts: it holds a burst until the thread reads it; what the line itself holds is `queue_bytes`.
    """
    name = f"dk{os.getpid()}x{next(_count)}"
    descriptor = os.open(TUN, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        fcntl.ioctl(descriptor, _TUNSETIFF, struct.pack("16sH22x", name.encode(), _IFF_TUN | _IFF_NO_PI))
        ip("link", "set", name, "netns", place.name)
        ip("-n", place.name, "addr", "add", own, "peer", other, "dev", name)
        ip("-n", place.name, "link", "set", name, "mtu", str(mtu), "txqueuelen", "64", "up")
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
