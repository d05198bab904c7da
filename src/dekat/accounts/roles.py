"""The closed lists that other layers may name: what people answer for, what machines are."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person answers for (domain 4.1)."""

    OPERATOR = "OPERATOR", "Operator"
    DISTRICT_HEAD = "DISTRICT_HEAD", "Camat"
    SECTION_HEAD = "SECTION_HEAD", "Kepala seksi"
    VERIFIER = "VERIFIER", "Verifikator"
    REGISTRY_HEAD = "REGISTRY_HEAD", "Kepala Dispendukcapil"
    REGIONAL_SECRETARY = "REGIONAL_SECRETARY", "Sekretaris Daerah"
    INSPECTORATE = "INSPECTORATE", "Inspektorat"
    PARLIAMENT = "PARLIAMENT", "DPRD"


KECAMATAN_ROLES = frozenset({Role.OPERATOR, Role.DISTRICT_HEAD, Role.SECTION_HEAD})
"""Who serves one kecamatan; every other role answers for the whole regency."""


class RevokeReason(TextChoices):
    """Why a machine is no longer believed; the ledger holds the word, never a story."""

    STOLEN = "STOLEN", "Dicuri"
    LOST = "LOST", "Hilang"
    MISUSED = "MISUSED", "Dipakai orang yang tidak berhak"
    RETIRED = "RETIRED", "Diganti atau tidak dipakai lagi"


class NodeKind(TextChoices):
    """What a machine is."""

    STATION = "STATION", "Stasiun"
    CENTRE = "CENTRE", "Pusat kabupaten"
