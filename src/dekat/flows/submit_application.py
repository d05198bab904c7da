"""An application comes in: from a resident's phone, from a station's desk, or up the line from a station."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts.actor import Actor, machine
from dekat.accounts.roles import Role
from dekat.cases import message
from dekat.cases import queries as case_queries
from dekat.cases import services as cases
from dekat.cases.catalogue import service
from dekat.cases.queries import ApplicationCard, ApplicationUnknown
from dekat.cases.services import Draft
from dekat.flows.station_scope import check_station_serves
from dekat.kernel.canonical import Json
from dekat.registry import queries as registry
from dekat.sync import services as sync


@dataclass(frozen=True)
class Named:
    """Whom a NIK and a nomor KK name together; empty when they do not belong together."""

    resident_id: UUID | None = None
    family_id: UUID | None = None
    kecamatan: str = ""


def submit_from_home(*, draft: Draft, pictures: Sequence[bytes], node: str, now: datetime) -> ApplicationCard:
    """Take in what a resident sent; the answer is the same whether the numbers name somebody or not.

    Again: the same id with the same request returns the first application.
    Refuses: cases.answers.incomplete, cases.answers.wrong, cases.application.id_taken, cases.attachment.not_a_picture,
    cases.attachment.too_many.
    """
    with transaction.atomic():
        card = cases.submit(draft=with_resident(draft), node=node, actor=machine(node), now=now)
        for number, raw in enumerate(pictures):
            cases.attach(application_id=card.id, attachment_id=uuid5(card.id, f"picture {number}"), raw=raw, now=now)
        return card


def submit_at_station(*, draft: Draft, actor: Actor, now: datetime) -> ApplicationCard:
    """Take an application at the desk and send it to the centre when the line allows.

    Again: the same id returns the first application and sends nothing twice.
    Refuses: cases.answers.incomplete, cases.answers.wrong.
    """
    with transaction.atomic():
        card = cases.submit(draft=with_resident(draft), node=actor.node, actor=actor, now=now)
        sync.send_message(
            message_id=draft.application_id,
            kind=message.MESSAGE_KIND,
            body={**message.draft_message(draft), "by": str(actor.account_id)},
            now=now,
        )
        return card


def receive_application(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Take one `application/1` at the centre; whom its numbers name is decided here anew.

    Again: the same application is taken in once.
    Refuses: flows.station.elsewhere, cases.application.id_taken.
    """
    draft = message.draft_from(body)
    check_station_serves(node, draft.kecamatan)
    actor = Actor(UUID(str(body["by"])), Role.OPERATOR, draft.kecamatan, node)
    cases.submit(draft=with_resident(draft), node=node, actor=actor, now=now)


def named_by(nik: str, family_card_no: str) -> Named:
    """Whom both numbers name together."""
    try:
        family = registry.family_by_card_no(family_card_no)
        resident = registry.resident_by_nik(nik)
    except (registry.FamilyUnknown, registry.ResidentUnknown):
        return Named()
    return Named(resident.id, family.id, family.kecamatan) if resident.family_id == family.id else Named()


def with_resident(draft: Draft) -> Draft:
    """The same with whom its numbers name, and the kecamatan where they live."""
    named = named_by(draft.stated_nik, draft.stated_family_card_no)
    return replace(
        draft,
        resident_id=named.resident_id,
        family_id=named.family_id,
        kecamatan=named.kecamatan or draft.kecamatan or _new_home(draft),
    )


def _new_home(draft: Draft) -> str:
    """The kecamatan in which people from elsewhere will live; empty for everybody else."""
    if not service(draft.service).is_for_newcomers:
        return ""
    try:
        return registry.family_by_card_no(str(draft.answers.get("host_card_no", ""))).kecamatan
    except registry.FamilyUnknown:
        return str(draft.answers.get("village") or "")[:8]


def answer_from_home(*, code: str, attachment_id: UUID, picture: bytes, node: str, now: datetime) -> ApplicationCard:
    """Take the picture that a returned application waits for; the office's clock runs again.

    Refuses: cases.application.unknown, cases.application.move_forbidden, cases.attachment.not_a_picture.
    """
    found = case_queries.by_code(code)
    if found is None:
        raise ApplicationUnknown
    with transaction.atomic():
        card = cases.answer(application_id=found.id, actor=machine(node), now=now)
        cases.attach(application_id=found.id, attachment_id=attachment_id, raw=picture, now=now)
        return card
