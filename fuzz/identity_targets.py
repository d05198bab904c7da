"""How machines become known: a question to be let in and its answer, a next key or life, the centre's keys."""

import base64
import json

from dekat.accounts import enrolment_codes as codes
from dekat.accounts import identity as keys
from dekat.accounts.centre_keys import CENTRE_KEY_CONTEXT, follow_centre_keys
from dekat.accounts.models import EnrolmentCode
from dekat.kernel.canonical import canonical_json
from dekat.kernel.reading import read_json
from dekat.kernel.sealing import OpenKey
from dekat.kernel.signing import SigningKey
from dekat.sync import enrol, identity
from fuzz.world import ITEM, NOW, World

CODE_KEY, NEW_KEY = bytes(32), SigningKey(bytes(range(32)))
NEW_NODE = "station-99.09.09"


def answer_enrolment(_: World, data: bytes) -> None:
    """A new station's question; an odd first byte proves and signs the rest, which is what it says."""
    body = data[1:]
    if data and data[0] % 2:
        EnrolmentCode.objects.create(
            id=ITEM, node=NEW_NODE, kecamatan="99.09.09", proof_key=CODE_KEY, issued_at=NOW,
            expires_at=NOW.replace(year=2027),
        )  # fmt: skip
        signature = NEW_KEY.sign(context=enrol.SIGNING_CONTEXT, message=body)
        proof = codes.station_proof(CODE_KEY, body)
        body = _json({"said": _b64(body), "proof": proof, "signature": _b64(signature)})
    enrol.answer_in(body=body, now=NOW)


def read_admission(_: World, data: bytes) -> None:
    """What answers a new station's question; an odd first byte proves the rest."""
    asked, answer = enrol.Asked(b"", b"said", CODE_KEY), data[1:]
    if data and data[0] % 2:
        answer = _json({"answer": _b64(answer), "proof": codes.centre_proof(CODE_KEY, asked.said, answer)})
    enrol.read_answer(asked=asked, answer=answer)


def take_key(world: World, data: bytes) -> None:
    """A station's question for a next key; an odd first byte proves the new key too."""
    body = data[1:]
    if data and data[0] % 2 and isinstance(said := read_json(body), dict):
        said.pop("proof", None)
        proof = NEW_KEY.sign(context=identity.NEW_KEY_CONTEXT, message=canonical_json(said))
        body = _json({**said, "proof": _b64(proof)})
    signature = world.station.signing.sign(context=identity.KEY_CONTEXT, message=body)
    identity.take_key(body=body, signature=_b64(signature), now=NOW)


def take_life(world: World, data: bytes) -> None:
    """A station's question for a new life, signed."""
    signature = world.station.signing.sign(context=identity.LIFE_CONTEXT, message=data)
    identity.take_life(body=data, signature=_b64(signature), now=NOW)


def read_certificate(world: World, data: bytes) -> None:
    """The centre's certificate for a next key; an odd first byte signs the rest."""
    draft = keys.Draft(NEW_KEY, OpenKey.generate(), bytes(16))
    answer = data[1:]
    if data and data[0] % 2:
        said = read_json(answer)
        signature = world.own.signing_key.sign(context=identity.CERTIFICATE_CONTEXT, message=canonical_json(said))
        answer = _json({"certificate": said, "signature": _b64(signature)})
    identity._read_certificate(answer, world.station.name, draft)


def follow_keys(world: World, data: bytes) -> None:
    """A certificate of the centre's next key, `@` being the present one; an odd first byte signs the rest."""
    text = data[1:].decode("utf-8", "replace").replace("@", world.own.node.verify_key.text)
    statement, _, signature = text.partition("\0")
    if data and data[0] % 2:
        signature = world.own.signing_key.sign(context=CENTRE_KEY_CONTEXT, message=statement.encode()).hex()
    follow_centre_keys(certificates=[(statement, signature)], now=NOW)


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
