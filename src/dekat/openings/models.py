from django.db import models
from django.db.models import Q

from dekat.accounts.roles import Role
from dekat.openings.states import Outcome, Purpose


class Opening(models.Model):
    """One resident whose data one officer opened, or was refused. Rows are only ever added.

    Facts: `act_id` joins the residents who were opened together; `subject` is what was opened (`resident:…`,
    `family:…`, `document:…`, `application:…`, `recording:…`, `card:…`); `opened_at` is the clock of `node`,
    `received_at` ours.
    """

    id = models.UUIDField(primary_key=True)
    act_id = models.UUIDField()
    resident_id = models.UUIDField()
    subject = models.CharField(max_length=80)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    purpose = models.CharField(max_length=20, choices=Purpose.choices, blank=True, default="")
    note = models.CharField(max_length=200, blank=True, default="")
    account_id = models.UUIDField(null=True)
    role = models.CharField(max_length=20, choices=Role.choices, blank=True, default="")
    kecamatan = models.CharField(max_length=8, blank=True, default="")
    node = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["resident_id", "opened_at"], name="openings_of_resident"),
            models.Index(fields=["subject", "opened_at"], name="openings_of_subject"),
            models.Index(fields=["outcome", "opened_at"], name="openings_by_outcome"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["act_id", "resident_id"], name="openings_resident_once_per_act"),
            models.CheckConstraint(
                name="openings_granted_for_a_purpose", condition=Q(outcome=Outcome.REFUSED) | ~Q(purpose="")
            ),
            models.CheckConstraint(name="openings_other_says_what", condition=~Q(purpose=Purpose.OTHER) | ~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.outcome}"
