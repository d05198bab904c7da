"""`dekat rebuild-answers`: make again what is kept beside the log, and compare it with the log itself."""

import argparse
import time

from dekat.duties import answering
from dekat.faces.clock import now
from dekat.readings import days


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat rebuild-answers`."""
    parser = sub.add_parser("rebuild-answers", help="make the kept facts, sums and answers again from the log")
    parser.add_argument("--compare", action="store_true", help="ask the engine over the whole log too (slow)")
    parser.add_argument("--only-compare", action="store_true", help="compare what is kept now and rebuild nothing")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Rebuild and compare; 1 when a kept answer is not the log's."""
    moment, begun = now(), time.monotonic()
    if not options.only_compare:
        answering.rebuild()
        days.forget()
        days.catch_up()
        answering.keep(as_of=moment)
        count = len(answering.answers(as_of=moment))
        print(f"{count} answers made again in {time.monotonic() - begun:.1f} s")
    if not (options.compare or options.only_compare):
        return 0
    wrong = answering.differing(as_of=moment)
    print("\n".join(f"{serial}: the kept answer is not the log's" for serial in wrong) or "every answer is the log's")
    return 1 if wrong else 0
