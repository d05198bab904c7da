"""Who may open whose data, and for how long."""

from datetime import timedelta

from dekat.accounts.actor import Actor
from dekat.accounts.roles import KECAMATAN_ROLES
from dekat.openings.states import Purpose

OPEN_FOR = timedelta(minutes=15)
"""How long a page stays open to the officer who said why; then it asks again."""


def may_open(*, actor: Actor, home: str, purpose: Purpose) -> bool:
    """Say whether an officer may open somebody who lives in `home`.

    Facts: `home` is the kecamatan's code, empty for who lives nowhere here. Outside their own kecamatan an officer of
    a kecamatan may only record somebody whose KK they hold in hand.
    Law: uu-27-2022
    """
    is_own = actor.role not in KECAMATAN_ROLES or home in ("", actor.kecamatan)
    return is_own or purpose is Purpose.OUT_OF_DOMICILE
