from django.db import models

from dekat.cards.states import BlankFate, CardState, OldCard


class Blank(models.Model):
    """One blank by its serial number."""

    serial = models.CharField(primary_key=True, max_length=30)
    fate = models.CharField(max_length=10, choices=BlankFate.choices, default=BlankFate.IN_STOCK)
    received_on = models.DateField()
    delivery_note = models.CharField(max_length=60)
    fate_at = models.DateTimeField(null=True)
    fate_reason = models.CharField(max_length=200, blank=True, default="")


class Batch(models.Model):
    """A sealed bag of cards for one kecamatan."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=30, unique=True)
    kecamatan = models.CharField(max_length=8)
    seal_no = models.CharField(max_length=30)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=80, blank=True, default="")
    arrived_at = models.DateTimeField(null=True)
    arrived_by = models.CharField(max_length=80, blank=True, default="")
    is_seal_whole = models.BooleanField(null=True)


class Card(models.Model):
    """One card of a resident; the `id` of a first card is its recording's.

    Facts: `print_from` is the day on which a pemula may hold it; a card printed again names in `recording_id` the
    recording that it is made of, and `is_change` says that nothing was lost, only the data changed.
    """

    id = models.UUIDField(primary_key=True)
    resident_id = models.UUIDField()
    tracking_code = models.CharField(max_length=20)
    kecamatan = models.CharField(max_length=8)
    is_first_time = models.BooleanField()
    ready_at = models.DateTimeField()
    print_from = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=CardState.choices)
    state_since = models.DateTimeField()
    blank = models.OneToOneField(Blank, null=True, on_delete=models.PROTECT)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="cards")
    identity_check = models.CharField(max_length=60, blank=True, default="")
    recording_id = models.UUIDField(null=True)
    is_change = models.BooleanField(default=False)
    old_card = models.CharField(max_length=10, choices=OldCard.choices, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["state", "ready_at"], name="cards_card_queue"),
            models.Index(fields=["resident_id"], name="cards_card_resident"),
        ]
        constraints = [
            models.CheckConstraint(
                name="cards_card_printed_ones_have_a_blank",
                condition=models.Q(state__in=["READY", "WAITING", "ENDED"]) | models.Q(blank__isnull=False),
            )
        ]
