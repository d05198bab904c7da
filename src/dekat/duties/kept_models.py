"""What was made of the log to answer quickly. All of it can be thrown away: `answering` makes it again."""

import secrets

from django.db import models

_MARK_BITS = 48


class Fact(models.Model):
    """One event that its day cannot do without, as the engine reads it; the many others are left out (`thinning`).

    Facts: the engine is given those of which `matters` is true: the other days can do without the rest.
    """

    subject = models.CharField(max_length=80)
    day = models.DateField()
    at_us = models.BigIntegerField()
    event = models.CharField(max_length=32)
    name = models.CharField(max_length=80)
    actor = models.CharField(max_length=80)
    recorded_us = models.BigIntegerField()
    state = models.CharField(max_length=60, blank=True)
    data = models.TextField()
    matters = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "at_us", "event"], name="duties_fact_once")]
        indexes = [models.Index(fields=["subject", "matters"], name="duties_fact_that_matters")]


def new_mark() -> int:
    """A number that never comes again."""
    return secrets.randbits(_MARK_BITS)


class Stamp(models.Model):
    """A mark that is new whenever the facts about a subject change: an answer under it stands on the same facts."""

    subject = models.CharField(primary_key=True, max_length=80)
    mark = models.PositiveBigIntegerField(default=new_mark)


class KeptAnswer(models.Model):
    """The answer for one device with all that it rests on; `answer` is empty for what never has a turn."""

    serial = models.CharField(primary_key=True, max_length=80)
    basis = models.CharField(max_length=64)
    stamps = models.JSONField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    answer = models.TextField(blank=True)
