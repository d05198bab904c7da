from django.db import models

from dekat.equipment.fields import RupiahField
from dekat.equipment.kinds import (
    Acquisition,
    Condition,
    DecreeKind,
    DeviceKind,
    Funding,
    Metric,
    PaperKind,
    Purpose,
)


class Contract(models.Model):
    """A contract; its pieces are `ContractItem`s with the price of each component.

    One for maintenance buys no device: `covers` names the serial numbers that it keeps going, from a day until a day.
    """

    number = models.CharField(primary_key=True, max_length=60)
    signed_on = models.DateField()
    budget_year = models.PositiveSmallIntegerField()
    funding = models.CharField(max_length=4, choices=Funding.choices)
    budget_line = models.CharField(max_length=80)
    supplier = models.CharField(max_length=120)
    total = RupiahField()
    payment_order = models.CharField(max_length=60, blank=True, default="")
    paid_on = models.DateField(null=True)
    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.PURCHASE)
    covers = models.JSONField(default=list)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    event_id = models.UUIDField()


class Payment(models.Model):
    """An SP2D that paid a contract, or a part of it, after it was signed."""

    event_id = models.UUIDField(primary_key=True)
    contract = models.CharField(max_length=60, db_index=True)
    number = models.CharField(max_length=80)
    paid_on = models.DateField()


class ContractItem(models.Model):
    """So many pieces of one model at one price; `components` are `[name, sen]` pairs."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=12, choices=DeviceKind.choices)
    model = models.CharField(max_length=120)
    count = models.PositiveIntegerField()
    unit_price = RupiahField()
    components = models.JSONField(default=list)


class Device(models.Model):
    """One device by its serial number. Owner and holder are recorded apart (domain 4.3); who uses it is measured.

    `year`, `size`, `material` and `note` are what an older list said of it; `serves` the kecamatan of a tower.
    """

    serial = models.CharField(primary_key=True, max_length=60)
    kind = models.CharField(max_length=12, choices=DeviceKind.choices)
    model = models.CharField(max_length=120)
    contract = models.CharField(max_length=60, blank=True, default="", db_index=True)
    price = RupiahField()
    asset_code = models.CharField(max_length=40, blank=True, default="")
    register_no = models.CharField(max_length=10, blank=True, default="")
    owner = models.CharField(max_length=40, default="DISPENDUKCAPIL")
    kecamatan = models.CharField(max_length=8, blank=True, default="")
    condition = models.CharField(max_length=14, choices=Condition.choices, default=Condition.GOOD)
    year = models.PositiveSmallIntegerField(null=True)
    acquisition = models.CharField(max_length=10, choices=Acquisition.choices, default=Acquisition.PURCHASE)
    size = models.CharField(max_length=60, blank=True, default="")
    material = models.CharField(max_length=60, blank=True, default="")
    note = models.CharField(max_length=200, blank=True, default="")
    serves = models.JSONField(default=list)
    written_off_on = models.DateField(null=True)
    bought_at = models.DateTimeField()
    event_id = models.UUIDField()


class Handover(models.Model):
    """A BAST: the device changed hands, signed by both sides. `kecamatan` empty: the supplier's delivery."""

    bast = models.CharField(max_length=60)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="handovers")
    kecamatan = models.CharField(max_length=8, blank=True, default="")
    given_by = models.CharField(max_length=40)
    received_by = models.CharField(max_length=40)
    on = models.DateField()
    event_id = models.UUIDField(unique=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.UniqueConstraint(fields=["bast", "device"], name="equipment_handover_once_per_bast")]


class Decree(models.Model):
    """A decree that set, moved or ended the right of an agency (pengguna barang) in a device."""

    kind = models.CharField(max_length=10, choices=DecreeKind.choices)
    number = models.CharField(max_length=80)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="decrees")
    on = models.DateField()
    from_owner = models.CharField(max_length=40)
    to_owner = models.CharField(max_length=40, blank=True, default="")
    bast = models.CharField(max_length=80, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")
    event_id = models.UUIDField(unique=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number", "device"], name="equipment_decree_once_per_device")
        ]


class ConditionRecord(models.Model):
    """What somebody saw of a device's condition on a day, with the digests of the photos."""

    event_id = models.UUIDField(primary_key=True)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="conditions")
    condition = models.CharField(max_length=14, choices=Condition.choices)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    photos = models.JSONField(default=list)

    class Meta:
        ordering = ["at", "event_id"]


class Paper(models.Model):
    """A scan kept as evidence; its file lies under its SHA-256. `subject` is `contract:…` or `device:…`."""

    event_id = models.UUIDField(primary_key=True)
    subject = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=14, choices=PaperKind.choices)
    number = models.CharField(max_length=80, blank=True, default="")
    sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=20)
    size_bytes = models.PositiveIntegerField()
    by = models.CharField(max_length=40)
    attached_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "kind", "sha256"], name="equipment_paper_once_per_subject")
        ]


class Claim(models.Model):
    """A statement without evidence, kept with who said it, when and where; `kecamatan` where it names one."""

    event_id = models.UUIDField(primary_key=True)
    claim = models.CharField(max_length=60)
    metric = models.CharField(max_length=24, choices=Metric.choices)
    kind = models.CharField(max_length=12, choices=DeviceKind.choices)
    value = models.BigIntegerField()
    by = models.CharField(max_length=40)
    source = models.CharField(max_length=300)
    said_on = models.DateField()
    kecamatan = models.CharField(max_length=8, blank=True, default="")


# What is handed over, looked after and counted has tables of its own; Django finds them through this module.
from dekat.equipment import upkeep_models as upkeep_models  # noqa: E402
