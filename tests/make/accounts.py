"""Officers for tests."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model

from dekat.accounts.actor import Actor, machine
from dekat.accounts.roles import Role
from dekat.accounts.services import open_account

VERIFIER = Actor(UUID("019acb7e-0000-7000-8000-0000000000a1"), Role.VERIFIER, "", "centre")
HEAD = Actor(UUID("019acb7e-0000-7000-8000-0000000000a2"), Role.REGISTRY_HEAD, "", "centre")
OPERATOR = Actor(UUID("019acb7e-0000-7000-8000-0000000000a3"), Role.OPERATOR, "35.11.15", "station-35.11.15")
CAMAT = Actor(UUID("019acb7e-0000-7000-8000-0000000000a4"), Role.DISTRICT_HEAD, "35.11.15", "station-35.11.15")
SEKDA = Actor(UUID("019acb7e-0000-7000-8000-0000000000a5"), Role.REGIONAL_SECRETARY, "", "centre")


def let_in(client: Any, role: Role, *, now: datetime, kecamatan: str = "") -> None:
    """Open an account of this role and log the test client in as its officer."""
    username = f"{role.lower()}{kecamatan}"
    facts = {"full_name": f"Contoh {role}", "role": role, "kecamatan": kecamatan, "password": "x"}
    open_account(username=username, **facts, actor=machine("centre"), now=now)
    client.force_login(get_user_model().objects.get(username=username))
