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
    # Each answered probe of the hour that still runs; the median takes their place when the next hour begins.
    latencies_ms = models.JSONField(default=list, blank=True)
    median_ms = models.PositiveIntegerField(null=True, blank=True)
    worst_ms = models.PositiveIntegerField(default=0)
    resent_count = models.PositiveBigIntegerField(default=0)
    up_bytes = models.PositiveBigIntegerField(default=0)
    up_ms = models.PositiveBigIntegerField(default=0)
    down_bytes = models.PositiveBigIntegerField(default=0)
    down_ms = models.PositiveBigIntegerField(default=0)
    gap_s = models.PositiveIntegerField(default=0)
    is_up = models.BooleanField()
    why = models.CharField(max_length=12, blank=True, default="")

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


class ReadingDay(models.Model):
    """One day of a subject's readings, summed from the log; `days` makes it again at any time.

    Facts: `part` is the use, or path and end of a line; `count` counts uses or probes without the silent ones.
    """

    subject = models.CharField(max_length=80)
    day = models.DateField()
    name = models.CharField(max_length=80)
    part = models.CharField(max_length=30)
    count = models.PositiveIntegerField(default=0)
    up_count = models.PositiveIntegerField(default=0)
    silent_count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    last = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "day", "name", "part"], name="readings_readingday_one_per_part")
        ]
        indexes = [models.Index(fields=["name", "day"], name="readings_readingday_by_day")]
