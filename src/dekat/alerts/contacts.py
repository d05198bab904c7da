"""Where officers and offices want to be told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts import queries as accounts
from dekat.accounts.actor import Actor
from dekat.alerts.models import Contact
from dekat.alerts.states import Channel
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.ledger.services import record
from dekat.sync import services as sync

MESSAGE_KIND = "alert_contact/1"
_OFFICES = UUID("019acb7e-0000-7000-8000-00000000a1e7")
_SHAPES = {
    # ASCII and no punctuation that a mail header reads as more than one address.
    Channel.EMAIL: re.compile(
        r"(?=.{1,110}\Z)(?=[^@]{1,60}@)[a-z0-9'_%+-]+(\.[a-z0-9'_%+-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}",
        re.IGNORECASE | re.ASCII,
    ),
    Channel.WHATSAPP: re.compile(r"\+[1-9][0-9]{7,14}"),
    Channel.SMS: re.compile(r"\+[1-9][0-9]{7,14}"),
}


class AddressWrong(DekatError):
    """An address that the chosen channel cannot reach."""

    code = "alerts.contact.address_wrong"


@dataclass(frozen=True)
class Choice:
    """How somebody wants to be told. Quiet hours that are None are the regency's."""

    channel: Channel
    address: str
    wants_digest: bool = True
    quiet_from: time | None = None
    quiet_until: time | None = None

    @property
    def has_own_quiet(self) -> bool:
        return self.quiet_from is not None and self.quiet_until is not None


def choose_channel(*, choice: Choice, actor: Actor, now: datetime) -> None:
    """Keep how the officer who asks wants to be told.

    Again: the same choice changes nothing.
    Refuses: alerts.contact.address_wrong.
    """
    if actor.account_id is None:
        raise AddressWrong(address="")
    desk = str(actor.role or "")
    _keep(_id_of(actor.account_id), actor.account_id, actor.office, desk, _clean(choice), actor.label, now)


def tell_centre(*, choice: Choice, actor: Actor, now: datetime) -> None:
    """Keep an officer's choice at the station and send it to the centre, which does the telling.

    Refuses: alerts.contact.address_wrong.
    """
    with transaction.atomic():
        choose_channel(choice=choice, actor=actor, now=now)
        row = Contact.objects.get(account_id=actor.account_id)
        if row.changed_at == now:
            sync.send_message(message_id=new_id(now), kind=MESSAGE_KIND, body=_body(row), now=now)


def hear_choice(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Keep at the centre what an officer chose at a station, if the officer belongs to its kecamatan.

    Again: changes nothing.
    """
    officer = accounts.account(UUID(str(body["account"])))
    if officer is None or officer.kecamatan != accounts.node(node).kecamatan:
        return
    times = [time.fromisoformat(str(body[key])) if body[key] else None for key in ("quiet_from", "quiet_until")]
    choice = Choice(Channel(str(body["channel"])), str(body["address"]), bool(body["wants_digest"]), times[0], times[1])
    label = f"account:{officer.id}"
    party, desk = f"KECAMATAN:{officer.kecamatan}", str(officer.role)
    _keep(_id_of(officer.id), officer.id, party, desk, _clean(choice), label, now)


def set_office(*, party: str, choice: Choice, actor: Actor, now: datetime) -> None:
    """Keep the address of an office whose people have no account here: Diskominfo, the supplier, the national centre.

    Refuses: alerts.contact.address_wrong.
    """
    _keep(uuid5(_OFFICES, party), None, party, "", _clean(choice), actor.label, now)


def _id_of(account_id: UUID) -> UUID:
    return uuid5(_OFFICES, str(account_id))


def _clean(choice: Choice) -> Choice:
    """The choice with its address as the channel wants it: `0812…` becomes `+62812…`."""
    address = choice.address.strip()
    if choice.channel != Channel.EMAIL:
        address = re.sub(r"[\s().-]", "", address)
        address = f"+62{address[1:]}" if address.startswith("0") else address
    if not _SHAPES[choice.channel].fullmatch(address):
        raise AddressWrong(address=choice.address)
    if not choice.has_own_quiet:
        return Choice(choice.channel, address, choice.wants_digest)
    return Choice(choice.channel, address, choice.wants_digest, choice.quiet_from, choice.quiet_until)


def _keep(
    contact_id: UUID, account_id: UUID | None, party: str, desk: str, choice: Choice, label: str, now: datetime
) -> None:
    fields: dict[str, object] = {
        "party": party,
        "desk": desk,
        "account_id": account_id,
        "channel": choice.channel,
        "address": choice.address,
        "wants_digest": choice.wants_digest,
        "quiet_from": choice.quiet_from,
        "quiet_until": choice.quiet_until,
    }
    with transaction.atomic():
        row = Contact.objects.select_for_update().filter(id=contact_id).first()
        if row and all(getattr(row, name) == value for name, value in fields.items()):
            return
        Contact.objects.update_or_create(id=contact_id, defaults={**fields, "changed_at": now})
        record(
            name="alerts.contact.changed",
            subject=f"contact:{contact_id}",
            actor=label,
            data={"party": party, "desk": desk, "channel": str(choice.channel), "digest": choice.wants_digest},
            now=now,
        )


def _body(row: Contact) -> dict[str, Json]:
    return {
        "account": str(row.account_id),
        "channel": row.channel,
        "address": row.address,
        "wants_digest": row.wants_digest,
        "quiet_from": row.quiet_from.isoformat() if row.quiet_from else "",
        "quiet_until": row.quiet_until.isoformat() if row.quiet_until else "",
    }
