"""The register: prices that add up, counts from BAST only, claims beside them, one search."""

from datetime import date
from uuid import uuid4

import pytest

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.equipment import procurement, queries, saying, services
from dekat.equipment.kinds import DeviceKind, Funding, Metric
from dekat.equipment.procurement import ContractTerms, Item
from dekat.kernel.rupiah import Rupiah
from dekat.ledger import queries as ledger

pytestmark = pytest.mark.django_db
HEAD = Actor(uuid4(), Role.REGISTRY_HEAD, "", "centre")
PARTS = [("Pemindai iris", Rupiah.of(20_000_000)), ("Komputer", Rupiah.of(10_000_000))]
TERMS = ContractTerms(
    "K/1/2024", date(2024, 2, 1), 2024, Funding.APBD, "DPA 1", "CV Contoh",
    [Item(DeviceKind.RECORDER, "Set perekaman", 2, Rupiah.of(30_000_000), PARTS)],
)  # fmt: skip


@pytest.fixture
def contract(identity, now):
    procurement.sign_contract(terms=TERMS, total=Rupiah.of(60_000_000), actor=HEAD, now=now)


def buy(serial, now, to=None):
    procurement.buy_device(
        serial=serial, kind=DeviceKind.RECORDER, model="Set perekaman", contract=TERMS.number,
        price=Rupiah.of(30_000_000), actor=HEAD, now=now,
    )  # fmt: skip
    procurement.accept_delivery(serial=serial, bast=f"P-{serial}", on=date(2024, 3, 1), actor=HEAD, now=now)
    if to:
        services.hand_over(serial=serial, to=to, bast=f"B-{serial}", on=date(2024, 4, 1), actor=HEAD, now=now)


def test_a_contract_whose_pieces_do_not_add_up_is_refused(identity, now):
    with pytest.raises(procurement.ContractDoesNotAddUp):
        procurement.sign_contract(terms=TERMS, total=Rupiah.of(1), actor=HEAD, now=now)


def test_one_search_tells_what_a_set_cost(contract, now):
    buy("R-1", now, to="35.11.12")
    buy("R-2", now)

    [found], devices = queries.search("set perekaman")

    assert found.items[0].unit_price == Rupiah.of(30_000_000)
    assert sum(price.sen for _, price in found.items[0].components) == found.items[0].unit_price.sen
    assert found.devices_total == found.total == Rupiah.of(60_000_000)
    assert found.missing == ("PAYMENT_ORDER",)
    assert [bool(device.bast) for device in devices] == [True, False]


def test_a_claim_stands_beside_the_count_and_changes_nothing(contract, now):
    buy("R-1", now, to="35.11.12")

    services.make_claim(
        claim_id=uuid4(), metric=Metric.DEVICES_HANDED_OVER, kind=DeviceKind.RECORDER, value=19, source="rapat",
        said_on=date(2026, 2, 1), actor=HEAD, now=now,
    )  # fmt: skip

    assert queries.counted("RECORDER") == 1
    assert [(claim.value, claim.by) for claim in queries.claims()] == [(19, "DISPENDUKCAPIL")]


def test_a_bast_hands_over_once(contract, now):
    buy("R-1", now, to="35.11.12")
    services.hand_over(serial="R-1", to="35.11.12", bast="B-R-1", on=date(2024, 4, 1), actor=HEAD, now=now)

    with pytest.raises(services.BastAlreadyUsed):
        services.hand_over(serial="R-1", to="35.11.15", bast="B-R-1", on=date(2024, 4, 1), actor=HEAD, now=now)
    assert len(ledger.events(names=["equipment.device.handed_over"])) == 1


def test_a_transfer_keeps_the_old_holder(contract, now):
    buy("R-1", now, to="35.11.12")

    services.hand_over(serial="R-1", to="35.11.15", bast="M-1", on=date(2025, 1, 1), actor=HEAD, now=now)

    device = queries.device("R-1")
    assert device.kecamatan == "35.11.15"
    assert [card.kecamatan for card in device.handovers] == ["", "35.11.12", "35.11.15"]


def test_an_unknown_device_is_refused(identity, now):
    with pytest.raises(saying.DeviceUnknown):
        procurement.accept_delivery(serial="X", bast="1", on=date(2024, 1, 1), actor=HEAD, now=now)
