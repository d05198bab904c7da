"""Histories for the turn engine, written by hand."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from dekat.areas.working_calendar import indonesian_calendar
from dekat.duties.evidence import Evidence
from dekat.duties.turn import whose_turn

CALENDAR = indonesian_calendar(
    zone="Asia/Jakarta",
    hours={**dict.fromkeys(range(4), ("07:30", "15:30")), 4: ("07:30", "14:30")},
    years=range(2024, 2028),
)
START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # Monday 09.00 WIB
KEC = "35.11.19"
PLACE, DEVICE = f"kecamatan:{KEC}", "device:REK-19"


class History:
    """A list of events, each a given number of days after the start."""

    def __init__(self):
        self.events = []

    def say(self, day, name, subject=DEVICE, **data):
        number = len(self.events) + 1
        actor = "account:test" if "by" in data else "node:test"
        event = Evidence(UUID(int=number), name, subject, actor, START + timedelta(days=day), data)
        self.events.append(event)
        return event

    def bought(self, day=0, price=150_000_000, **data):
        return self.say(
            day, "equipment.device.bought", by="DISPENDUKCAPIL", kind="RECORDER", model="Set perekaman",
            contract="K-1", price_sen=price * 100, **data,
        )  # fmt: skip

    def delivered(self, day=0):
        return self.say(day, "equipment.device.delivered", by="DISPENDUKCAPIL", bast="B-1", on="2026-03-02")

    def handed_over(self, day=0, to=KEC):
        return self.say(
            day, "equipment.device.handed_over", by="DISPENDUKCAPIL", bast="B-2", on="2026-03-02", to=to,
            received_by=f"KECAMATAN:{to}",
        )  # fmt: skip

    def installed(self, day=0):
        return self.say(day, "equipment.device.installed", by="DISPENDUKCAPIL")

    def access(self, day=0):
        return self.say(day, "equipment.access.granted", by="PUSAT")

    def issued(self, day=0, version=1):
        return self.say(
            day, "duties.instruction.issued", "instruction:P-1", by="DISPENDUKCAPIL", version=version,
            title="Petunjuk perekaman", to=[KEC], kinds=["RECORDER"],
        )  # fmt: skip

    def instruction_delivered(self, day=0, version=1):
        return self.say(day, "duties.instruction.delivered", PLACE, instruction="P-1", version=version)

    def acknowledged(self, day=0, role="OPERATOR", version=1):
        return self.say(
            day, "duties.instruction.acknowledged", PLACE, by=f"KECAMATAN:{KEC}", instruction="P-1",
            version=version, role=role, score=100,
        )  # fmt: skip

    def operator(self, day=0, operator="op-1"):
        return self.say(day, "duties.operator.assigned", PLACE, by=f"KECAMATAN:{KEC}", operator=operator)

    def competent(self, day=0, operator="op-1", is_passed=True, **more):
        data = {"operator": operator, "task": "RECORD", "is_passed": is_passed, **more}
        return self.say(day, "duties.competence.recorded", PLACE, **data)

    def opened(self, day=0):
        return self.say(day, "readings.station.opened", PLACE)

    def used(self, day=0, count=1):
        return self.say(day, "readings.device.used", use="CAPTURE", count=count)

    def until(self, link):
        """Everything that makes the chain complete up to (not including) a link, on day 0."""
        steps = {
            "delivered": [self.bought],
            "handed_over": [self.delivered],
            "installed": [self.handed_over],
            "access": [self.installed],
            "instruction": [self.access],
            "acknowledged": [self.issued, self.instruction_delivered],
            "operator": [self.acknowledged, lambda: self.acknowledged(role="DISTRICT_HEAD")],
            "competent": [self.operator],
            "opened": [self.competent],
        }
        for name, makers in steps.items():
            for make in makers:
                make()
            if name == link:
                break
        return self

    def answer(self, day):
        [found] = whose_turn(self.events, as_of=START + timedelta(days=day), calendar=CALENDAR)
        return found
