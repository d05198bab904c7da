"""One node as a process of its own: `run.py init|enrol|serve|seal|send|sync|show …` (see tests/fault/machines.py)."""

import json
import sys
from pathlib import Path

STAYS = ("serve", "sync")


def main() -> None:
    import django

    django.setup()
    from tests.fault.nodes import acts

    acts.connect()
    name, *arguments = sys.argv[1:]
    given = [json.loads(one) if one.startswith("{") else one for one in arguments]
    answer = acts.ACTS[name](*given)
    if name in STAYS:
        print("ready", flush=True)
        acts.wait_forever()
    if answer is not None:
        print(json.dumps(answer))


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[3] / folder) for folder in ("", "src")]
    main()
