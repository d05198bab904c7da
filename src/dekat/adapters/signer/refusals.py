"""Why no signature came, or why one was not accepted. What stops every paper is `SignsNothing`; the rest, one paper."""

from dekat.documents.ports import SignsNothing
from dekat.kernel.errors import DekatError


class CertificateUnreadable(SignsNothing):
    """The signer's certificate file cannot be opened with this passphrase, or holds no usable key."""

    code = "documents.signer.certificate_unreadable"


class CertificateExpired(SignsNothing):
    """Today lies outside the days for which the certificate was given. Facts: `until`, a date."""

    code = "documents.signer.certificate_expired"


class CertificateOther(SignsNothing):
    """The signature was made with another certificate than the configured one."""

    code = "documents.signer.certificate_other"


class TokenAway(SignsNothing):
    """The module or the token is not there."""

    code = "documents.signer.token_away"


class KeyMissing(SignsNothing):
    """The token holds no such key, or one that cannot sign with our mechanism."""

    code = "documents.signer.key_missing"


class PinRefused(SignsNothing):
    """The token refused the PIN, or would be locked by one more wrong try."""

    code = "documents.signer.pin_refused"


class ServiceAway(SignsNothing):
    """The signing service does not answer in time, or fails."""

    code = "documents.signer.service_away"


class ServiceClosed(SignsNothing):
    """The signing service does not know this office's user and password."""

    code = "documents.signer.service_closed"


class OfficialNotReady(SignsNothing):
    """The signing service does not know the official, or says that they may not sign."""

    code = "documents.signer.official_not_ready"


class PassphraseRefused(SignsNothing):
    """The signing service refused the passphrase that the official typed."""

    code = "documents.signer.passphrase_refused"


class ServiceRefused(DekatError):
    """The signing service refused this paper. Facts: `status`, of HTTP; its words may name people and are not kept."""

    code = "documents.signer.service_refused"


class AnswerNotPdf(DekatError):
    """What came back is no PDF."""

    code = "documents.signer.answer_not_pdf"


class ContentDiffers(DekatError):
    """What came back says something else than what was sent."""

    code = "documents.signer.content_differs"


class SignatureBroken(DekatError):
    """The signature does not stand up to the check that every stranger makes."""

    code = "documents.signer.signature_broken"


class TimestampAway(SignsNothing):
    """The timestamp authority does not answer in time, or fails."""

    code = "documents.signer.timestamp_away"


class TimestampRefused(SignsNothing):
    """The timestamp authority refused, or its timestamp does not stand up to a check."""

    code = "documents.signer.timestamp_refused"
