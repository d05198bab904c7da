"""Which deed belongs to which service."""

from dekat.cases.catalogue import ServiceCode
from dekat.flows.deeds import births, cards, deaths, family_cards, marriages
from dekat.flows.deeds.deed import Deed

DEEDS: dict[ServiceCode, Deed] = {
    ServiceCode.KK_CHANGE: family_cards.ChangeElement(),
    ServiceCode.KK_REPLACE: family_cards.Replace(),
    ServiceCode.KTP_REPLACE: cards.CardAgain(is_change=False),
    ServiceCode.KTP_CHANGE: cards.CardAgain(is_change=True),
    ServiceCode.KIA: cards.ChildCard(),
    ServiceCode.BIRTH: births.RegisterBirth(),
    ServiceCode.DEATH: deaths.RegisterDeath(),
    ServiceCode.MARRIAGE: marriages.RegisterMarriage(),
    ServiceCode.DIVORCE: marriages.RegisterDivorce(),
}


def deed_of(code: ServiceCode) -> Deed:
    """What a service does."""
    return DEEDS[code]


def offered() -> list[ServiceCode]:
    """The services that can be carried out."""
    return [code for code in ServiceCode if code in DEEDS]
