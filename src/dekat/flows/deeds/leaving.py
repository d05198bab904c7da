"""People leave their families for another one or for a new one: one way for every service that comes to this."""

from abc import abstractmethod
from uuid import uuid5

from django.utils.timezone import localdate

from dekat.cases.offered.family_cards import relations_question
from dekat.cases.queries import ApplicationCard
from dekat.cases.questions import Question
from dekat.flows.deeds import people, staying
from dekat.flows.deeds.deed import Deed, NumberAsked, Order, Paper
from dekat.flows.deeds.office import reported_on
from dekat.flows.deeds.papers import family_cards
from dekat.kernel.errors import DekatError
from dekat.registry.life.events import Regroup
from dekat.registry.life.household import Address, Relation
from dekat.registry.life.parts import Destination
from dekat.registry.life.writing import record_event
from dekat.registry.views import ResidentView

ENTERS = "enters"


class SameFamily(DekatError):
    """People are to join the family to which they belong already."""

    code = "flows.deed.same_family"


class NobodyMoves(DekatError):
    """A move that names nobody."""

    code = "flows.deed.nobody_moves"


class Leaving(Deed):
    """Each service says who goes and where to. Law: permendagri-109-2019"""

    @abstractmethod
    def movers(self, application: ApplicationCard) -> tuple[ResidentView, ...]:
        """Who goes; the head of a new family first."""

    @abstractmethod
    def new_home(self, application: ApplicationCard) -> Address | None:
        """Where the new family lives; None when people join a family that is here."""

    def asks_office(self, application: ApplicationCard) -> tuple[Question, ...]:
        """What everybody is to the head of the family they enter, and of the family that stays behind."""
        try:
            movers, is_new = self.movers(application), self.new_home(application) is not None
        except DekatError:
            return ()
        entering = movers[1:] if is_new else movers
        help = "Hubungan dengan kepala keluarga pada KK yang dimasuki."
        asked = (relations_question(ENTERS, "Yang masuk", staying.options(entering), help),) if entering else ()
        return (*asked, *staying.questions(staying.left_by(movers), on=reported_on(application)))

    def numbers(self, application: ApplicationCard) -> tuple[NumberAsked, ...]:
        """A number for a new family, and for each family whose head leaves."""
        home = self.new_home(application)
        new = (staying.new_family_number(home.kecamatan),) if home else ()
        return (*new, *staying.numbers(application))

    def act(self, order: Order) -> tuple[Paper, ...]:
        """Move the people; a KK for every family that is touched.

        Refuses: what `people`, `staying` and the life event refuse.
        """
        on, movers = localdate(order.now), self.movers(order.application)
        if not movers:
            raise NobodyMoves
        families = staying.left_by(movers)
        staying.refuse_children_alone(families, on=on)
        event = Regroup(self._destination(order, movers), staying.successions(order, families))
        return family_cards(
            record_event(event=event, application_id=order.application.id, actor=order.actor, on=on, now=order.now)
        )

    def _destination(self, order: Order, movers: tuple[ResidentView, ...]) -> Destination:
        home = self.new_home(order.application)
        if home is None:
            host = people.family(order.said("host_card_no"))
            if any(one.family_id == host.id for one in movers):
                raise SameFamily
            return Destination(host.id, staying.relations(order, ENTERS, movers))
        head, *others = movers
        people.refuse_child_as_head(head, on=localdate(order.now))
        relations = {head.id: str(Relation.HEAD), **staying.relations(order, ENTERS, others)}
        return Destination(uuid5(order.application.id, "family"), relations, order.numbers.get("new", ""), home)
