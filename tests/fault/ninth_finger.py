"""A process of its own: the power fails at the ninth finger, and the clock comes back wrong by a day.

Run by `test_power_cut_at_the_ninth_finger` as `python -m tests.fault.ninth_finger`; prints what it found as JSON.
"""

import json
import sys

from tests.fault import schedules
from tests.fault.schedule_acts import Act, draw
from tests.fault.schedule_faults import Fault

# isort: split
from dekat.enrolment.models import Recording
from dekat.ledger.queries import chain
from dekat.sync.models import OutItem


def usual(seed: int) -> list[Act]:
    """The acts of a recording with ten fingers in three slaps, the thumbs last."""
    names = [act.name for act in draw(seed)]
    slaps = [name for name in names if name.startswith("slap")]
    is_usual = slaps == ["slap LEFT", "slap RIGHT", "slap THUMBS"] and not any(n.startswith("except") for n in names)
    return draw(seed) if is_usual and "discard" not in names else []


def main() -> None:
    """For each way to die and each wrong day: what is there after the start, and how it ends."""
    schedules.prepare()
    seed = next(seed for seed in range(1, 5000) if usual(seed))
    acts, found = usual(seed), []
    ninth = next(number for number, act in enumerate(acts) if act.name == "slap THUMBS")
    expected = schedules.on_a_good_day(acts, seed)
    for kind in ("unplugged after", "kill before commit", "power in commit", "kill after commit"):
        for jump_s in (-86_400, 86_400, -366 * 86_400, 366 * 86_400):
            schedules.fresh()
            # The first start dies at the thumbs; the second finds its clock wrong at the very next press.
            plan = [Fault(ninth, kind), Fault(ninth + 1, "clock", jump_s=jump_s)]
            found.append(lived(acts, plan, seed, expected))
    sys.stdout.write(json.dumps(found))


def lived(acts: list[Act], plan: list[Fault], seed: int, expected: dict) -> dict:
    """Two lives of the station."""
    status = schedules.in_child(lambda: schedules.live(acts, plan, seed))
    seen = {"kind": plan[0].kind, "jump_s": plan[1].jump_s, "died": bool(status)}
    if status:
        row = Recording.objects.get()
        fingers = row.captures.filter(purpose="MAIN").exclude(position="Face").count()
        seen |= {"fingers": fingers, "step": row.step, "items": OutItem.objects.count()}
        seen |= {"files": len(list(schedules.OUTBOX.glob("*"))) if schedules.OUTBOX.exists() else 0}
        schedules.shutil.rmtree(schedules.KEEP)
        schedules.KEEP.mkdir()
        seen["second"] = schedules.in_child(lambda: schedules.live(acts, plan, seed))
    schedules.judge_end(acts, expected)
    events = chain(schedules.settings.NODE_NAME)
    told = [event.data["what"] for event in events if event.name == "enrolment.recording.step_saved"]
    seen |= {"order": told, "items_at_last": OutItem.objects.count()}
    schedules.connection.close()
    return seen


if __name__ == "__main__":
    main()
