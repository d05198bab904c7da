"""What alerts need from outside: somebody who carries a text."""

from collections.abc import Callable, Mapping
from typing import Protocol
from uuid import UUID

from dekat.alerts.states import Channel
from dekat.kernel.errors import DekatError


class ChannelAway(DekatError):
    """The mail server or the gateway did not take the text now; it is tried again."""

    code = "alerts.channel.away"


class AddressRefused(DekatError):
    """The mail server or the gateway says that this address takes no text; trying again would not help."""

    code = "alerts.address.refused"


class ChannelRefused(DekatError):
    """The mail server or the gateway does not let us in: the password, the token or the template is wrong."""

    code = "alerts.channel.refused"


class Carrier(Protocol):
    """One way out."""

    def send(self, *, dispatch_id: UUID, address: str, subject: str, text: str) -> str:
        """Hand a text over; give the other side's name for it, or nothing.

        Again: the id travels with the text, so that whoever takes it twice can tell.
        Refuses: alerts.channel.away, alerts.channel.refused, alerts.address.refused.
        """


Carriers = Mapping[Channel, Carrier]


def _none() -> Carriers:
    return {}


_source: Callable[[], Carriers] = _none


def use_carriers(source: Callable[[], Carriers]) -> None:
    """Wire where the ways out come from (called once, by `project`)."""
    global _source
    _source = source


def carriers() -> Carriers:
    """The ways out that this node was given; empty when none is configured."""
    return _source()
