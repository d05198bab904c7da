"""Fill the centre of the sample regency: people, officers, machines, two years of evidence, blanks, the feeds."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor, machine
from dekat.accounts.roles import NodeKind, Role
from dekat.accounts.services import account_message, enrol_node
from dekat.alerts.contacts import Choice, choose_channel, set_office
from dekat.alerts.states import Channel
from dekat.areas import queries as areas
from dekat.cards.services import receive_blanks
from dekat.duties import sample_hearings
from dekat.duties.sample import events_by_node
from dekat.equipment import register
from dekat.faces.clock import now
from dekat.faces.sample.regency import OFFICERS, SEED, STATIONS, Layout
from dekat.kernel.sealing import OpenKey
from dekat.kernel.signing import SigningKey, VerifyKey
from dekat.ledger import ports as ledger_ports
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.ledger.services import Draft, accept, from_message, record_many
from dekat.project.sample import applications, instructions, open_applications, queue, stock
from dekat.project.sample.nodes import (
    CHAIN,
    know_node,
    open_officers,
    read_chain,
    read_identity,
    story_time,
)
from dekat.registry import sample as people
from dekat.registry import services as registry
from dekat.sync import services as sync

REGENCY = "35.11"
FAMILIES_AT_A_STATION, FAMILIES_ELSEWHERE = 320, 40
BLANKS = 500
_ACCOUNTS = {one.username: one.account_id for one in OFFICERS}
HEAD = Actor(_ACCOUNTS["kadis"], Role.REGISTRY_HEAD, "", "centre")
VERIFIER = Actor(_ACCOUNTS["verifikator"], Role.VERIFIER, "", "centre")


def fill(layout: Layout) -> None:
    """Everything the centre knows on the first day of the sample."""
    for station in STATIONS:
        know_node(layout, station.key)
    open_officers("centre")
    _open_station_accounts()
    _fill_register()
    _fill_evidence(layout)
    sample_hearings.keep_words(story_time(layout))
    instructions.draft_for_sempol(actor=HEAD, now=now())
    stock.fill(actor=HEAD, now=now())
    applications.fill(actor=VERIFIER, now=now())
    open_applications.fill(actor=VERIFIER, now=now())
    _tell_officers()
    serials = [f"BLK26{number:06d}" for number in range(1, BLANKS + 1)]
    receive_blanks(
        serials=serials, on=now().date() - timedelta(days=9), delivery_note="BA-PUSAT-CONTOH-11", actor=HEAD, now=now()
    )
    for station in STATIONS:
        registry.publish_extract(station.kecamatan, now=now())
        if station.key == queue.STATION:
            queue.promise(kecamatan=station.kecamatan, node="centre", now=now())


def _open_station_accounts() -> None:
    for station in STATIONS:
        open_officers(station.key)
    with transaction.atomic():
        for officer in OFFICERS:
            if officer.where != "centre":
                body = account_message(officer.account_id)
                sync.publish(
                    scope=officer.kecamatan, kind="account/1", key=str(officer.account_id), body=body, now=now()
                )


def _tell_officers() -> None:
    """Some officers chose how they want to be told; those of Cermee did not, and the page says so."""
    for number, officer in enumerate(OFFICERS):
        if officer.where == "cermee":
            continue
        channel = (Channel.EMAIL, Channel.WHATSAPP, Channel.SMS)[number % 3]
        mail = f"{officer.username}@contoh.go.id"
        address = mail if channel == Channel.EMAIL else f"+6281100000{number:03d}"
        actor = Actor(officer.account_id, officer.role, officer.kecamatan, "centre")
        choose_channel(choice=Choice(channel, address), actor=actor, now=now())
    for party in ("DISKOMINFO", "PUSAT", "PEMASOK"):
        set_office(party=party, choice=Choice(Channel.EMAIL, f"{party.lower()}@contoh.go.id"), actor=HEAD, now=now())


def _fill_register() -> None:
    registry.load_code_lists()
    with_station = {station.kecamatan for station in STATIONS}
    for area in areas.kecamatan_of(REGENCY):
        count = FAMILIES_AT_A_STATION if area.code in with_station else FAMILIES_ELSEWHERE
        registry.register_families(
            new=people.families(area.code, count=count, seed=SEED, on=now().date()), actor=machine("centre"), now=now()
        )


def _fill_evidence(layout: Layout) -> None:
    for station in STATIONS:
        node, key = (
            f"station-{station.kecamatan}",
            VerifyKey.from_text(read_identity(layout, station.key)["verify_key"]),
        )
        chain = [from_message(message) for message in read_chain(layout.home(station.key) / CHAIN)]
        accept(node=node, key=key, events=chain)
    for node, drafts in events_by_node(story_time(layout)).items():
        if node not in {f"station-{station.kecamatan}" for station in STATIONS}:
            _say_as(node, drafts)
    for event in _equipment_events():
        register.keep(event)


def _equipment_events() -> Sequence[SignedEvent]:
    return ledger.events(name_prefix="equipment.")


def _say_as(node: str, drafts: Sequence[Draft]) -> None:
    if node == "centre":
        record_many(drafts, voice=ledger_ports.signer(), now=now())
        return
    key = SigningKey.generate()
    enrol_node(
        name=node,
        kind=NodeKind.STATION,
        kecamatan=node.removeprefix("station-"),
        verify_key=key.verify_key,
        seal_key=OpenKey.generate().seal_key,
        incarnation=UUID(int=int.from_bytes(key.verify_key.raw[:16])).bytes,
        actor=machine("centre"),
        now=now(),
    )
    record_many(drafts, voice=ledger_ports.Signer(node, key), now=now())
