"""Carries a text through a gateway: one POST of JSON. What the gateway wants is a template, not code.

A template is JSON; in each of its texts `{to}`, `{digits}`, `{text}`, `{subject}` and `{id}` are put in after it was
read, so nothing in a text can change its shape. `{digits}` is the number without its plus.
"""

import http.client
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from dekat.alerts.ports import AddressRefused, ChannelAway, ChannelRefused
from dekat.kernel.canonical import Json
from dekat.kernel.reading import read_json

TIMEOUT_S = 20.0
_LARGEST_ANSWER = 64 * 1024
# The Cloud API's shape for a text within a conversation, and for a template that was approved before.
WHATSAPP = '{"messaging_product": "whatsapp", "to": "{digits}", "type": "text", "text": {"body": "{text}"}}'
_APPROVED = """{"messaging_product": "whatsapp", "to": "{digits}", "type": "template", "template": {"name": "{name}",
"language": {"code": "id"}, "components": [{"type": "body", "parameters": [{"type": "text", "text": "{text}"}]}]}}"""
SMS = '{"to": "{to}", "text": "{text}", "id": "{id}"}'


_PLACES = re.compile(r"\{(to|digits|text|subject|id)\}")


def approved_whatsapp(name: str) -> str:
    """The body for an approved template with one place, which takes the whole text."""
    return _APPROVED.replace("{name}", name)


@dataclass(frozen=True)
class TextGateway:
    """Speaks to the gateway at `url`. `token` goes into the header as `Authorization: Bearer …`, or where `headers`
    has `{token}`."""

    url: str
    token: str
    template: str
    headers: Mapping[str, str]

    def send(self, *, dispatch_id: UUID, address: str, subject: str, text: str) -> str:
        """Hand a text to the gateway; give its own id for it.

        Refuses: alerts.channel.away, alerts.channel.refused, alerts.address.refused.
        """
        values = {
            "to": address,
            "digits": address.lstrip("+"),
            "text": text,
            "subject": subject,
            "id": str(dispatch_id),
        }
        body = json.dumps(_filled(json.loads(self.template), values)).encode()
        status, answer = self._post(body, dispatch_id)
        if status in (401, 403):
            raise ChannelRefused
        if status in (400, 404, 410, 422):
            raise AddressRefused
        if not 200 <= status < 300:
            raise ChannelAway
        return _reference(answer)

    def _post(self, body: bytes, dispatch_id: UUID) -> tuple[int, bytes]:
        parts = urlsplit(self.url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        line = kind(parts.hostname or "", parts.port, timeout=TIMEOUT_S)
        headers = {name: value.replace("{token}", self.token) for name, value in self.headers.items()}
        headers |= {"Content-Type": "application/json", "Idempotency-Key": str(dispatch_id)}
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        try:
            line.request("POST", path or "/", body, headers)
            answer = line.getresponse()
            return answer.status, answer.read(_LARGEST_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            raise ChannelAway from error
        finally:
            line.close()


def _filled(shape: Json, values: Mapping[str, str]) -> Json:
    if isinstance(shape, dict):
        return {key: _filled(part, values) for key, part in shape.items()}
    if isinstance(shape, list):
        return [_filled(part, values) for part in shape]
    if not isinstance(shape, str):
        return shape
    # One pass over the template: a place that stands in a text stays as it was written.
    return _PLACES.sub(lambda found: values[found[1]], shape)


def _reference(answer: bytes) -> str:
    """The gateway's name for the text: `messages[0].id` as WhatsApp says it, else `id` or `message_id`."""
    try:
        found = read_json(answer)
    except ValueError:
        return ""
    if not isinstance(found, dict):
        return ""
    inner = found.get("messages")
    first = inner[0] if isinstance(inner, list) and inner else found
    return str(first.get("id") or first.get("message_id") or "") if isinstance(first, dict) else ""
