"""A key that never leaves its token (smart card, USB token, HSM): PKCS #11."""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pkcs11
from cryptography.x509 import Certificate
from pkcs11 import ObjectClass
from pyhanko.sign import signers
from pyhanko.sign.pkcs11 import PKCS11Signer

from dekat.adapters.signer.certificates import Chain, asn1
from dekat.adapters.signer.refusals import KeyMissing, PinRefused, TokenAway

logger = logging.getLogger(__name__)
_PIN_TROUBLE = (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange, pkcs11.PinLocked, pkcs11.PinExpired)
_KEY_TROUBLE = (
    pkcs11.NoSuchKey,
    pkcs11.MultipleObjectsReturned,
    pkcs11.MechanismInvalid,
    pkcs11.KeyTypeInconsistent,
)


# CKF_USER_PIN_FINAL_TRY and CKF_USER_PIN_LOCKED of PKCS #11 v2.40, 3.1.
_FINAL_TRY, _LOCKED = 0x20000, 0x40000


@dataclass(frozen=True, repr=False)
class TokenPlace:
    """Where the key is. `key` is its label."""

    module: Path
    token: str
    key: str
    pin: str


class TokenHand:
    """Opens the token for one signature, so that one that was pulled out and put back works again.

    A refused PIN is not tried again before the next start: a token locks itself after a few, and we ask twice a minute.
    """

    def __init__(self, place: TokenPlace, certificate: Certificate, chain: Chain) -> None:
        self._place, self._certificate, self._chain = place, certificate, chain
        self._lock, self._is_pin_refused = Lock(), False

    def __call__(self) -> AbstractContextManager[signers.Signer]:
        return self._opened()

    @contextmanager
    def _opened(self) -> Iterator[signers.Signer]:
        # One log-in holds for the whole process: sessions of two threads would end each other's.
        with self._lock:
            try:
                with self._session() as session:
                    yield self._signer(session)
            except _KEY_TROUBLE as error:
                raise KeyMissing from error
            except pkcs11.PKCS11Error as error:
                logger.warning("documents.signer.token", extra={"trouble": type(error).__name__})
                raise TokenAway from error

    def _session(self) -> pkcs11.Session:
        try:
            token = pkcs11.lib(str(self._place.module)).get_token(token_label=self._place.token)
        except RuntimeError as error:
            # The module could not be loaded.
            raise TokenAway from error
        if self._is_pin_refused or token.flags & (_FINAL_TRY | _LOCKED):
            raise PinRefused
        try:
            return token.open(user_pin=self._place.pin)
        except _PIN_TROUBLE as error:
            self._is_pin_refused = True
            raise PinRefused from error

    def _signer(self, session: pkcs11.Session) -> signers.Signer:
        session.get_key(ObjectClass.PRIVATE_KEY, label=self._place.key)
        # Raw: SoftHSM 2.6 and old cards know no ECDSA that hashes by itself.
        return PKCS11Signer(
            session,
            signing_cert=asn1(self._certificate),
            ca_chain={asn1(each) for each in self._chain},
            key_label=self._place.key,
            use_raw_mechanism=True,
            embed_roots=False,
            other_certs_to_pull=(),
        )
