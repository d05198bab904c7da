"""The registry office instructs: write, attach, publish, reach newcomers, withdraw."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.duties.asking import answer_with_version
from dekat.duties.audience import members, roles_of, services_of
from dekat.duties.files import VideoAlone, files_from, keep_file
from dekat.duties.models import Instruction, InstructionVersion
from dekat.duties.quiz import QuizQuestion, as_json
from dekat.duties.saying import say_of
from dekat.kernel.canonical import Json
from dekat.kernel.clock import iso
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record
from dekat.sync import services as sync

INSTRUCTION_FEED, OFFICE = "instruction/1", "DISPENDUKCAPIL"
# What travels. An earlier release of a station wants the first seven and leaves out what it does not know.
FIELDS = (
    "title", "body", "questions", "kinds", "task", "legal_basis", "kecamatan", "services", "roles", "files", "change",
)  # fmt: skip


class InstructionUnknown(DekatError):
    """No instruction has this id here."""

    code = "duties.instruction.unknown"


class InstructionIncomplete(DekatError):
    """An instruction needs a title, a text, a service, a role and at least one kecamatan."""

    code = "duties.instruction.incomplete"


class ChangeUntold(DekatError):
    """A new version does not say in words what it changes."""

    code = "duties.instruction.change_untold"


class WithdrawalUnexplained(DekatError):
    """An instruction is withdrawn only with a reason that its readers can read."""

    code = "duties.instruction.withdrawal_unexplained"


class InstructionNotInForce(DekatError):
    """The instruction was never published, or is withdrawn already."""

    code = "duties.instruction.not_in_force"


@dataclass(frozen=True)
class Text:
    """What an instruction says and to whom.

    Facts: `kinds` are the kinds of device it is about (none: it moves no turn), `task` (RECORD, PRINT) what its quiz is
    about, `groups` name kecamatan by what they hold, `change` says what is new, `answers` are questions it answers.
    """

    title: str
    body: str
    questions: Sequence[QuizQuestion]
    kinds: Sequence[str]
    kecamatan: Sequence[str]
    legal_basis: str = ""
    task: str = ""
    services: Sequence[str] = ()
    roles: Sequence[str] = (Role.OPERATOR, Role.DISTRICT_HEAD)
    groups: Sequence[str] = ()
    change: str = ""
    answers: Sequence[str] = ()

    def as_fields(self) -> dict[str, Json]:
        """The values as they are kept."""
        kecamatan = {*self.kecamatan, *members(self.groups)}
        return {
            "title": self.title.strip(),
            "body": self.body.strip().replace("\r\n", "\n"),
            "questions": list(as_json(self.questions)),
            "kinds": sorted(self.kinds),
            "services": sorted(self.services) or services_of(self.kinds),
            "roles": list(roles_of(self.roles, self.kinds)),
            "groups": sorted(self.groups),
            "kecamatan": sorted(kecamatan),
            "legal_basis": self.legal_basis.strip(),
            "task": self.task,
            "change": self.change.strip(),
            "answers": sorted(self.answers),
        }


def write_instruction(*, instruction_id: str, text: Text, actor: Actor, now: datetime) -> int:
    """Keep a draft, or the next version of a published instruction; give its version.

    Again: the same text keeps its version.
    Refuses: duties.instruction.incomplete.
    """
    fields = text.as_fields()
    if not all(fields[key] for key in ("title", "body", "kecamatan", "services", "roles")):
        raise InstructionIncomplete
    with transaction.atomic():
        row, is_new = Instruction.objects.select_for_update().get_or_create(id=instruction_id, defaults=fields)
        # Saying what changed is no change.
        told = {"change", "answers"} if row.published_at else set()
        if not is_new and any(getattr(row, key) != value for key, value in fields.items() if key not in told):
            _revise(row)
            for key, value in fields.items():
                setattr(row, key, value)
            row.save()
        return row.version


def attach_file(*, instruction_id: str, raw: bytes, words: str, is_video: bool, actor: Actor, now: datetime) -> str:
    """Add a picture or the video to a draft, or to the next version; give the name that the text may call it by.

    Refuses: duties.instruction.unknown and what `files.keep_file` refuses.
    """
    with transaction.atomic():
        row = _locked(instruction_id)
        kept = keep_file(raw, words=words, is_video=is_video, others=files_from(row.files))
        _revise(row)
        row.files = [*row.files, kept.as_json()]
        row.save()
    return kept.name


def detach_file(*, instruction_id: str, name: str, actor: Actor, now: datetime) -> None:
    """Leave a picture or the video out of the draft, or of the next version; published versions keep it.

    Again: nothing is left to remove.
    Refuses: duties.instruction.unknown.
    """
    with transaction.atomic():
        row = _locked(instruction_id)
        others = [one for one in row.files if one["name"] != name]
        if len(others) < len(row.files):
            _revise(row)
            row.files = others
            row.save()


def publish_instruction(*, instruction_id: str, actor: Actor, now: datetime) -> None:
    """Issue an instruction to its kecamatan; the feed carries it, each station answers with its delivery receipt.

    Facts: it answers the questions it names. A kecamatan that the version before addressed and this one does not is
    told that it holds there no longer.
    Again: a published version is not issued twice.
    Refuses: duties.instruction.unknown, duties.instruction.change_untold, duties.file.video_alone.
    Law: permenpan-35-2012
    """
    with transaction.atomic():
        row = _locked(instruction_id)
        if row.published_at:
            return
        if row.version > 1 and not row.change:
            raise ChangeUntold
        files = files_from(row.files)
        if files and all(one.is_video for one in files):
            raise VideoAlone
        before = _last_version(row.id)
        row.kecamatan = sorted({*row.kecamatan, *members(row.groups)})
        row.published_at, row.withdrawn_at, row.withdrawn_why = now, None, ""
        row.save()
        content = {key: getattr(row, key) for key in FIELDS}
        version = InstructionVersion.objects.create(
            instruction=row.id, version=row.version, content=content, published_at=now
        )
        _issue(version, to=row.kecamatan, actor=actor, by=actor.office, now=now)
        if before:
            gone = set(before.content["kecamatan"]) - set(row.kecamatan)
            _take_back(before, gone, why=row.change, actor=actor, now=now)
        answer_with_version(row.answers, row.id, row.version, change=row.change or row.title, actor=actor, now=now)


def reach_newcomers(*, actor: Actor, now: datetime) -> int:
    """Issue what is in force to the kecamatan that joined a group it names since; give how many were reached.

    Again: who was reached is not reached twice.
    """
    reached = 0
    for row in Instruction.objects.filter(withdrawn_at=None).exclude(groups=[]).order_by("id"):
        with transaction.atomic():
            row = _locked(row.id)
            version = _last_version(row.id)
            new = members(row.groups) - set(version.content["kecamatan"]) if version else set()
            if not version or not new:
                continue
            version.content = {**version.content, "kecamatan": sorted({*version.content["kecamatan"], *new})}
            version.save(update_fields=["content"])
            row.kecamatan = sorted({*row.kecamatan, *new})
            row.save(update_fields=["kecamatan"])
            _issue(version, to=sorted(new), actor=actor, by=OFFICE, now=now)
            reached += len(new)
    return reached


def withdraw_instruction(*, instruction_id: str, why: str, actor: Actor, now: datetime) -> None:
    """Take an instruction out of force everywhere; it stays readable, with the reason, and waits for nobody.

    Refuses: duties.instruction.unknown, duties.instruction.not_in_force, duties.instruction.withdrawal_unexplained.
    """
    if not why.strip():
        raise WithdrawalUnexplained
    with transaction.atomic():
        row, version = _locked(instruction_id), _last_version(instruction_id)
        if version is None or row.withdrawn_at:
            raise InstructionNotInForce
        row.withdrawn_at, row.withdrawn_why = now, why.strip()
        row.save(update_fields=["withdrawn_at", "withdrawn_why"])
        _take_back(version, version.content["kecamatan"], why=why.strip(), actor=actor, now=now)


def message(version: InstructionVersion, *, withdrawn: Mapping[str, str] | None = None) -> dict[str, Json]:
    """An instruction as the feed carries it."""
    body: dict[str, Json] = {"id": version.instruction, "version": version.version, **version.content}
    return {**body, "issued_at": iso(version.published_at), **(withdrawn or {})}


def _issue(version: InstructionVersion, *, to: Iterable[str], actor: Actor, by: str, now: datetime) -> None:
    content = version.content
    files = files_from(content["files"])
    data: dict[str, Json] = {
        "by": by,
        "version": version.version,
        "title": content["title"],
        "to": list(content["kecamatan"]),
        "kinds": list(content["kinds"]),
        "roles": list(content["roles"]),
        "body_sha256": body_sha256(content["body"]),
    }
    if content["legal_basis"]:
        data["legal_basis"] = content["legal_basis"]
    if files:
        data["files_sha256"] = [one.sha256 for one in files]
    record(
        name="duties.instruction.issued",
        subject=f"instruction:{version.instruction}",
        actor=actor.label,
        data=data,
        now=now,
    )
    pictures = [one.sha256 for one in files if not one.is_video]
    for kecamatan in to:
        sync.publish(
            scope=kecamatan,
            kind=INSTRUCTION_FEED,
            key=version.instruction,
            body=message(version),
            blobs=pictures,
            now=now,
        )


def _take_back(version: InstructionVersion, places: Iterable[str], *, why: str, actor: Actor, now: datetime) -> None:
    withdrawn = {"withdrawn_at": iso(now), "withdrawn_why": why}
    data: dict[str, Json] = {
        "by": actor.office,
        "instruction": version.instruction,
        "version": version.version,
        "why_sha256": sha256(why.encode()).hexdigest(),
    }
    for kecamatan in sorted(places):
        say_of(kecamatan, "instruction.withdrawn", dict(data), actor, now)
        body = message(version, withdrawn=withdrawn)
        sync.publish(scope=kecamatan, kind=INSTRUCTION_FEED, key=version.instruction, body=body, now=now)


def body_sha256(body: str) -> str:
    """How the log names a text."""
    return sha256(body.encode()).hexdigest()


def _revise(row: Instruction) -> None:
    """What is changed after its publication becomes the draft of the next version."""
    if row.published_at:
        row.version, row.published_at, row.change, row.answers = row.version + 1, None, "", []


def _locked(instruction_id: str) -> Instruction:
    row = Instruction.objects.select_for_update().filter(id=instruction_id).first()
    if row is None:
        raise InstructionUnknown
    return row


def _last_version(instruction_id: str) -> InstructionVersion | None:
    return InstructionVersion.objects.filter(instruction=instruction_id).order_by("-version").first()
