"""Whom an instruction would reach if it were published now, counted before it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from dekat.accounts.queries import accounts_of, stations
from dekat.accounts.roles import Role
from dekat.areas.working_calendar import regency_day
from dekat.duties import queries as duties
from dekat.reports.parties import places


@dataclass(frozen=True)
class Addressees:
    """Counted people and machines.

    Facts: operators are those on duty, other roles those who can log in; `nobody` names the kecamatan where a role has
    nobody, `without_station` those whose station is not enrolled, so that no receipt can come.
    """

    kecamatan: tuple[str, ...]
    people: Mapping[str, int]
    nobody: Mapping[str, tuple[str, ...]]
    without_station: tuple[str, ...]


def addressees(*, kecamatan: Iterable[str], roles: Iterable[str], now: datetime) -> Addressees:
    """Count who is addressed."""
    names = places(regency_day(now))
    codes = [code for code in names if code in set(kecamatan)]
    here = {role: _places_of(role) for role in roles}
    enrolled = {station.kecamatan for station in stations()}
    return Addressees(
        kecamatan=tuple(names[code] for code in codes),
        people={role: sum(1 for code in found if code in codes) for role, found in here.items()},
        nobody={role: tuple(names[code] for code in codes if code not in found) for role, found in here.items()},
        without_station=tuple(names[code] for code in codes if code not in enrolled),
    )


def _places_of(role: str) -> list[str]:
    """The kecamatan of each person with the role."""
    if role == Role.OPERATOR:
        return [code for code, on_duty in duties.all_operators().items() for _ in on_duty]
    return [account.kecamatan for account in accounts_of(role=Role(role)) if account.is_active]
