from django.db import models


class LinkHour(models.Model):
    """One hour of probes of one path from one end: enough to show any hour without keeping each probe."""

    kecamatan = models.CharField(max_length=8, blank=True, default="")
    path = models.CharField(max_length=10)
    seen_from = models.CharField(max_length=10)
    hour = models.DateTimeField()
    probe_count = models.PositiveIntegerField(default=0)
    up_count = models.PositiveIntegerField(default=0)
    latency_sum_ms = models.PositiveBigIntegerField(default=0)
    is_up = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kecamatan", "path", "seen_from", "hour"], name="readings_linkhour_one_per_hour"
            ),
            models.CheckConstraint(
                name="readings_linkhour_no_more_up_than_probes",
                condition=models.Q(up_count__lte=models.F("probe_count")),
            ),
        ]
