"""The deeds of cards: a child's card (KIA), and a KTP-el again from the recording that the centre holds.

Law: permendagri-2-2016, perpres-96-2018, permendagri-74-2015
"""

from uuid import uuid5

from django.utils.timezone import localdate

from dekat.cards import queries as cards
from dekat.cards.services import queue_again
from dekat.cards.states import CardState
from dekat.cases import queries as cases
from dekat.documents.kinds import DocumentKind
from dekat.flows.deeds.deed import Deed, Order, OrderedCard, Paper
from dekat.flows.deeds.office import of_resident
from dekat.flows.deeds.people import PersonNotHere, member, own_family
from dekat.flows.photo_on_card import as_svg, pass_photo
from dekat.kernel.errors import DekatError
from dekat.national import queries as national
from dekat.registry import papers
from dekat.registry import queries as registry
from dekat.registry.papers import CHILD_UNTIL, PHOTO_FROM
from dekat.registry.states import ResidentState
from dekat.registry.views import ResidentView
from dekat.sync import queries as sync

# In these a former card no longer comes by itself.
_DONE = frozenset({CardState.HANDED_OVER, CardState.MISSING})


class PhotoMissing(DekatError):
    """From the fifth birthday on a child's card shows a photo, and the application brought no picture."""

    code = "flows.deed.photo_missing"


class RecordingNeeded(DekatError):
    """The centre holds no recording of this person, so there is nothing to print a card from."""

    code = "flows.deed.recording_needed"


class CardUnderWay(DekatError):
    """An earlier card of this person was not handed over yet."""

    code = "flows.deed.card_under_way"


class ChildCard(Deed):
    """A child of the family gets its card; a former one ends with it."""

    def act(self, order: Order) -> tuple[Paper, ...]:
        application, today = order.application, localdate(order.now)
        child = member(order.said("child"), own_family(application), on=today)
        photo = _photo(order) if PHOTO_FROM <= child.born_on.age_on(today) < CHILD_UNTIL else ""
        content = papers.child_card_content(child.id, on=today, photo=photo)
        return (Paper(DocumentKind.CHILD_CARD, of_resident(child.id), child.kecamatan, content),)


class CardAgain(Deed):
    """The applicant's KTP-el is printed again: lost or damaged, or because their data changed (`is_change`)."""

    def __init__(self, *, is_change: bool) -> None:
        self.is_change = is_change

    def act(self, order: Order) -> tuple[OrderedCard, ...]:
        application, owner = order.application, _owner(order)
        card_id = uuid5(application.id, "card")
        if cards.card(card_id) is None:
            former = _former(owner)
            queue_again(
                card_id=card_id,
                recording_id=former.recording_id,
                resident_id=owner.id,
                tracking_code=application.code,
                kecamatan=owner.kecamatan,
                is_change=self.is_change,
                actor=order.actor,
                now=order.now,
            )
        return (OrderedCard(card_id),)


def _photo(order: Order) -> str:
    """The newest picture of the application, cut to 2 x 3. That its background is red or blue, the reviewer sees."""
    kept = cases.attachments(order.application.id)
    if not kept:
        raise PhotoMissing
    picture = cases.attachment(application_id=order.application.id, attachment_id=kept[-1])
    return as_svg(pass_photo(picture))


def _owner(order: Order) -> ResidentView:
    if order.application.resident_id is None:
        raise registry.ResidentUnknown
    owner = registry.resident(order.application.resident_id)
    if owner.state != ResidentState.ACTIVE:
        raise PersonNotHere(who="pemohon", state=str(owner.state.label))
    return owner


def _former(owner: ResidentView) -> cards.CardView:
    """The newest card of the person, with whose recording the next is made.

    Refuses: flows.deed.recording_needed, flows.deed.card_under_way.
    """
    former = cards.newest_of(owner.id)
    recording = national.submission(former.recording_id) if former else None
    if former is None or recording is None or sync.opened_packet(recording.packet_id) is None:
        raise RecordingNeeded
    if former.state not in _DONE:
        raise CardUnderWay(state=str(former.state.label))
    return former
