"""What a resident may ask for, as data: forms, requirements, minutes, who decides.

Adding a service is adding an entry here and, when it changes the register, a flow that carries it out.
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from dekat.accounts.roles import Role
from dekat.registry.states import Element, ListName


class ServiceCode(TextChoices):
    """The services; never renamed, only added."""

    KK_CHANGE = "KK_CHANGE", "Perubahan data Kartu Keluarga"
    KK_REPLACE = "KK_REPLACE", "Kartu Keluarga hilang atau rusak"


@dataclass(frozen=True)
class Change:
    """One element that a resident may ask to have changed; `values` names its code list, None means free text."""

    element: Element
    evidence: str
    values: ListName | None = None


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


CHANGES: dict[Element, Change] = {
    change.element: change
    for change in (
        Change(Element.OCCUPATION, "Surat keterangan kerja, atau pernyataan sendiri", ListName.OCCUPATION),
        Change(Element.EDUCATION, "Ijazah terakhir", ListName.EDUCATION),
        Change(Element.BLOOD_TYPE, "Hasil pemeriksaan golongan darah", ListName.BLOOD_TYPE),
        Change(Element.MARITAL_STATUS, "Buku nikah, akta perkawinan, atau akta perceraian", ListName.MARITAL_STATUS),
        Change(Element.RELIGION, "Surat keterangan dari pemuka agama", ListName.RELIGION),
        Change(Element.BIRTH_PLACE, "Akta kelahiran"),
        Change(Element.FULL_NAME, "Penetapan pengadilan, atau akta kelahiran bila salah tulis"),
        Change(Element.FATHER_NAME, "Akta kelahiran"),
        Change(Element.MOTHER_NAME, "Akta kelahiran"),
    )
}


def change(element: str) -> Change:
    """The entry of one element."""
    return CHANGES[Element(element)]
