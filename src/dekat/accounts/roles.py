"""The closed lists that other layers may name: what people answer for, what machines are."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person answers for (domain 4.1)."""

    OPERATOR = "OPERATOR", "Operator"
    DISTRICT_HEAD = "DISTRICT_HEAD", "Camat"
    VERIFIER = "VERIFIER", "Verifikator"
    REGISTRY_HEAD = "REGISTRY_HEAD", "Kepala Dispendukcapil"
    REGIONAL_SECRETARY = "REGIONAL_SECRETARY", "Sekretaris Daerah"
    INSPECTORATE = "INSPECTORATE", "Inspektorat"
    PARLIAMENT = "PARLIAMENT", "DPRD"


class NodeKind(TextChoices):
    """What a machine is."""

    STATION = "STATION", "Stasiun"
    CENTRE = "CENTRE", "Pusat kabupaten"
