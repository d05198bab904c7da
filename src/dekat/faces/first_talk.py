"""A station without an identity asks its centre to let it in; what it made is on the disk before it asks."""

import base64
import json
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dekat.accounts import keyring
from dekat.accounts.enrolment_codes import CodeExpired, CodeUsed, CodeWrong, derive
from dekat.accounts.identity import Draft
from dekat.accounts.services import new_draft
from dekat.adapters.centre_line.conversation import refusal_code
from dekat.adapters.centre_line.line import CentreLine
from dekat.adapters.centre_line.trouble import CentreRefused, CentreUnreachable
from dekat.faces.clock import now as present
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import read_code
from dekat.kernel.reading import read_json
from dekat.kernel.sealing import OpenKey
from dekat.kernel.signing import SigningKey
from dekat.sync import services as sync
from dekat.sync.enrol import Admitted, CentreUnproven

_REFUSALS: dict[str, type[DekatError]] = {kind.code: kind for kind in (CodeExpired, CodeUsed, CodeWrong)}
_DRAFT = "enrolment.json"
_PATIENCE_S = 30.0


class CentreAddressMissing(DekatError):
    """A station that is let in by a code needs the address of its centre."""

    code = "accounts.enrolment_code.address_missing"


def talk_in(
    *, folder: Path, url: str, node_name: str, kecamatan: str, code: str, ca_file: Path | None = None
) -> tuple[Draft, Admitted]:
    """Have the centre countersign this machine's keys; give them with what the centre said.

    Again: a start that was cut off asks the same question again with the same keys.
    Refuses: accounts.enrolment_code.address_missing, kernel.ids.code_mistyped, accounts.enrolment_code.wrong,
    accounts.enrolment_code.used, accounts.enrolment_code.expired, sync.enrolment.centre_unproven,
    line.centre.unreachable, line.centre.refused.
    """
    if not urlsplit(url).hostname:
        raise CentreAddressMissing
    typed = read_code(code)
    draft = _kept_draft(folder, typed, node_name)
    asked = sync.ask_in(draft=draft, node_name=node_name, kecamatan=kecamatan, code=typed)
    line = CentreLine(url, clock=present, patience_s=_PATIENCE_S, ca_file=ca_file)
    try:
        reply = line.knock_in(asked.body)
    finally:
        line.close()
    if reply.status != 200:
        raise _refusal(reply.status, refusal_code(reply), reply.body)
    return draft, sync.read_answer(asked=asked, answer=reply.body)


def forget_draft(folder: Path) -> None:
    """The machine has its identity; what it kept meanwhile is over.

    Again: nothing.
    """
    (folder / _DRAFT).unlink(missing_ok=True)


def _refusal(status: int, code: str, body: bytes) -> DekatError:
    """What the other side said no with. It is not proven to be the centre, so only known words are repeated."""
    if status >= 500:
        return CentreUnreachable()
    if code not in _REFUSALS:
        return CentreRefused(refusal=code, status=status) if code.startswith("sync.") else CentreUnproven()
    facts = read_json(body).get("facts", {})
    left = facts.get("left", 0) if isinstance(facts, dict) else 0
    return _REFUSALS[code](left=left if isinstance(left, int) else 0)


def _kept_draft(folder: Path, code: str, node_name: str) -> Draft:
    """The keys of a start that was cut off, or new ones; kept under a key derived from the code."""
    path, key = folder / _DRAFT, derive(code, f"{node_name}/draft")
    try:
        blob = base64.b64decode(json.loads(path.read_text())["draft"])
        raw = AESGCM(key).decrypt(blob[:12], blob[12:], node_name.encode())
        return Draft(SigningKey(raw[:32]), OpenKey(raw[32:128]), raw[128:144])
    except (OSError, ValueError, KeyError, InvalidTag):
        pass
    made, nonce = new_draft(), secrets.token_bytes(12)
    raw = made.signing_key.raw + made.open_key.raw + made.incarnation
    sealed = nonce + AESGCM(key).encrypt(nonce, raw, node_name.encode())
    folder.mkdir(parents=True, exist_ok=True)
    keyring.write_private(path, {"draft": base64.b64encode(sealed).decode()})
    return made
