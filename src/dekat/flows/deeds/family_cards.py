"""Deeds about a Kartu Keluarga."""

from uuid import UUID

from dekat.documents.kinds import DocumentKind
from dekat.flows.deeds.deed import Deed, Order, Paper
from dekat.registry import queries as registry
from dekat.registry import services as register
from dekat.registry.states import Element


def family_card(family_id: UUID) -> Paper:
    """The KK of a family as the register says it now."""
    return Paper(
        kind=DocumentKind.FAMILY_CARD,
        subject=f"family:{family_id}",
        kecamatan=registry.family(family_id).kecamatan,
        content=registry.family_card_content(family_id),
    )


class ChangeElement(Deed):
    """One element of one member changes. Law: permendagri-109-2019"""

    def act(self, order: Order) -> tuple[Paper, ...]:
        resident_id, family_id = _owner(order)
        register.change_element(
            application_id=order.application.id,
            resident_id=resident_id,
            element=Element(order.said("element")),
            value=order.said("new_value"),
            actor=order.actor,
            now=order.now,
        )
        return (family_card(family_id),)


class Replace(Deed):
    """A lost or damaged KK is issued anew; nothing else changes."""

    def act(self, order: Order) -> tuple[Paper, ...]:
        return (family_card(_owner(order)[1]),)


def _owner(order: Order) -> tuple[UUID, UUID]:
    application = order.application
    if application.resident_id is None or application.family_id is None:
        raise registry.ResidentUnknown
    return application.resident_id, application.family_id
