"""Commands of alerts: raise a fact once, gather what each contact is to read, write it, give it another try."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max

from dekat.alerts import rules
from dekat.alerts.models import Alert, Contact, Dispatch, Telling
from dekat.alerts.queries import AlertCard, card_of, contacts_for
from dekat.alerts.rules import Quiet
from dekat.alerts.states import NEWS, Channel, DispatchState, Kind
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.kernel.working_time import Calendar

_KEYS = UUID("019acb7e-0000-7000-8000-00000000a1e8")


class DispatchUnknown(DekatError):
    """No text has this id, or it is not among those given up."""

    code = "alerts.dispatch.unknown"


@dataclass(frozen=True)
class NewAlert:
    """One fact for one desk. `key` names the fact: the same key is the same fact, whoever finds it again."""

    key: str
    kind: Kind
    party: str
    desk: str = ""
    serial: str = ""
    kecamatan: str = ""
    due_at: datetime | None = None
    facts: Mapping[str, Json] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return uuid5(_KEYS, f"{self.kind}/{self.key}/{self.party}/{self.desk}")


@dataclass(frozen=True)
class Text:
    """What one contact reads."""

    subject: str
    body: str


Writer = Callable[[Channel, Sequence[AlertCard]], Text]


def raise_alert(*, new: NewAlert, now: datetime, is_over: bool = False) -> bool:
    """Note that a desk must be told a fact; whether it was not known.

    Facts: what `is_over` is kept as known and told to nobody.
    Again: changes nothing, however often and by whomever the fact is found.
    """
    _row, is_new = Alert.objects.get_or_create(
        id=new.id,
        defaults={
            "kind": new.kind,
            "party": new.party,
            "desk": new.desk,
            "serial": new.serial,
            "kecamatan": new.kecamatan,
            "facts": dict(new.facts),
            "due_at": new.due_at,
            "raised_at": now,
            "over_at": now if is_over else None,
        },
    )
    return is_new


def drop_stale(*, kinds: Collection[Kind], open_ids: Collection[UUID], now: datetime) -> int:
    """Let go of what stopped being true before anybody was told; give how many."""
    untold = Alert.objects.filter(kind__in=kinds, over_at__isnull=True, tellings__isnull=True)
    return untold.exclude(id__in=list(open_ids)).update(over_at=now)


def compose(
    *, write: Writer, calendar: Calendar, quiet: Quiet, channels: Collection[Channel], now: datetime
) -> list[UUID]:
    """Write what each contact is to read now: one text for everything that waits, never two within a quarter hour.

    Facts: `quiet` holds for contacts without hours of their own; who chose a channel outside `channels` waits.
    Again: a contact is told an alert once.
    """
    made: list[UUID] = []
    last = dict(Dispatch.objects.order_by().values_list("contact").annotate(last=Max("made_at")))
    for contact, alerts in _waiting(now).items():
        if contact.channel not in channels or _quiet_of(contact, quiet).holds(now, calendar.zone):
            continue
        last_at = last.get(contact.id)
        if last_at and now < last_at + rules.GAP:
            continue
        if all(alert.kind in NEWS for alert in alerts) and not _may_have_digest(contact, calendar, now):
            continue
        made.append(_write(contact, alerts, write, now))
    return made


def try_again(*, dispatch_id: UUID, now: datetime) -> None:
    """Send a text that was given up once more, to where its contact wants it now.

    Refuses: alerts.dispatch.unknown.
    """
    with transaction.atomic():
        row = Dispatch.objects.select_for_update().filter(id=dispatch_id, state=DispatchState.DEAD).first()
        if row is None:
            raise DispatchUnknown
        row.state, row.attempts, row.next_at, row.ended_at, row.trouble = DispatchState.WAITING, 0, now, None, ""
        row.channel, row.address = row.contact.channel, row.contact.address
        row.save()


def _waiting(now: datetime) -> dict[Contact, list[Alert]]:
    """For each contact what it was not told yet, the oldest first."""
    found: dict[Contact, list[Alert]] = defaultdict(list)
    fresh = Alert.objects.filter(raised_at__gte=now - rules.TOO_OLD, over_at__isnull=True).order_by("raised_at", "id")
    told = set(Telling.objects.filter(alert__in=fresh).values_list("alert_id", "contact_id"))
    contacts = list(Contact.objects.all())
    for alert in fresh:
        for contact in contacts_for(contacts, party=alert.party, desk=alert.desk):
            is_unwanted = alert.kind in NEWS and not contact.wants_digest
            if (alert.id, contact.id) not in told and not is_unwanted:
                found[contact].append(alert)
    return found


def _may_have_digest(contact: Contact, calendar: Calendar, now: datetime) -> bool:
    last = Dispatch.objects.filter(contact=contact).aggregate(last=Max("made_at"))["last"]
    return rules.is_digest_due(now=now, last_at=last, calendar=calendar)


def _quiet_of(contact: Contact, quiet: Quiet) -> Quiet:
    if contact.quiet_from is None or contact.quiet_until is None:
        return quiet
    return Quiet(contact.quiet_from, contact.quiet_until)


def _write(contact: Contact, alerts: Iterable[Alert], write: Writer, now: datetime) -> UUID:
    rows = list(alerts)
    text = write(Channel(contact.channel), [card_of(row) for row in rows])
    with transaction.atomic():
        dispatch = Dispatch.objects.create(
            id=new_id(now),
            contact=contact,
            party=contact.party,
            desk=contact.desk,
            channel=contact.channel,
            address=contact.address,
            subject=text.subject,
            text=text.body,
            next_at=now,
            made_at=now,
        )
        Telling.objects.bulk_create(Telling(alert=row, contact=contact, dispatch=dispatch) for row in rows)
    return dispatch.id
