from django.db import models
from django.db.models import Q

from dekat.desk.states import AppointmentState, Origin, Priority, Service, TicketState


class QueueTicket(models.Model):
    """A number in the queue of one day. It says nothing about whose it is.

    Facts: `letter` and `number` stay when a ticket moves to another service: the paper in the hand says them.
    `called_ahead` keeps whether its first call passed others. `work_id` is the recording it led to, until the day ends.
    """

    id = models.UUIDField(primary_key=True)
    day = models.DateField()
    letter = models.CharField(max_length=1)
    number = models.PositiveSmallIntegerField()
    service = models.CharField(max_length=10, choices=Service.choices)
    priority = models.CharField(max_length=10, choices=Priority.choices, blank=True, default="")
    origin = models.CharField(max_length=12, choices=Origin.choices)
    state = models.CharField(max_length=12, choices=TicketState.choices, default=TicketState.WAITING)
    counter = models.PositiveSmallIntegerField(default=0)
    called_count = models.PositiveSmallIntegerField(default=0)
    called_ahead = models.BooleanField(default=False)
    appointment_id = models.UUIDField(null=True, unique=True)
    slot_at = models.DateTimeField(null=True)
    work_id = models.UUIDField(null=True)
    taken_at = models.DateTimeField()
    waits_since = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["day", "taken_at", "id"]
        indexes = [models.Index(fields=["day", "state"], name="desk_ticket_day_state")]
        constraints = [
            models.UniqueConstraint(fields=["day", "letter", "number"], name="desk_ticket_one_per_number"),
            models.CheckConstraint(
                name="desk_ticket_done_has_end", condition=~Q(state="DONE") | Q(ended_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter}-{self.number:03} {self.state}"


class TicketMove(models.Model):
    """One press on a ticket. Its id was made by the page, so the same press twice is one move."""

    id = models.UUIDField(primary_key=True)
    ticket = models.ForeignKey(QueueTicket, on_delete=models.CASCADE, related_name="moves")
    state = models.CharField(max_length=12, choices=TicketState.choices)
    counter = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.state}"


class Appointment(models.Model):
    """A half hour promised to somebody who is not named. The same row stands at the centre and at the station.

    Facts: `place` is one of the slot's places at the centre, None when it was given back, and always at the station.
    """

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=12, unique=True)
    kecamatan = models.CharField(max_length=8)
    service = models.CharField(max_length=10, choices=Service.choices)
    priority = models.CharField(max_length=10, choices=Priority.choices, blank=True, default="")
    slot_at = models.DateTimeField()
    place = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=10, choices=AppointmentState.choices, default=AppointmentState.BOOKED)
    booked_at = models.DateTimeField()
    state_at = models.DateTimeField()

    class Meta:
        ordering = ["slot_at", "id"]
        indexes = [models.Index(fields=["kecamatan", "slot_at"], name="desk_appointment_slot")]
        constraints = [
            models.UniqueConstraint(
                fields=["kecamatan", "slot_at", "place"],
                name="desk_appointment_one_per_place",
                condition=Q(place__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class ServiceToday(models.Model):
    """Whether one service is given here today, as the centre reads the devices, and where else it is (station only).

    Facts: `code` is the reason why not, empty when it is; `elsewhere` the nearest places that give it: name and km.
    """

    service = models.CharField(primary_key=True, max_length=10, choices=Service.choices)
    serial = models.CharField(max_length=60, blank=True, default="")
    code = models.CharField(max_length=30, blank=True, default="")
    elsewhere = models.JSONField(default=list)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["service"]

    def __str__(self) -> str:
        return f"{self.service} {self.code}"
