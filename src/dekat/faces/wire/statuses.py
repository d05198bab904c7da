"""Which HTTP status carries which refusal; the code in the body is what counts."""

from dekat.faces.wire.exchange import Answer, as_json
from dekat.kernel.errors import DekatError

_STATUSES = {
    "accounts.enrolment_code.expired": 403,
    "accounts.enrolment_code.used": 403,
    "accounts.enrolment_code.wrong": 403,
    "sync.pass.invalid": 401,
    "sync.hello.invalid": 401,
    "sync.identity.invalid": 403,
    "sync.identity.two_of_one": 403,
    "sync.station.unknown": 403,
    "sync.station.revoked": 403,
    "sync.envelope.signature_invalid": 403,
    "sync.upload.unknown": 404,
    "sync.wire.unknown_address": 404,
    "sync.wire.unknown_method": 405,
    "sync.upload.held": 403,
    "sync.upload.differs": 409,
    "sync.item.conflict": 409,
    "ledger.chain.broken": 409,
    "ledger.chain.key_changed": 409,
    "sync.wire.too_slow": 408,
    "sync.wire.protocol_version": 412,
    "sync.envelope.too_large": 413,
    "sync.upload.too_large": 413,
    "sync.wire.too_large": 413,
    "sync.wire.content_type": 415,
    "sync.envelope.malformed": 422,
    "sync.wire.replaced": 423,
    "sync.upload.too_many": 429,
    "sync.wire.busy": 503,
    "sync.wire.too_many": 429,
    "sync.wire.checksum": 460,
    "sync.upload.corrupt": 460,
    "sync.centre.busy": 503,
    "sync.centre.full": 507,
}


# Long enough that a full disk is not asked by everybody all the time, short enough that nobody waits for the evening.
RETRY_AFTER_S = 300


def refusal(error: DekatError) -> Answer:
    """The answer for a refusal; the line closes, because part of a body may still lie on it."""
    answer = as_json({"code": error.code, "facts": dict(error.facts)}, _STATUSES.get(error.code, 400))
    headers = dict(answer.headers)
    wait_s = error.facts.get("retry_after_s", RETRY_AFTER_S if answer.status == 507 else None)
    if wait_s is not None:
        headers["Retry-After"] = str(wait_s)
    if answer.status == 507 and "offset" in error.facts:
        headers["Upload-Offset"] = str(error.facts["offset"])
    return Answer(answer.status, headers, answer.body, closes=True)
