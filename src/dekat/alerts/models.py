from django.db import models
from django.db.models import Q

from dekat.alerts.states import Channel, DispatchState, Kind


class Contact(models.Model):
    """Where one officer, or an office whose people have no account here, wants to be told.

    Facts: `party` and `desk` are codes of the turn engine; `account_id` is None for an office. Quiet hours that are
    None are the regency's.
    """

    id = models.UUIDField(primary_key=True)
    party = models.CharField(max_length=40)
    desk = models.CharField(max_length=20, blank=True, default="")
    account_id = models.UUIDField(null=True, unique=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    address = models.CharField(max_length=120)
    wants_digest = models.BooleanField(default=True)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["party", "desk", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["party"], name="alerts_contact_one_per_office", condition=Q(account_id__isnull=True)
            ),
            models.CheckConstraint(
                name="alerts_contact_quiet_has_both_ends",
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.channel}"


class Alert(models.Model):
    """One fact for one desk of one party. `over_at`: it stopped being true before anybody was told."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    party = models.CharField(max_length=40)
    desk = models.CharField(max_length=20, blank=True, default="")
    serial = models.CharField(max_length=60, blank=True, default="")
    kecamatan = models.CharField(max_length=8, blank=True, default="")
    facts = models.JSONField(default=dict)
    due_at = models.DateTimeField(null=True)
    raised_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-raised_at", "id"]
        indexes = [models.Index(fields=["serial", "raised_at"], name="alerts_alert_of_device")]

    def __str__(self) -> str:
        return f"{self.kind} {self.party} {self.serial or self.kecamatan}"


class Dispatch(models.Model):
    """One text to one contact. What was sent and where to stays as it was when it was written."""

    id = models.UUIDField(primary_key=True)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="dispatches")
    party = models.CharField(max_length=40)
    desk = models.CharField(max_length=20, blank=True, default="")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    address = models.CharField(max_length=120)
    subject = models.CharField(max_length=160)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=DispatchState.choices, default=DispatchState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=60, blank=True, default="")
    reference = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering = ["-made_at", "id"]
        indexes = [models.Index(fields=["state", "next_at"], name="alerts_dispatch_next")]
        constraints = [
            models.CheckConstraint(
                name="alerts_dispatch_over_has_an_end",
                condition=Q(state="WAITING") | Q(ended_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.channel} {self.state}"


class Telling(models.Model):
    """That an alert is in a text. One contact is told one alert once."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="tellings")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="tellings")
    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="tellings")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["alert", "contact"], name="alerts_telling_once")]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.contact_id}"
