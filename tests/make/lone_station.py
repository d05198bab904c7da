"""This process as a station of its own that knows its centre, which it never meets."""

from django.conf import settings

from dekat.accounts.actor import machine
from dekat.accounts.roles import NodeKind
from dekat.accounts.services import enrol_node, found_node
from dekat.kernel.sealing import OpenKey
from dekat.kernel.signing import SigningKey


def found_alone(*, now, seal_key=None):
    """Found the station; `seal_key` is the centre's, for whoever will open a packet."""
    found_node(name=settings.NODE_NAME, kind=NodeKind.STATION, kecamatan=settings.ENV.kecamatan, now=now)
    enrol_node(
        name="centre",
        kind=NodeKind.CENTRE,
        kecamatan="",
        verify_key=SigningKey.generate().verify_key,
        seal_key=seal_key or OpenKey.generate().seal_key,
        incarnation=bytes(16),
        actor=machine(settings.NODE_NAME),
        now=now,
    )
