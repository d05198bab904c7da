"""What came of one definition asked of one device."""

from dataclasses import dataclass
from enum import StrEnum

from dekat.adapters.sbi.ctk.definitions import Definition
from dekat.adapters.sbi.discovery import Found


class Verdict(StrEnum):
    """Passed, failed, or not a question to this device."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    NOT_APPLICABLE = "NOT_APPLICABLE"


class Reason(StrEnum):
    """Why a definition is not a question to this device. The words are in the face that shows them."""

    AUTHENTICATION = "AUTHENTICATION"
    AUTHENTICATION_KEY = "AUTHENTICATION_KEY"
    AUTHENTICATION_PEOPLE = "AUTHENTICATION_PEOPLE"
    OTHER_KIND = "OTHER_KIND"
    OTHER_SUB_TYPE = "OTHER_SUB_TYPE"
    CANNOT_ARRANGE = "CANNOT_ARRANGE"


@dataclass(frozen=True)
class Outcome:
    """One line of the report.

    Facts: `faults` say what is wrong, in the protocol's own words (field names, codes); `station` is what the
    station's own reader made of the same answer: empty, or the code it refuses with; `took_ms` is all its captures.
    """

    definition: Definition
    device: Found
    verdict: Verdict
    reason: Reason | None = None
    faults: tuple[str, ...] = ()
    station: str = ""
    took_ms: int = 0


def why_not(definition: Definition, device: Found) -> Reason | None:
    """Why the definition is not a question to this device, or None."""
    if not definition.is_for_registration:
        if definition.method == "info":
            return Reason.AUTHENTICATION_KEY
        return Reason.AUTHENTICATION_PEOPLE if definition.people > 1 else Reason.AUTHENTICATION
    if device.state.kind not in definition.kinds:
        return Reason.OTHER_KIND
    if device.sub_type and device.sub_type not in definition.sub_types:
        return Reason.OTHER_SUB_TYPE
    return None
