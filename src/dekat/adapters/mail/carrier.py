"""Carries a text as e-mail. The same text has the same Message-ID, so a mailbox that gets it twice can tell."""

import smtplib
import ssl
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from dekat.alerts.ports import AddressRefused, ChannelAway, ChannelRefused

TIMEOUT_S = 20
_PERMANENT = range(500, 600)


@dataclass(frozen=True)
class MailCarrier:
    """Speaks to the mail server at `url`: `smtp://user@host:587` (STARTTLS), `smtps://user@host:465`.

    Facts: a server on this machine (`smtp://127.0.0.1:2525`) is spoken to without TLS.
    """

    url: str
    password: str
    sender: str

    def send(self, *, dispatch_id: UUID, address: str, subject: str, text: str) -> str:
        """Hand a text to the mail server.

        Refuses: alerts.channel.away, alerts.channel.refused, alerts.address.refused.
        """
        subject = " ".join(subject.split())
        name = f"<{dispatch_id}@{self.sender.rpartition('@')[2].rstrip('>')}>"
        letter = EmailMessage(
            subject, text, self.sender, [address], headers={"Message-ID": name, "Auto-Submitted": "auto-generated"}
        )
        try:
            self._server().send_messages([letter])
        except smtplib.SMTPRecipientsRefused as error:
            if all(code in _PERMANENT for code, _ in error.recipients.values()):
                raise AddressRefused from error
            raise ChannelAway from error
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused, ssl.SSLError) as error:
            raise ChannelRefused from error
        except (smtplib.SMTPException, OSError) as error:
            raise ChannelAway from error
        except ValueError:
            # Our own library does not read the address as one; its words hold the address and go no further.
            raise AddressRefused from None
        return name

    def _server(self) -> EmailBackend:
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        return EmailBackend(
            host=host,
            port=parts.port or (465 if parts.scheme == "smtps" else 587),
            username=unquote(parts.username or ""),
            password=self.password,
            use_ssl=parts.scheme == "smtps",
            use_tls=parts.scheme == "smtp" and host not in ("127.0.0.1", "localhost", "::1"),
            timeout=TIMEOUT_S,
        )
