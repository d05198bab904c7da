"""The addresses that an application names or a family has."""

from dekat.areas import queries as areas
from dekat.cases.queries import ApplicationCard
from dekat.kernel.errors import DekatError
from dekat.registry.life.household import Address
from dekat.registry.views import FamilyView


class VillageElsewhere(DekatError):
    """The village of the new address is not in this regency."""

    code = "flows.deed.village_elsewhere"


def address_in(application: ApplicationCard) -> Address:
    """The address in this regency that the application names.

    Refuses: flows.deed.village_elsewhere.
    """
    try:
        village = areas.village(application.said("village"))
    except areas.AreaUnknown as error:
        raise VillageElsewhere from error
    rt, rw = (application.said(name).zfill(3) for name in ("rt", "rw"))
    return Address(application.said("address"), rt, rw, village.code)


def address_of(family: FamilyView) -> Address:
    """Where a family lives."""
    return Address(family.address, family.rt, family.rw, family.village, family.hamlet, family.postal_code)
