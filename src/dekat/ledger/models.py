from django.db import models


class Chain(models.Model):
    """The head of one node's chain; locking this row is what makes numbers gap-free."""

    node = models.CharField(primary_key=True, max_length=40)
    verify_key = models.BinaryField(max_length=32)
    last_seq = models.PositiveBigIntegerField(default=0)
    last_hash = models.BinaryField(max_length=32)


class Event(models.Model):
    """One signed fact. Rows are only ever added."""

    id = models.UUIDField(primary_key=True)
    node = models.CharField(max_length=40)
    seq = models.PositiveBigIntegerField()
    name = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=80)
    actor = models.CharField(max_length=80)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    data = models.JSONField()
    prev_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Meta:
        ordering = ["node", "seq"]
        constraints = [models.UniqueConstraint(fields=["node", "seq"], name="ledger_event_one_per_number")]
        indexes = [
            models.Index(fields=["name", "occurred_at"], name="ledger_event_name_time"),
            models.Index(fields=["subject", "name", "occurred_at"], name="ledger_event_subject_name"),
        ]

    def __str__(self) -> str:
        return f"{self.node}/{self.seq} {self.name}"


class Mark(models.Model):
    """How far one reader of the log has read one chain, so that it need not begin again."""

    reader = models.CharField(max_length=40)
    node = models.CharField(max_length=40)
    seq = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "node"], name="ledger_mark_one_per_chain")]
