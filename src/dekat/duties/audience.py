"""To whom an instruction speaks: for which service, to which roles, to which groups of kecamatan."""

from collections.abc import Iterable
from enum import StrEnum

from dekat.accounts.roles import Role
from dekat.equipment import queries as equipment


class Service(StrEnum):
    """What an instruction is about; the first two are done with a device."""

    RECORD = "RECORD"
    PRINT = "PRINT"
    CARDS = "CARDS"
    COUNTER = "COUNTER"


class Group(StrEnum):
    """Kecamatan that are named by what they hold; who joins later is reached later."""

    RECORDER = "RECORDER"
    KK_PRINTER = "KK_PRINTER"


KIND_OF = {Service.RECORD: "RECORDER", Service.PRINT: "KK_PRINTER"}
ROLES = (Role.OPERATOR, Role.DISTRICT_HEAD, Role.SECTION_HEAD)
# Domain 4.2: read and acknowledged by a named operator and the camat; a device's turn waits for both (`turn_rules`).
_WITH_A_DEVICE = (Role.OPERATOR, Role.DISTRICT_HEAD)


def kinds_of(services: Iterable[str]) -> list[str]:
    """The kinds of device that these services are done with."""
    return sorted(KIND_OF[Service(one)] for one in services if one in KIND_OF)


def services_of(kinds: Iterable[str]) -> list[str]:
    """The services that are done with these kinds of device."""
    return [str(service) for service, kind in KIND_OF.items() if kind in set(kinds)]


def task_of(services: Iterable[str]) -> str:
    """The task that the quiz of such an instruction is about; empty when no device is needed for it."""
    return next((str(service) for service in KIND_OF if service in set(services)), "")


def roles_of(wanted: Iterable[str], kinds: Iterable[str]) -> list[str]:
    """Who must acknowledge: the roles asked for, and always operator and camat where a device waits for it."""
    asked = {*wanted, *(_WITH_A_DEVICE if list(kinds) else ())}
    return [str(role) for role in ROLES if role in asked]


def members(groups: Iterable[str]) -> set[str]:
    """The kecamatan that belong to any of the groups now."""
    return {device.kecamatan for group in groups for device in equipment.devices(kind=group) if device.kecamatan}
