"""Which deed belongs to which service."""

from dekat.cases.catalogue import ServiceCode
from dekat.flows.deeds import family_cards
from dekat.flows.deeds.deed import Deed

DEEDS: dict[ServiceCode, Deed] = {
    ServiceCode.KK_CHANGE: family_cards.ChangeElement(),
    ServiceCode.KK_REPLACE: family_cards.Replace(),
}


def deed_of(code: ServiceCode) -> Deed:
    """What a service does."""
    return DEEDS[code]


def offered() -> list[ServiceCode]:
    """The services that can be carried out."""
    return [code for code in ServiceCode if code in DEEDS]
