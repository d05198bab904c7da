from django.db import models

from dekat.equipment.fields import RupiahField
from dekat.equipment.kinds import Condition, DeviceKind, Funding, Metric


class Contract(models.Model):
    """A contract; its pieces are `ContractItem`s with the price of each component."""

    number = models.CharField(primary_key=True, max_length=60)
    signed_on = models.DateField()
    budget_year = models.PositiveSmallIntegerField()
    funding = models.CharField(max_length=4, choices=Funding.choices)
    budget_line = models.CharField(max_length=80)
    supplier = models.CharField(max_length=120)
    total = RupiahField()
    payment_order = models.CharField(max_length=60, blank=True, default="")
    paid_on = models.DateField(null=True)
    event_id = models.UUIDField()


class ContractItem(models.Model):
    """So many pieces of one model at one price; `components` are `[name, sen]` pairs."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=12, choices=DeviceKind.choices)
    model = models.CharField(max_length=120)
    count = models.PositiveIntegerField()
    unit_price = RupiahField()
    components = models.JSONField(default=list)


class Device(models.Model):
    """One device by its serial number. Owner, holder and place are recorded apart (domain 4.3)."""

    serial = models.CharField(primary_key=True, max_length=60)
    kind = models.CharField(max_length=12, choices=DeviceKind.choices)
    model = models.CharField(max_length=120)
    contract = models.CharField(max_length=60)
    price = RupiahField()
    asset_code = models.CharField(max_length=40, blank=True, default="")
    register_no = models.CharField(max_length=10, blank=True, default="")
    owner = models.CharField(max_length=40, default="DISPENDUKCAPIL")
    kecamatan = models.CharField(max_length=8, blank=True, default="")
    condition = models.CharField(max_length=14, choices=Condition.choices, default=Condition.GOOD)
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


class Claim(models.Model):
    """A statement without evidence, kept with who said it, when and where."""

    event_id = models.UUIDField(primary_key=True)
    claim = models.CharField(max_length=60)
    metric = models.CharField(max_length=24, choices=Metric.choices)
    kind = models.CharField(max_length=12, choices=DeviceKind.choices)
    value = models.BigIntegerField()
    by = models.CharField(max_length=40)
    source = models.CharField(max_length=300)
    said_on = models.DateField()


# What is handed over, looked after and counted has tables of its own; Django finds them through this module.
from dekat.equipment import upkeep_models as upkeep_models  # noqa: E402
