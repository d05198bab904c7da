"""A small log of a centre with two keys and two stations, signed as the real ones are, without a database."""

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from dekat.kernel.canonical import canonical_json
from dekat.kernel.clock import iso
from dekat.kernel.signing import SigningKey
from dekat.ledger import rules
from dekat.ledger.heads import HEADS_CONTEXT, PUBLISHED
from dekat.ledger.services import Draft, as_message

START = datetime(2026, 1, 5, 2, tzinfo=UTC)
CENTRE, NEW_CENTRE, CERMEE, SEMPOL = "centre", "centre/2", "station-35.11.15", "station-35.11.19"


def key(number: int) -> SigningKey:
    """A key that is the same in every run."""
    return SigningKey(bytes([number]) * 32)


@dataclass
class Log:
    """Chains that grow; `lines` is the export of them."""

    keys: dict[str, SigningKey] = field(default_factory=dict)
    chains: dict[str, list[rules.SignedEvent]] = field(default_factory=lambda: defaultdict(list))
    count: int = 0

    def say(self, node: str, name: str, subject: str, **data: object) -> rules.SignedEvent:
        """Append a signed event to a chain."""
        self.count += 1
        at = START + timedelta(minutes=self.count)
        chain = self.chains[node]
        draft = Draft(UUID(int=self.count), name, subject, f"node:{node}", at, data)
        prev = chain[-1].hash if chain else rules.FIRST_PREV_HASH
        event = draft.as_event(node=node, seq=len(chain) + 1, prev_hash=prev, recorded_at=at)
        hashed, signature = rules.sign_event(event.content(), prev, self.keys[node])
        chain.append(replace(event, hash=hashed, signature=signature))
        return chain[-1]

    def heads(self) -> dict[str, object]:
        """The signed paper of where the chains end now."""
        ends = [
            {"node": node, "seq": len(chain), "hash": chain[-1].hash.hex(), "key": self.keys[node].verify_key.text}
            for node, chain in sorted(self.chains.items())
        ]
        paper = {"format": HEADS_CONTEXT, "at": iso(START), "by": NEW_CENTRE, "heads": ends}
        signature = self.keys[NEW_CENTRE].sign(context=HEADS_CONTEXT, message=canonical_json(paper))
        return {**paper, "signature": signature.hex()}

    def publish(self) -> None:
        """The centre says in its own chain where all chains end."""
        heads = {node: f"{len(chain)} {chain[-1].hash.hex()}" for node, chain in self.chains.items()}
        self.say(NEW_CENTRE, PUBLISHED, "node:centre", heads=heads)

    def lines(self) -> list[str]:
        """The export, each chain in order."""
        found = [event for _, chain in sorted(self.chains.items()) for event in chain]
        return [canonical_json(as_message(event)).decode() for event in found]


def sample_log(length: int = 12) -> Log:
    """Four chains of `length` events or so: founded, enrolled, a new key of the centre, readings, published ends."""
    log = Log({CENTRE: key(1), NEW_CENTRE: key(2), CERMEE: key(3), SEMPOL: key(4)})
    log.say(CENTRE, "accounts.node.founded", "node:centre", verify_key=key(1).verify_key.text)
    for station in (CERMEE, SEMPOL):
        text = log.keys[station].verify_key.text
        log.say(station, "accounts.node.founded", f"node:{station}", verify_key=text)
        log.say(CENTRE, "accounts.node.enrolled", f"node:{station}", verify_key=text)
    for number in range(length):
        for station in (CERMEE, SEMPOL):
            log.say(station, "readings.device.used", f"device:REK-{station[-2:]}", use="CAPTURE", count=number + 1)
        log.say(CENTRE, "readings.link.probed", "regency", path="NATIONAL", is_up=bool(number % 2))
    said = {"centre": "centre", "number": 2, "former": key(1).verify_key.text, "next": key(2).verify_key.text}
    signature = key(1).sign(context="dekat/centre-key/1", message=canonical_json(said)).hex()
    log.say(CENTRE, "accounts.centre_key.rotated", "node:centre", **said, signature=signature)
    for number in range(length):
        log.say(
            NEW_CENTRE, "duties.operator.assigned", "kecamatan:35.11.15", by="DISPENDUKCAPIL", operator=f"o{number}"
        )
    log.publish()
    return log


def as_text(lines: list[str]) -> str:
    """The file of these lines."""
    return "\n".join(lines) + "\n"


def place(line: str) -> tuple[str, int, str]:
    """Node, number and id of a line."""
    found = json.loads(line)
    return found["node"], found["seq"], found["id"]
