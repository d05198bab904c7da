"""A signer with a certificate from outside gives away only what a stranger's check accepts."""

from datetime import datetime

from dekat.adapters.signer.certificates import refuse_expired
from dekat.adapters.signer.pades import empty_page
from dekat.adapters.signer.proof import Trust, refuse_unproven
from dekat.documents.ports import Passphrase, Signer, SignerCard


class CheckedSigner:
    """Stands before another signer."""

    def __init__(self, inner: Signer, trust: Trust) -> None:
        self._inner, self._trust = inner, trust

    @property
    def card(self) -> SignerCard:
        """What signs."""
        return self._inner.card

    def sign(self, pdf: bytes, *, now: datetime, passphrase: Passphrase | None = None) -> bytes:
        """Sign, then check.

        Refuses: documents.signer.certificate_expired, what the inner signer and what `refuse_unproven` refuse.
        """
        refuse_expired(self._trust.certificate, now)
        signed = self._inner.sign(pdf, now=now, passphrase=passphrase)
        refuse_unproven(sent=pdf, signed=signed, trust=self._trust, now=now)
        return signed

    def try_out(self, *, now: datetime) -> None:
        """Sign an empty page where no person is needed, else ask whether one could. Refuses: as signing."""
        refuse_expired(self._trust.certificate, now)
        if self.card.needs_passphrase:
            self._inner.try_out(now=now)
        else:
            self.sign(empty_page(), now=now)
