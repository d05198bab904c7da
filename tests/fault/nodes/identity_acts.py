"""What a node can be told about its identity in a fault test: codes, keys, lives, revocation, its standing."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings

from dekat.accounts import enrolment_codes, identity
from dekat.accounts.actor import Actor, machine
from dekat.accounts.centre_keys import rotate_centre_key
from dekat.accounts.queries import centre, has_account, has_identity, node, own_identity, voices
from dekat.accounts.roles import NodeKind, Role
from dekat.accounts.services import enrol_node, found_node, open_account, revoke_node
from dekat.faces import first_talk
from dekat.kernel.errors import DekatError
from dekat.kernel.sealing import SealKey
from dekat.kernel.signing import VerifyKey
from dekat.ledger import queries as ledger
from dekat.sync import aside as aside_items
from dekat.sync import enrol, files, lost, ports, queries, services, standing
from dekat.sync.models import InboxLane, InItem, OutItem, Sighting
from dekat.sync.rules import OutState, Wish
from dekat.sync.stations import station_lines
from tests.fault.nodes import acts

ACTOR = machine("test")
ports.on_message(lost.MESSAGE_KIND, lost.hear_lost)


def open_officers():
    """Two officers of the centre."""
    for name in ("satu", "dua"):
        if not has_account(name):
            open_account(
                username=name, full_name=f"Contoh {name}", role=Role.VERIFIER, kecamatan="", password="sandi-contoh-1",
                actor=ACTOR, now=acts.now(), account_id=UUID(int={"satu": 1, "dua": 2}[name]),
            )  # fmt: skip


def issue_code(kecamatan):
    """A one-time code for a kecamatan's machine."""
    open_officers()
    made = enrolment_codes.issue_code(
        node=f"station-{kecamatan}", kecamatan=kecamatan, first=UUID(int=1), second=UUID(int=2), actor=ACTOR,
        now=acts.now(),
    )  # fmt: skip
    return made.code


def enrol_by_code(url, code):
    """What `dekat node found --code` does, for a new machine and for one that was stopped."""
    from django.core.management import call_command

    draft, admitted = first_talk.talk_in(
        folder=settings.ENV.data_dir, url=url, node_name=settings.NODE_NAME, kecamatan=settings.ENV.kecamatan, code=code
    )
    if not has_identity():
        call_command("migrate", verbosity=0)
        found_node(
            name=settings.NODE_NAME, kind=NodeKind.STATION, kecamatan=settings.ENV.kecamatan, now=acts.now(),
            draft=draft, voice=admitted.voice,
        )  # fmt: skip
    else:
        identity.start_anew(draft=draft, voice=admitted.voice, certificate=admitted.certificate, now=acts.now())
    card = admitted.centre
    enrol_node(
        name=card["name"], kind=NodeKind.CENTRE, kecamatan="", verify_key=VerifyKey.from_text(card["verify_key"]),
        seal_key=SealKey(bytes.fromhex(card["seal_key"])), incarnation=bytes.fromhex(card["incarnation"]), actor=ACTOR,
        now=acts.now(),
    )  # fmt: skip
    enrol.keep_admitted(admitted, now=acts.now())
    first_talk.forget_draft(settings.ENV.data_dir)
    return who()


def who():
    """This node's present voice, life and keys."""
    own = own_identity()
    return {
        "voice": own.voice,
        "life": own.node.incarnation.hex(),
        "key": own.node.verify_key.text,
        "centre": centre().verify_key.text,
    }


def known(name):
    """At the centre: what is known of a station."""
    found = node(name)
    return {
        "voice": found.voice,
        "life": found.incarnation.hex(),
        "key": found.verify_key.text,
        "is_stopped": found.is_stopped,
        "through": [voice.through_seq for voice in voices(name)],
        "places": Sighting.objects.filter(node=name).count(),
    }


def want_key(name):
    """An officer orders a new key."""
    identity.want_rotation(name=name, actor=ACTOR, now=acts.now())


def rotate_centre():
    """The centre gets a new signing key."""
    return rotate_centre_key(actor=ACTOR, now=acts.now()).text


def revoke(name, last_good_seq):
    """An officer revokes a station."""
    revoke_node(name=name, last_good_seq=int(last_good_seq), actor=ACTOR, now=acts.now(), reason="STOLEN")


def count_wipes():
    """Count from now on how often the extract is wiped."""
    global _wipes
    _wipes = 0

    def wipe():
        global _wipes
        _wipes += 1

    ports.on_wipe(wipe)


def stands():
    """At the station: its orders, whether it may read, how often it wiped."""
    found = standing.standing(now=acts.now())
    try:
        standing.check_lease(now=acts.now())
        code = ""
    except DekatError as refusal:
        code = refusal.code
    return {"orders": list(found.orders), "code": code, "wipes": _wipes}


def aside():
    """At the centre: what stands aside, by id."""
    return {str(item.id): item.code for item in queries.quarantine()}


def release(item_id):
    """An officer lets one item in that stood aside."""
    open_officers()
    one = next(each for each in aside_items.asides() if str(each.item_id) == item_id)
    first, second = (Actor(UUID(int=number), Role.VERIFIER, "", "centre") for number in (1, 2))
    wish = {"digest": one.digest, "wish": Wish.LET_IN, "reason": "diperiksa"}
    done = aside_items.decide(**wish, actor=first, now=acts.now())
    if done is None:
        done = aside_items.agree(digest=one.digest, actor=second, now=acts.now())
    return str(done)


def events(name):
    """The events of this name, as their data."""
    return [dict(event.data) for event in ledger.events(names=[name])]


def make_durable(through):
    """A verified backup holds everything up to this number."""
    services.mark_durable(through_inbox_seq=int(through), now=acts.now())


def purge_all():
    """At the station: everything that is durable is older than the keeping time and goes."""
    OutItem.objects.filter(state=OutState.DURABLE).update(received_at=datetime(2020, 1, 1, tzinfo=UTC))
    for one in OutItem.objects.filter(state=OutState.DURABLE):
        services.note_durable(incarnation=bytes(one.incarnation), through=one.seq, now=acts.now())
    return services.purge()


def lost_here():
    """At the centre: what is lost with a receipt."""
    return [str(one.id) for one in lost.lost_items()]


def renew_epoch():
    """What an officer does after a restore: the feed begins a new life."""
    return services.renew_epoch()


def lose_file(item_id):
    """At the station: a packet's file is gone from the disk."""
    files.outbox_path(UUID(item_id)).unlink()


def stations():
    """At the centre: what the page of stations lists of each."""
    return {
        one.node: {"missing": one.missing, "missing_since": one.missing_since and one.missing_since.isoformat()}
        for one in station_lines(now=acts.now())
    }


def numbers():
    """Every number of every life of the stations here, in order."""
    sent = [(bytes(row.incarnation).hex(), row.seq) for row in OutItem.objects.all()]
    came = [(bytes(row.lane.incarnation).hex(), row.seq) for row in InItem.objects.select_related("lane")]
    return sorted(sent or came)


def lanes():
    """At the centre: how far each life of a station is."""
    return {bytes(row.incarnation).hex(): [row.received_through, row.is_forked] for row in InboxLane.objects.all()}


def days_pass(days):
    """The clock of this node goes on by days."""
    acts._ahead += timedelta(days=float(days))


_wipes = 0
_ALL = (
    open_officers, issue_code, enrol_by_code, who, known, want_key, rotate_centre, revoke, count_wipes, stands, aside,
    release, events, renew_epoch, lose_file, stations, make_durable, purge_all, lost_here, numbers, lanes, days_pass,
)  # fmt: skip
ACTS = {one.__name__: one for one in _ALL}
