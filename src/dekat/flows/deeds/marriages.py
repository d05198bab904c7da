"""The deeds of a marriage and of a divorce: two statuses, and the KK of the families that show them.

Law: uu-23-2006 (art. 34, 40), permendagri-109-2019 (F-1.05: what is not recorded rests on the couple's own statement)
"""

from uuid import UUID

from django.utils.timezone import localdate

from dekat.cases.queries import ApplicationCard
from dekat.flows.deeds.deed import Deed, Order, Paper
from dekat.flows.deeds.office import day_said
from dekat.flows.deeds.papers import family_card
from dekat.flows.deeds.people import Named, NotInFamily, named_living, refuse_same
from dekat.registry.life.events import Divorce, LifeEvent, Marriage
from dekat.registry.life.writing import record_event
from dekat.registry.states import Sex

_STATEMENT = "SPTJM"


class RegisterMarriage(Deed):
    """Two people married; one of them may be registered elsewhere."""

    def act(self, order: Order) -> tuple[Paper, ...]:
        event = Marriage(
            _couple(order.application),
            married_on=day_said(order.application, "married_on", today=localdate(order.now)),
            certificate_no=order.said("certificate_no"),
            is_registered=order.said("proof") != _STATEMENT,
            court_order=order.said("court_order"),
        )
        return _recorded(event, order)


class RegisterDivorce(Deed):
    """Two people divorced; one of them may be registered elsewhere."""

    def act(self, order: Order) -> tuple[Paper, ...]:
        event = Divorce(
            _couple(order.application),
            divorced_on=day_said(order.application, "divorced_on", today=localdate(order.now)),
            certificate_no=order.said("certificate_no"),
            is_registered=order.said("proof") != _STATEMENT,
        )
        return _recorded(event, order)


def _couple(application: ApplicationCard) -> tuple[UUID, ...]:
    """Those of both who are in this register; one of them is on the card of the application.

    Refuses: flows.deed.named_twice, flows.deed.not_in_family, and whatever naming people refuses.
    """
    couple: tuple[Named, Named] = (
        named_living(application, "husband", "suami", Sex.MALE),
        named_living(application, "wife", "istri", Sex.FEMALE),
    )
    refuse_same(*zip(("suami", "istri"), (one.nik for one in couple), strict=True))
    if application.family_id not in {one.family_id for one in couple}:
        raise NotInFamily(who="suami dan istri itu")
    return tuple(person_id for one in couple for person_id in one.id_here)


def _recorded(event: LifeEvent, order: Order) -> tuple[Paper, ...]:
    done = record_event(
        event=event, application_id=order.application.id, actor=order.actor, on=localdate(order.now), now=order.now
    )
    return tuple(family_card(family_id) for family_id in done.living_families)
