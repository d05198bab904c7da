"""The switches as the start page sees them: one small client of the sample's control."""

import json
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings

from dekat.kernel.errors import DekatError


class SwitchesAway(DekatError):
    """The sample's control does not answer: `make demo` is not (or no longer) running."""

    code = "faces.sample.switches_away"


def state() -> dict[str, Any]:
    """How every switch stands.

    Refuses: faces.sample.switches_away.
    """
    return _call("/", None)


def turn(switch: str, how: dict[str, bool | int]) -> dict[str, Any]:
    """Turn one switch (`line/cermee`, `device/wringin`, `national`, `clock`); give the state after it.

    Refuses: faces.sample.switches_away.
    """
    return _call(f"/{switch}", how)


def _call(path: str, body: dict[str, bool | int] | None) -> dict[str, Any]:
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(settings.ENV.sample_control_url + path, data)  # noqa: S310 - loopback, from settings
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            found = json.load(answer)
    except (OSError, ValueError) as error:
        raise SwitchesAway from error
    return dict(found)
