from django.db import models


class Instruction(models.Model):
    """What the registry office tells kecamatan to do. `questions` is the quiz; a new version replaces the text."""

    id = models.CharField(primary_key=True, max_length=40)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=160)
    body = models.TextField()
    questions = models.JSONField(default=list)
    kinds = models.JSONField(default=list)
    task = models.CharField(max_length=10, blank=True, default="")
    legal_basis = models.CharField(max_length=200, blank=True, default="")
    kecamatan = models.JSONField(default=list)
    published_at = models.DateTimeField(null=True)
    delivered_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-published_at", "id"]


class Question(models.Model):
    """A request for instruction, and its answer. Texts stay out of the log."""

    id = models.UUIDField(primary_key=True)
    kecamatan = models.CharField(max_length=8)
    instruction = models.CharField(max_length=40, blank=True, default="")
    text = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="duties_question_answered_ones_have_an_answer",
                condition=models.Q(answered_at__isnull=True) | ~models.Q(answer=""),
            )
        ]


# The tables of what is kept beside the log belong to this app too.
from dekat.duties.accountable_models import KeptFile as KeptFile  # noqa: E402
from dekat.duties.accountable_models import Text as Text  # noqa: E402
from dekat.duties.kept_models import Fact, KeptAnswer, Stamp  # noqa: E402, F401
