"""Which deed belongs to which service."""

from dekat.cases.catalogue import ServiceCode
from dekat.flows.deeds import arrivals, births, cards, deaths, family_cards, letters, marriages, moves
from dekat.flows.deeds.deed import Deed

DEEDS: dict[ServiceCode, Deed] = {
    ServiceCode.KK_CHANGE: family_cards.ChangeElement(),
    ServiceCode.KK_REPLACE: family_cards.Replace(),
    ServiceCode.KK_NEW: family_cards.Found(),
    ServiceCode.KK_SPLIT: family_cards.Split(),
    ServiceCode.KK_JOIN: family_cards.Join(),
    ServiceCode.KK_HEAD: family_cards.NewHead(),
    ServiceCode.MOVE_WITHIN: moves.MoveWithin(),
    ServiceCode.MOVE_OUT: moves.Depart(),
    ServiceCode.MOVE_IN: arrivals.Arrive(),
    ServiceCode.BIODATA: letters.Biodata(),
    ServiceCode.STATEMENT: letters.Statement(),
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
