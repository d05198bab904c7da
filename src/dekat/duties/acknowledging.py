"""A station holds an instruction: its receipt, who opened it, who says that it is understood."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor, machine
from dekat.accounts.roles import Role
from dekat.duties.competence import PROVED_BY_QUIZ, Stage
from dekat.duties.files import content_of, files_from
from dekat.duties.instructed import said_of
from dekat.duties.instructing import FIELDS, InstructionNotInForce, InstructionUnknown
from dekat.duties.models import Instruction, InstructionVersion
from dekat.duties.operating import Proof, record_competence
from dekat.duties.quiz import Result, from_json, mark
from dekat.duties.saying import say_of
from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso
from dekat.kernel.errors import DekatError
from dekat.sync import services as sync

VIDEO_KIND = "instruction_video/1"
# What the release before this one did not say.
_EARLIER: Mapping[str, Json] = {"services": [], "roles": [Role.OPERATOR, Role.DISTRICT_HEAD], "files": [], "change": ""}


class QuizNotPassed(DekatError):
    """The quiz was not answered well enough to say that the instruction is understood."""

    code = "duties.instruction.quiz_not_passed"


class VersionPassed(DekatError):
    """Another version came while the officer was reading; nobody acknowledges what they did not see."""

    code = "duties.instruction.version_passed"


def receive_instruction(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime, own: Actor) -> None:
    """Keep an instruction at its station and sign the delivery receipt.

    Facts: `own` is the station as a machine actor with its kecamatan. Its pictures are fetched with it; its video
    comes after everything else. What is withdrawn stays readable and gets no receipt.
    Again: a version already held is neither kept nor receipted twice.
    """
    name, version = str(body["id"]), int(str(body["version"]))
    withdrawn = {
        "withdrawn_at": from_iso(str(body["withdrawn_at"])) if body.get("withdrawn_at") else None,
        "withdrawn_why": str(body.get("withdrawn_why", "")),
    }
    content = {key: body[key] if key in body else _EARLIER[key] for key in FIELDS}
    row = Instruction.objects.filter(id=name).first()
    held = row.delivered_version if row else 0
    if held > version:
        return
    with transaction.atomic():
        if held == version:
            Instruction.objects.filter(id=name).update(**withdrawn)
            return
        facts = {**content, **withdrawn, "version": version, "published_at": now, "delivered_version": version}
        Instruction.objects.update_or_create(id=name, defaults=facts)
        issued_at = from_iso(str(body["issued_at"])) if "issued_at" in body else now
        InstructionVersion.objects.get_or_create(
            instruction=name, version=version, defaults={"content": content, "published_at": issued_at}
        )
        if withdrawn["withdrawn_at"]:
            return
        _want_video(content, now)
        say_of(own.kecamatan, "instruction.delivered", {"instruction": name, "version": version}, own, now)


def keep_video(*, sha256: str, content: bytes, now: datetime) -> None:
    """Keep the fetched bytes of a video; what sync calls for them.

    Again: kept once.
    """
    sync.publish_blob(content)


def note_shown(*, instruction_id: str, actor: Actor, now: datetime) -> None:
    """Record that an instruction was opened on the screen by somebody of the kecamatan.

    Again: once for each officer and version.
    Refuses: duties.instruction.unknown.
    """
    row = _instruction(instruction_id)
    if said_of("shown", row.id, row.version, actor):
        return
    data: dict[str, Json] = {"instruction": row.id, "version": row.version, "by": actor.office}
    say_of(actor.kecamatan, "instruction.shown", data, actor, now)


def acknowledge(
    *, instruction_id: str, chosen: Mapping[int, int], actor: Actor, now: datetime, version: int = 0
) -> Result:
    """Record that a named officer says the instruction is understood; an operator passes its quiz for that.

    Facts: `chosen` maps the place of a question to the place of the choice; `version` is what was on the screen.
    Camat and kepala seksi answer for their kecamatan without a quiz: domain 4.2 asks for their reading and, apart from
    it, for the test of who operates; a test of a hand that never operates would prove nothing and keep a device idle.
    A quiz proves competence for the tasks in `competence.PROVED_BY_QUIZ` only; who records residents learns and is
    observed (`training`).
    Again: an officer acknowledges a version once.
    Refuses: duties.instruction.unknown, duties.instruction.quiz_not_passed, duties.instruction.version_passed,
    duties.instruction.not_in_force.
    """
    row = _instruction(instruction_id)
    if row.withdrawn_at:
        raise InstructionNotInForce
    if version and version != row.version:
        raise VersionPassed
    is_operator = actor.role == Role.OPERATOR
    result = mark(from_json(row.questions) if is_operator else (), chosen)
    if not result.is_passed:
        raise QuizNotPassed(right=result.right, total=result.total)
    if said_of("acknowledged", row.id, row.version, actor):
        return result
    data: dict[str, Json] = {"instruction": row.id, "version": row.version, "by": actor.office, "role": str(actor.role)}
    if is_operator:
        data["score"] = result.percent
    with transaction.atomic():
        say_of(actor.kecamatan, "instruction.acknowledged", data, actor, now)
        if is_operator and row.questions and row.task in PROVED_BY_QUIZ:
            record_competence(
                kecamatan=actor.kecamatan,
                operator=str(actor.account_id),
                task=row.task,
                is_passed=True,
                score=result.percent,
                proof=Proof(Stage.QUIZ),
                actor=machine(actor.node),
                now=now,
            )
    return result


def _want_video(content: Mapping[str, Json], now: datetime) -> None:
    raw = content["files"]
    for one in files_from([item for item in raw if isinstance(item, Mapping)] if isinstance(raw, list) else []):
        if one.is_video and content_of(one.sha256) is None:
            sync.want_blob(sha256=one.sha256, now=now, kind=VIDEO_KIND)


def _instruction(instruction_id: str) -> Instruction:
    row = Instruction.objects.filter(id=instruction_id).exclude(published_at=None).first()
    if row is None:
        raise InstructionUnknown
    return row
