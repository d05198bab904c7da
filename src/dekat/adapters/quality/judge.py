"""The station's judge: asks its worker, starts it when needed, gives up for a while when it cannot."""

import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from time import monotonic

from dekat.adapters.quality.forms import likeness_of, look_of, plain_images
from dekat.adapters.quality.limits import Limits
from dekat.adapters.quality.talk import Said, hear, say
from dekat.enrolment.positions import Position
from dekat.enrolment.quality import JudgeAway, Likeness, Look
from dekat.enrolment.states import Background
from dekat.kernel.canonical import Json

logger = logging.getLogger(__name__)
COMMAND = (sys.executable, "-m", "dekat.adapters.quality.worker")
PATIENCE_S = 30.0  # the first question also loads the networks, on an old disk
REST_S = 20.0  # after a failure nobody waits for the worker again so soon
# What a network frees goes back to the system at once: a slap peaks at 330 MB, else up to 800 (measured).
_SMALL = {"MALLOC_MMAP_THRESHOLD_": "4194304", "MALLOC_TRIM_THRESHOLD_": "4194304", "MALLOC_ARENA_MAX": "1"}


class WorkerJudge:
    """Speaks with one worker process, one question at a time.

    Facts: a worker that ended (idle, killed) is started again within the question; one that is too slow is killed.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        command: Sequence[str] = COMMAND,
        patience_s: float = PATIENCE_S,
        rest_s: float = REST_S,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._limits = limits
        self._command = command
        self._patience_s = patience_s
        self._rest_s = rest_s
        self._clock = clock
        self._resting_until = 0.0
        self._lock = Lock()
        self._line: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process_id(self) -> int | None:
        """The worker's, None while there is none."""
        return self._process.pid if self._process else None

    def face(self, jpeg: bytes, *, background: Background) -> Look:
        return look_of(self._ask({"ask": "face", "jpeg": jpeg, "background": str(background)}))

    def fingers(self, images: Mapping[Position, bytes]) -> Mapping[Position, Look]:
        return _looks(self._ask({"ask": "fingers", "images": plain_images(images)}))

    def hand(self, frame: bytes) -> Look:
        return look_of(self._ask({"ask": "hand", "frame": frame}))

    def irises(self, images: Mapping[Position, bytes]) -> Mapping[Position, Look]:
        return _looks(self._ask({"ask": "irises", "images": plain_images(images)}))

    def signature(self, png: bytes, *, strokes: Sequence[Json]) -> Look:
        return look_of(self._ask({"ask": "signature", "png": png, "strokes": list(strokes)}))

    def alike(self, fingers: Mapping[Position, bytes], among: Mapping[Position, bytes]) -> Mapping[Position, Likeness]:
        found = self._ask({"ask": "alike", "fingers": plain_images(fingers), "among": plain_images(among)})
        if not isinstance(found, list):
            raise JudgeAway
        return {one.position: one for one in map(likeness_of, found)}

    def end(self) -> None:
        """End the worker; the next question starts another."""
        with self._lock:
            self._end()

    def _ask(self, question: Said) -> object:
        with self._lock:
            if self._clock() < self._resting_until:
                raise JudgeAway
            try:
                said = self._asked_again(question)
            except (OSError, EOFError, ValueError) as error:
                self._end()
                self._resting_until = self._clock() + self._rest_s
                logger.warning("quality.worker_away", extra={"kind": type(error).__name__})
                raise JudgeAway from error
        if "answer" not in said:
            logger.warning("quality.worker_trouble", extra={"kind": str(said.get("trouble"))})
            raise JudgeAway
        return said["answer"]

    def _asked_again(self, question: Said) -> Said:
        """The answer, by a new worker where the old one had ended."""
        if self._line is not None:
            try:
                return self._asked(self._line, question)
            except (EOFError, BrokenPipeError, ConnectionResetError):
                self._end()
        return self._asked(self._start(), question)

    def _asked(self, line: socket.socket, question: Said) -> Said:
        say(line, question)
        return hear(line)

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            # Our own interpreter and our own module; nothing typed by anybody is in the command.
            self._process = subprocess.Popen(  # noqa: S603
                [*self._command, str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                env={**os.environ, **_SMALL},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        ours.settimeout(self._patience_s)
        self._line = ours
        say(ours, dict(self._limits))
        return ours

    def _end(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._line, self._process = None, None


def _looks(found: object) -> Mapping[Position, Look]:
    if not isinstance(found, dict):
        raise JudgeAway
    return {Position(position): look_of(look) for position, look in found.items()}
