"""The worker: hears one question at a time, answers it, ends after idle minutes or with the station.

Started as `python -m dekat.adapters.quality.worker FD`; the first thing it hears are the thresholds.
"""

import gc
import os
import socket
import sys

from dekat.adapters.quality.bench import Bench
from dekat.adapters.quality.forms import images_of, plain_likeness, plain_look
from dekat.adapters.quality.talk import Said, hear, say
from dekat.enrolment.states import Background
from dekat.kernel.errors import DekatError

IDLE_S = 240
_LESS_URGENT = 5  # the operator's page comes first on two slow cores


def main() -> None:
    """Answer until nobody asks any more."""
    os.nice(_LESS_URGENT)
    line = socket.socket(fileno=int(sys.argv[1]))
    line.settimeout(IDLE_S)
    try:
        limits = hear(line)
        bench = Bench({name: value for name, value in limits.items() if isinstance(value, int | float)})
        gc.freeze()
        while True:
            say(line, answered(bench, hear(line)))
    except (EOFError, OSError):
        return


def answered(bench: Bench, question: Said) -> Said:
    """The answer, or what kind of trouble there was: a picture must never end the worker."""
    try:
        return {"answer": _answer(bench, question)}
    except DekatError as error:
        return {"trouble": error.code}
    except Exception as error:  # the boundary of a process, as a face is: the caller logs it and goes on
        return {"trouble": type(error).__name__}


def _answer(bench: Bench, question: Said) -> object:
    match question:
        case {"ask": "face", "jpeg": bytes() as jpeg, "background": str() as background}:
            return plain_look(bench.face(jpeg, background=Background(background)))
        case {"ask": "fingers", "images": images}:
            return {str(position): plain_look(look) for position, look in bench.fingers(images_of(images)).items()}
        case {"ask": "hand", "frame": bytes() as frame}:
            return plain_look(bench.hand(frame))
        case {"ask": "irises", "images": images}:
            return {str(position): plain_look(look) for position, look in bench.irises(images_of(images)).items()}
        case {"ask": "signature", "png": bytes() as png, "strokes": list() as strokes}:
            return plain_look(bench.signature(png, strokes=strokes))
        case {"ask": "alike", "fingers": fingers, "among": among}:
            found = bench.alike(images_of(fingers), images_of(among))
            return [plain_likeness(one) for one in found.values()]
        case _:
            raise ValueError("unknown question")


if __name__ == "__main__":
    main()
