"""A new station is let in by a one-time code that never travels (ADR 0020).

The station makes its keys, and both sides prove over everything the other must believe that they know the code: a
proxy or a hotspot between them can drop the talk, and change nothing in it.
"""

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dekat.accounts import enrolment_codes as codes
from dekat.accounts.actor import machine
from dekat.accounts.centre_keys import centre_certificates
from dekat.accounts.identity import Draft
from dekat.accounts.queries import node, own_identity
from dekat.accounts.roles import NodeKind
from dekat.accounts.services import enrol_node
from dekat.kernel.canonical import Json, canonical_json
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import a_count, read_json
from dekat.kernel.sealing import SealKey
from dekat.kernel.signing import VerifyKey
from dekat.ledger.services import record
from dekat.sync import feed, identity, recovery, standing

SIGNING_CONTEXT = "dekat/enrol/1"
_SEAL_KEY_BYTES = 1216


class EnrolmentMalformed(DekatError):
    """A question or an answer of an enrolment that cannot be read."""

    code = "sync.enrolment.malformed"


class CentreUnproven(DekatError):
    """Whoever answered does not know the code: it is not the centre."""

    code = "sync.enrolment.centre_unproven"


@dataclass(frozen=True)
class Asked:
    """A station's question, ready to send, and what it needs to check the answer."""

    body: bytes
    said: bytes
    key: bytes


@dataclass(frozen=True)
class Admitted:
    """What the centre gave a new station.

    Facts: `centre` is its public card; `voice` the number under which the station's chain begins; `recovery_key` is
    empty where the regency made none.
    """

    centre: dict[str, str]
    voice: int
    certificate: str
    recovery_key: bytes


def ask_in(*, draft: Draft, node_name: str, kecamatan: str, code: str) -> Asked:
    """At the station: the question, proven by the code and by the new key.

    Facts: the same draft and code give the same question, so that it may be repeated when the answer was lost.
    """
    said = canonical_json(
        {
            "node": node_name,
            "kecamatan": kecamatan,
            "verify_key": draft.public.verify_key.text,
            "seal_key": draft.public.seal_key.raw.hex(),
            "incarnation": draft.incarnation.hex(),
        }
    )
    key = codes.derive(code, node_name)
    signature = draft.signing_key.sign(context=SIGNING_CONTEXT, message=said)
    body = canonical_json(
        {"said": _b64(said), "proof": codes.station_proof(key, said), "signature": _b64(signature)}
    )  # fmt: skip
    return Asked(body, said, key)


def answer_in(*, body: bytes, now: datetime, address: str = "") -> dict[str, Json]:
    """At the centre: let the machine in that knows the code of its kecamatan, and prove to it who answers.

    Again: the same question gets the same certificate.
    Refuses: sync.enrolment.malformed, accounts.enrolment_code.wrong, accounts.enrolment_code.used,
    accounts.enrolment_code.expired.
    """
    said, raw, proof, signature = _read_question(body)
    name = str(said["node"])
    key = codes.check_proof(node=name, asked=raw, proof=proof, now=now)
    verify_key = VerifyKey.from_text(str(said["verify_key"]))
    if not verify_key.accepts(context=SIGNING_CONTEXT, message=raw, signature=signature):
        raise EnrolmentMalformed
    with transaction.atomic():
        if codes.spend(node=name, asked=raw, now=now):
            _keep(said, verify_key, address, now)
        elif (known := node(name)).verify_key != verify_key or known.incarnation.hex() != said["incarnation"]:
            # The machine has become another one since: whoever recorded its first question brings nothing back by it.
            raise codes.CodeUsed
        own = own_identity().node
        spare = recovery.recovery_key()
        answer = canonical_json(
            {
                "centre": {
                    "name": own.name,
                    "kind": str(own.kind),
                    "kecamatan": own.kecamatan,
                    "verify_key": own.verify_key.text,
                    "seal_key": own.seal_key.raw.hex(),
                    "incarnation": own.incarnation.hex(),
                },
                "former_keys": [[*pair] for pair in centre_certificates()],
                "voice": node(name).voice,
                "certificate": identity.certificate(name),
                "recovery_key": spare.raw.hex() if spare else "",
            }
        )
    return {"answer": _b64(answer), "proof": codes.centre_proof(key, raw, answer)}


def read_answer(*, asked: Asked, answer: bytes) -> Admitted:
    """At the station: believe the answer because only the centre knows the code too.

    Refuses: sync.enrolment.malformed, sync.enrolment.centre_unproven.
    """
    try:
        found = read_json(answer)
        raw, proof = base64.b64decode(found["answer"], validate=True), str(found["proof"])
    except (ValueError, KeyError, TypeError) as error:
        raise CentreUnproven from error
    if not hmac.compare_digest(codes.centre_proof(asked.key, asked.said, raw).encode(), proof.encode()):
        raise CentreUnproven
    try:
        said = read_json(raw)
        return Admitted(
            centre={name: str(value) for name, value in said["centre"].items()},
            voice=a_count(said["voice"]),
            certificate=canonical_json(said["certificate"]).decode(),
            recovery_key=bytes.fromhex(said["recovery_key"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EnrolmentMalformed from error


def keep_admitted(admitted: Admitted, *, now: datetime) -> None:
    """At the station: keep what else the centre gave with its answer; what it was told before is over.

    Again: nothing.
    """
    if admitted.recovery_key:
        recovery.keep_key(admitted.recovery_key, now=now)
    standing.forget()
    feed.forget_position()


def _keep(said: dict[str, Json], verify_key: VerifyKey, address: str, now: datetime) -> None:
    name = str(said["node"])
    own = machine(own_identity().node.name)
    enrol_node(
        name=name,
        kind=NodeKind.STATION,
        kecamatan=str(said["kecamatan"]),
        verify_key=verify_key,
        seal_key=SealKey(bytes.fromhex(str(said["seal_key"]))),
        incarnation=bytes.fromhex(str(said["incarnation"])),
        actor=own,
        now=now,
    )
    record(
        name="sync.station.admitted",
        subject=f"node:{name}",
        actor=own.label,
        data={"address": address[:45], "voice": node(name).voice},
        now=now,
    )


def _read_question(body: bytes) -> tuple[dict[str, Json], bytes, str, bytes]:
    try:
        found = read_json(body)
        raw = base64.b64decode(found["said"], validate=True)
        signature = base64.b64decode(found["signature"], validate=True)
        said = read_json(raw)
        is_shaped = said["node"] == f"station-{said['kecamatan']}" and len(said["kecamatan"]) <= 8
        is_shaped = is_shaped and len(bytes.fromhex(said["incarnation"])) == 16
        is_shaped = is_shaped and len(bytes.fromhex(said["seal_key"])) == _SEAL_KEY_BYTES
        is_shaped = is_shaped and len(VerifyKey.from_text(said["verify_key"]).raw) == 32
        proof = str(found["proof"])
    except (ValueError, KeyError, TypeError) as error:
        raise EnrolmentMalformed from error
    if not is_shaped:
        raise EnrolmentMalformed
    return said, raw, proof, signature


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
