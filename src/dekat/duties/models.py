from django.db import models
from django.db.models import Value

# The release before this one writes rows without these columns while a centre is upgraded.
_NOTHING = Value([], models.JSONField())


class Instruction(models.Model):
    """What the registry office tells kecamatan to do: the text in work at the centre, the text in force at a station.

    `questions` is the quiz, `files` its pictures and its video, `change` what the version changes in words, `answers`
    the questions that its publication answers. What was published before lies in `InstructionVersion`.
    """

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
    services = models.JSONField(default=list, db_default=_NOTHING)
    roles = models.JSONField(default=list, db_default=_NOTHING)
    groups = models.JSONField(default=list, db_default=_NOTHING)
    files = models.JSONField(default=list, db_default=_NOTHING)
    change = models.TextField(blank=True, default="", db_default="")
    answers = models.JSONField(default=list, db_default=_NOTHING)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(blank=True, default="", db_default="")

    class Meta:
        ordering = ["-published_at", "id"]


class InstructionVersion(models.Model):
    """An instruction exactly as it was published once; never changed, so that it stays readable what was in force.

    `content` is what travels (`instructing.message`); only `kecamatan` in it grows when it reaches a newcomer.
    """

    instruction = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    content = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["instruction", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["instruction", "version"], name="duties_instructionversion_one_per_number")
        ]


class Question(models.Model):
    """A request for instruction about an instruction, a device or anything; texts stay out of the log."""

    id = models.UUIDField(primary_key=True)
    kecamatan = models.CharField(max_length=8)
    instruction = models.CharField(max_length=40, blank=True, default="")
    device = models.CharField(max_length=60, blank=True, default="", db_default="")
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


class PublicAnswer(models.Model):
    """A question and its answer, in words that name nobody, for every kecamatan and the public."""

    question = models.UUIDField(primary_key=True)
    asked = models.TextField()
    answer = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-published_at", "question"]


# The tables of what is kept beside the log belong to this app too.
from dekat.duties.accountable_models import KeptFile as KeptFile  # noqa: E402
from dekat.duties.accountable_models import Text as Text  # noqa: E402
from dekat.duties.kept_models import Fact, KeptAnswer, Stamp  # noqa: E402, F401
