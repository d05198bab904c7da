"""A timestamp authority for trials, in this process: RFC 3161 answers without a network, believed by nobody else."""

import secrets
from datetime import datetime

from asn1crypto import cms, core, tsp  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import Certificate
from pyhanko.sign.timestamps import TimeStamper

from dekat.adapters.signer.pades import DIGEST, CachedKeySigner

# RFC 3161, 2.4.2 wants a policy; this arc (2.25, a UUID) is nobody's.
POLICY = "2.25.329800735698586629295641978511506172918"


class TrialTimestamps:
    """Answers requests; for a signature it bears witness of the instant that it is given, as a moved clock needs."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: Certificate) -> None:
        self._signer = CachedKeySigner(key, certificate, [])
        self._length: cms.ContentInfo | None = None

    def __call__(self, at: datetime) -> TimeStamper:
        """The authority as it is at this instant."""
        return _At(self, at)

    async def answer(self, request: tsp.TimeStampReq, at: datetime) -> tsp.TimeStampResp:
        """Sign what a request asks for."""
        info = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": request["message_imprint"],
            "serial_number": secrets.randbits(63),
            "gen_time": core.GeneralizedTime(at.replace(microsecond=0)),
        }
        if request["nonce"].native is not None:
            info["nonce"] = request["nonce"]
        content = cms.EncapsulatedContentInfo(
            {"content_type": "tst_info", "content": cms.ParsableOctetString(tsp.TSTInfo(info).dump())}
        )
        token = await self._signer.async_sign_general_data(content, DIGEST, detached=False, use_cades=True)
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})

    async def length(self, at: TimeStamper) -> cms.ContentInfo:
        """A timestamp to measure, made once."""
        if self._length is None:
            self._length = await at.async_timestamp(bytes(32), DIGEST)
        return self._length


class _At(TimeStamper):
    def __init__(self, authority: TrialTimestamps, at: datetime) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._authority, self._at = authority, at

    async def async_dummy_response(self, md_algorithm: str) -> cms.ContentInfo:
        return await self._authority.length(self)

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return await self._authority.answer(req, self._at)
