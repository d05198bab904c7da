"""RFC 3161: somebody else bears witness that a signature existed at an instant."""

import http.client
from collections.abc import Callable
from datetime import datetime

from asn1crypto import tsp  # type: ignore[import-untyped]
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from dekat.adapters.signer.refusals import TimestampAway, TimestampRefused
from dekat.adapters.signer.talk import ask

LIMIT_S = 15.0
_LARGEST_ANSWER = 64 * 1024
_HEADERS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}

# Who bears witness for a signature made at this instant.
Timestamps = Callable[[datetime], TimeStamper]


class TimestampAuthority(TimeStamper):
    """An authority at an address.

    Refuses: documents.signer.timestamp_away, documents.signer.timestamp_refused.
    """

    def __init__(self, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._url = url

    def __call__(self, at: datetime) -> TimeStamper:
        """The authority has a clock of its own."""
        return self

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> tsp.ContentInfo:
        try:
            return await super().async_timestamp(message_digest, md_algorithm)
        except (TimestampRequestError, ValueError, TypeError) as error:
            raise TimestampRefused from error

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        try:
            answer = ask(
                self._url, method="POST", body=req.dump(), headers=_HEADERS, limit_s=LIMIT_S, largest=_LARGEST_ANSWER
            )
        except (OSError, http.client.HTTPException) as error:
            raise TimestampAway from error
        if answer.status >= 500:
            raise TimestampAway
        if answer.status != 200 or not answer.kind.startswith("application/timestamp-reply"):
            raise TimestampRefused
        return tsp.TimeStampResp.load(answer.body, strict=True)
