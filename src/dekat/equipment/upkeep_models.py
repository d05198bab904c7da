"""Tables of hand-overs that wait for an answer, photos, a station's own devices, and stock-takes."""

from django.db import models

from dekat.equipment.fields import RupiahField
from dekat.equipment.kinds import Condition
from dekat.equipment.upkeep_kinds import AnswerState, Refusal


class Offer(models.Model):
    """One BAST between two offices. `giver` is a party, `to` a kecamatan; empty: back to the office store.

    The signatures are drawings (SVG). `confirmed_at`: when, at a station, the centre's feed brought its answer back.
    """

    id = models.UUIDField(primary_key=True)
    bast = models.CharField(max_length=60)
    giver = models.CharField(max_length=40)
    to = models.CharField(max_length=8, blank=True)
    on = models.DateField()
    giver_name = models.CharField(max_length=80)
    giver_nip = models.CharField(max_length=30, blank=True)
    giver_signature = models.TextField(blank=True)
    offered_at = models.DateTimeField()
    receiver_name = models.CharField(max_length=80, blank=True)
    receiver_nip = models.CharField(max_length=30, blank=True)
    head_name = models.CharField(max_length=80, blank=True)
    receiver_signature = models.TextField(blank=True)
    paper_sha256 = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-offered_at", "id"]
        constraints = [models.UniqueConstraint(fields=["giver", "bast"], name="equipment_offer_once_per_bast")]


class OfferItem(models.Model):
    """One device of an offer and what its receiver said of it."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="items")
    serial = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    model = models.CharField(max_length=120)
    price = RupiahField()
    year = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=AnswerState.choices, default=AnswerState.OPEN)
    condition = models.CharField(max_length=14, choices=Condition.choices, blank=True)
    photos = models.JSONField(default=list)
    refusal = models.CharField(max_length=14, choices=Refusal.choices, blank=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["serial"]
        constraints = [models.UniqueConstraint(fields=["offer", "serial"], name="equipment_offer_item_once")]


class Photo(models.Model):
    """A picture of a device under the name of its own SHA-256."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    jpeg = models.BinaryField()
    kept_at = models.DateTimeField()


class HeldDevice(models.Model):
    """At a station: a device that the register gives to its kecamatan, as the feed told it."""

    serial = models.CharField(primary_key=True, max_length=60)
    kecamatan = models.CharField(max_length=8)
    kind = models.CharField(max_length=12)
    model = models.CharField(max_length=120)
    register_no = models.CharField(max_length=40, blank=True)
    condition = models.CharField(max_length=14, choices=Condition.choices)
    price = RupiahField()
    year = models.PositiveSmallIntegerField(default=0)
    due_what = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True)
    warranty_until = models.DateField(null=True)


class StockTake(models.Model):
    """A count of everything in one place against the register of the day on which it was opened.

    `kecamatan` empty: the office store. `expected` and `elsewhere` are the register of that day; what was seen is in
    the log.
    """

    id = models.UUIDField(primary_key=True)
    round_id = models.UUIDField()
    kecamatan = models.CharField(max_length=8, blank=True)
    opened_at = models.DateTimeField()
    expected = models.JSONField(default=list)
    elsewhere = models.JSONField(default=dict)

    class Meta:
        ordering = ["-opened_at", "kecamatan"]
        constraints = [models.UniqueConstraint(fields=["round_id", "kecamatan"], name="equipment_stock_take_once")]
