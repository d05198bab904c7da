"""What a resident may ask for, as data: questions, forms, requirements, minutes, who decides, what it yields.

Adding a service is adding an entry in `offered/` and, in `flows/deeds/`, what it does when it is carried out.
"""

from dekat.cases.offered import cards, civil, family_cards, moves, others
from dekat.cases.offered.elements import CHANGES, Change
from dekat.cases.offered.entry import Group, Service, ServiceCode
from dekat.registry.states import Element

SERVICES: dict[ServiceCode, Service] = {
    entry.code: entry
    for entry in (*family_cards.OFFERED, *civil.OFFERED, *cards.OFFERED, *moves.OFFERED, *others.OFFERED)
}
# Numbers that older forms had, still on the papers that circulate, and the form that took their place.
OLD_FORMS: dict[str, str] = {
    "F-1.07": "F-1.02", "F-1.21": "F-1.02", "F-1.15": "F-1.02", "F-1.16": "F-1.02", "F-1.23": "F-1.03",
    "F-2.12": "F-2.01", "F-2.29": "F-2.01",
}  # fmt: skip

__all__ = ["CHANGES", "OLD_FORMS", "SERVICES", "Change", "Group", "Service", "ServiceCode", "change", "service"]


def service(code: ServiceCode) -> Service:
    """The entry of one service."""
    return SERVICES[code]


def change(element: str) -> Change:
    """The entry of one element."""
    return CHANGES[Element(element)]
