"""The hash chain over all captures of one resident: nobody can swap one in or leave one out unseen."""

from hashlib import sha256

from dekat.adapters.sbi.refusals import ChainBroken

_START = sha256(b"").digest()


def next_hash(previous_hash: str, record: bytes) -> str:
    """The hash after `record`: SHA-256 over the previous hash's bytes and the record's hash, in capital hex.

    Facts: an empty `previous_hash` begins a chain.
    Refuses: sbi.answer.chain_broken, when `previous_hash` is not hex.
    """
    try:
        before = bytes.fromhex(previous_hash) if previous_hash else _START
    except ValueError as error:
        raise ChainBroken from error
    return sha256(before + sha256(record).digest()).hexdigest().upper()


def check_link(previous_hash: str, record: bytes, claimed: str) -> None:
    """Let the link pass only when it is the right one.

    Refuses: sbi.answer.chain_broken.
    """
    if claimed.upper() != next_hash(previous_hash, record):
        raise ChainBroken
