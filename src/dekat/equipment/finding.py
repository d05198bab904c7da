"""One search: what did it cost, when, from which money, where is it, and which evidence is missing."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from dekat.equipment import queries
from dekat.equipment.kinds import DeviceKind, Metric, PaperKind
from dekat.equipment.register_cards import ClaimCard, ContractCard, DeviceCard, PaperCard


@dataclass(frozen=True)
class Missing:
    """A piece of evidence that is not here: its code, and whose (a contract number or serial numbers)."""

    code: str
    subject: str
    serials: tuple[str, ...] = ()


@dataclass(frozen=True)
class FoundContract:
    """A contract with its devices, its scans, and what its evidence lacks."""

    contract: ContractCard
    devices: tuple[DeviceCard, ...]
    papers: tuple[PaperCard, ...]
    missing: tuple[Missing, ...]

    @property
    def held(self) -> int:
        """How many of its devices a kecamatan holds by BAST."""
        return sum(bool(card.bast) for card in self.devices if not card.written_off_on)

    @property
    def stored(self) -> int:
        return sum(not card.bast for card in self.devices if not card.written_off_on)


@dataclass(frozen=True)
class Dispute:
    """A claim beside what is counted: pieces by BAST, or whole rupiah of what is not written off."""

    claim: ClaimCard
    counted: int

    @property
    def difference(self) -> int:
        return self.claim.value - self.counted


@dataclass(frozen=True)
class Found:
    """The answer to a search."""

    contracts: tuple[FoundContract, ...]
    loose: tuple[DeviceCard, ...]
    loose_missing: tuple[Missing, ...]
    disputes: tuple[Dispute, ...]
    wanted: frozenset[str]

    @property
    def is_empty(self) -> bool:
        return not self.contracts and not self.loose


def find(words: str, *, places: tuple[str, ...] = ()) -> Found:
    """Everything that answers the words; nothing is guessed, what is missing is named.

    Facts: `places` are the kecamatan that the words may mean; `wanted` are the devices that the words named.
    """
    contracts, named = queries.search(words, places=places)
    of_contract: dict[str, list[DeviceCard]] = defaultdict(list)
    for card in queries.devices(contracts=[one.number for one in contracts]):
        of_contract[card.contract].append(card)
    subjects = [f"contract:{one.number}" for one in contracts]
    subjects += [f"device:{card.serial}" for one in contracts for card in of_contract[one.number]]
    papers: dict[str, list[PaperCard]] = defaultdict(list)
    for paper in queries.papers(subjects):
        papers[paper.subject].append(paper)
    known = {one.number for one in contracts}
    loose = tuple(card for card in named if card.contract not in known)
    kinds = {card.kind for one in contracts for card in of_contract[one.number]} | {card.kind for card in loose}
    return Found(
        contracts=tuple(_found(one, of_contract[one.number], papers) for one in contracts),
        loose=loose,
        loose_missing=tuple(missing_of(loose)),
        disputes=tuple(one for one in disputes() if one.claim.kind in kinds),
        wanted=frozenset(card.serial for card in named),
    )


def disputes() -> list[Dispute]:
    """Every claim beside the count that answers it."""
    return [Dispute(claim, _counted(claim)) for claim in queries.claims()]


def _counted(claim: ClaimCard) -> int:
    if claim.metric == Metric.DEVICES_HANDED_OVER:
        return queries.counted(claim.kind)
    standing = [card for card in queries.devices(kind=DeviceKind(claim.kind)) if not card.written_off_on]
    return sum(card.price.sen for card in standing) // 100


def _found(contract: ContractCard, devices: list[DeviceCard], papers: dict[str, list[PaperCard]]) -> FoundContract:
    of_contract = papers[f"contract:{contract.number}"]
    scans = [*of_contract, *(paper for card in devices for paper in papers[f"device:{card.serial}"])]
    lacks = [Missing(code, contract.number) for code in _contract_lacks(contract, of_contract)]
    return FoundContract(contract, tuple(devices), tuple(scans), (*lacks, *missing_of(devices)))


def _contract_lacks(contract: ContractCard, papers: list[PaperCard]) -> list[str]:
    kinds = Counter(paper.kind for paper in papers)
    lacks = list(contract.missing)
    lacks += ["CONTRACT_SCAN"] if not kinds[PaperKind.CONTRACT] else []
    lacks += ["PAYMENT_SCAN"] if contract.payments and not kinds[PaperKind.PAYMENT_ORDER] else []
    return lacks


def missing_of(devices: list[DeviceCard] | tuple[DeviceCard, ...]) -> list[Missing]:
    """What the evidence of devices lacks, with the serial numbers that lack it."""
    alive = [card for card in devices if not card.written_off_on]
    lacking = {
        "CONTRACT": [card for card in alive if not card.contract],
        "DELIVERY_BAST": [card for card in alive if card.delivery is None],
        "HANDOVER_BAST": [card for card in alive if card.bast is None and card.kind != DeviceKind.TOWER],
        "USE_STATUS": [card for card in alive if card.use_status is None],
        "ASSET_CODE": [card for card in alive if not (card.asset_code and card.register_no)],
    }
    return [Missing(code, "", tuple(card.serial for card in cards)) for code, cards in lacking.items() if cards]
