"""What is under way in the sample's store: a printer offered to Ijen that nobody has answered, and a stock-take."""

from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.duties.sample import UNGIVEN_PRINTER
from dekat.equipment import stock_take
from dekat.equipment.handing_over import Terms, offer
from dekat.equipment.offers import Person
from dekat.equipment.sample import ALL, printer, said_id


def fill(*, actor: Actor, now: datetime) -> None:
    """Offer the last printer to the kecamatan that waits for it; open a stock-take everywhere."""
    bast = f"BAST-KEC/119/{now.year}"
    terms = Terms(bast=bast, on=now.date(), to=UNGIVEN_PRINTER, given_by=Person("Slamet Riyadi"))
    serials = [printer(UNGIVEN_PRINTER)]
    offer(offer_id=UUID(said_id("offer", bast)), terms=terms, serials=serials, actor=actor, now=now)
    stock_take.open_round(round_id=UUID(said_id("round", now.year)), kecamatan=ALL, actor=actor, now=now)
