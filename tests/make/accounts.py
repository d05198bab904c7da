"""Officers for tests."""

from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role

VERIFIER = Actor(UUID("019acb7e-0000-7000-8000-0000000000a1"), Role.VERIFIER, "", "centre")
HEAD = Actor(UUID("019acb7e-0000-7000-8000-0000000000a2"), Role.REGISTRY_HEAD, "", "centre")
OPERATOR = Actor(UUID("019acb7e-0000-7000-8000-0000000000a3"), Role.OPERATOR, "35.11.15", "station-35.11.15")
CAMAT = Actor(UUID("019acb7e-0000-7000-8000-0000000000a4"), Role.DISTRICT_HEAD, "35.11.15", "station-35.11.15")
SEKDA = Actor(UUID("019acb7e-0000-7000-8000-0000000000a5"), Role.REGIONAL_SECRETARY, "", "centre")
