"""What a resident may ask for, as data: forms, requirements, minutes, who decides.

Adding a service is adding an entry here and, when it changes the register, a flow that carries it out.
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from dekat.accounts.roles import Role


class ServiceCode(TextChoices):
    """The services; never renamed, only added."""

    KK_CHANGE = "KK_CHANGE", "Perubahan data Kartu Keluarga"
    KK_REPLACE = "KK_REPLACE", "Kartu Keluarga hilang atau rusak"


@dataclass(frozen=True)
class Service:
    """One service.

    Facts: `sla_minutes` are working minutes from a complete application to the issued document; `forms` are numbers of
    Permendagri 109/2019; `requirements` names only what the register does not hold already.
    Law: permendagri-19-2018
    """

    code: ServiceCode
    forms: tuple[str, ...]
    requirements: tuple[str, ...]
    sla_minutes: int
    reviewed_by: Role
    issued_by: Role
    names_an_element: bool
    needs_evidence: bool


# 24 hours by Permendagri 19/2018, counted by us in working time: three days of eight hours.
_ONE_ORDER_MINUTES = 24 * 60

SERVICES: dict[ServiceCode, Service] = {
    service.code: service
    for service in (
        Service(
            code=ServiceCode.KK_CHANGE,
            forms=("F-1.02", "F-1.06"),
            requirements=("Surat bukti perubahan, misalnya ijazah atau surat keterangan kerja",),
            sla_minutes=_ONE_ORDER_MINUTES,
            reviewed_by=Role.VERIFIER,
            issued_by=Role.REGISTRY_HEAD,
            names_an_element=True,
            needs_evidence=True,
        ),
        Service(
            code=ServiceCode.KK_REPLACE,
            forms=("F-1.02",),
            requirements=("Surat kehilangan dari kepolisian, atau KK yang rusak",),
            sla_minutes=_ONE_ORDER_MINUTES,
            reviewed_by=Role.VERIFIER,
            issued_by=Role.REGISTRY_HEAD,
            names_an_element=False,
            needs_evidence=True,
        ),
    )
}


def service(code: ServiceCode) -> Service:
    """The entry of one service."""
    return SERVICES[code]
