"""Questions about instructions: their texts here, and what machines and people said of them in the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.duties.audience import ROLES
from dekat.duties.evidence import may_say
from dekat.duties.files import InstructionFile, files_from
from dekat.duties.models import Instruction, InstructionVersion
from dekat.duties.operating import all_operators
from dekat.duties.quiz import QuizQuestion, from_json
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent

_STEPS = ("delivered", "shown", "acknowledged")
_BOTH = (str(Role.OPERATOR), str(Role.DISTRICT_HEAD))


@dataclass(frozen=True)
class InstructionCard:
    """An instruction as it stands here."""

    id: str
    version: int
    title: str
    body: str
    questions: tuple[QuizQuestion, ...]
    kinds: tuple[str, ...]
    task: str
    legal_basis: str
    kecamatan: tuple[str, ...]
    published_at: datetime | None
    services: tuple[str, ...] = ()
    roles: tuple[str, ...] = _BOTH
    groups: tuple[str, ...] = ()
    files: tuple[InstructionFile, ...] = ()
    change: str = ""
    answers: tuple[str, ...] = ()
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""

    @property
    def pictures(self) -> tuple[InstructionFile, ...]:
        return tuple(one for one in self.files if not one.is_video)

    @property
    def video(self) -> InstructionFile | None:
        return next((one for one in self.files if one.is_video), None)

    def is_for(self, role: str | None) -> bool:
        """Whether officers of this role are asked to acknowledge it."""
        return role in self.roles


@dataclass(frozen=True)
class Issued:
    """An instruction as it was issued; its text stays out of the log."""

    id: str
    version: int
    title: str
    kecamatan: tuple[str, ...]
    issued_at: datetime
    roles: tuple[str, ...] = _BOTH
    legal_basis: str = ""
    body_sha256: str = ""
    event_id: UUID | None = None


@dataclass(frozen=True)
class Receipt:
    """What happened to one instruction in one kecamatan; None means: not (in the present version).

    Facts: of an operator's acknowledgements the first counts; `operators_done` of `operator_count` are those on duty
    now. `events` are the events behind it, by step.
    """

    instruction: str
    kecamatan: str
    delivered_at: datetime | None
    shown_at: datetime | None
    operator_at: datetime | None
    head_at: datetime | None
    section_at: datetime | None = None
    roles: tuple[str, ...] = _BOTH
    operator_count: int = 0
    operators_done: int = 0
    withdrawn_at: datetime | None = None
    events: Mapping[str, SignedEvent] = field(default_factory=dict)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The roles that have not acknowledged it, every operator on duty counted."""
        at = {Role.OPERATOR: self.operator_at, Role.DISTRICT_HEAD: self.head_at, Role.SECTION_HEAD: self.section_at}
        done = {str(role) for role in ROLES if at[role]}
        if self.operators_done < self.operator_count:
            done.discard(str(Role.OPERATOR))
        return tuple(role for role in self.roles if role not in done)

    @property
    def is_complete(self) -> bool:
        return bool(self.delivered_at) and not self.lacking


def instructions(*, kecamatan: str = "") -> list[InstructionCard]:
    """Instructions (of a kecamatan), newest first; drafts have no `published_at`."""
    rows = [_card(row) for row in Instruction.objects.all()]
    return [row for row in rows if not kecamatan or kecamatan in row.kecamatan]


def instruction(instruction_id: str) -> InstructionCard | None:
    """One instruction: at the centre with the draft of its next version, at a station as it is in force."""
    row = Instruction.objects.filter(id=instruction_id).first()
    return _card(row) if row else None


def versions(instruction_id: str) -> list[InstructionCard]:
    """Every version that was published (at a station: that came here), newest first, exactly as it was."""
    row = Instruction.objects.filter(id=instruction_id).first()
    found = InstructionVersion.objects.filter(instruction=instruction_id).order_by("-version")
    return [_version(one, row) for one in found]


def version(instruction_id: str, number: int) -> InstructionCard | None:
    """One published version, exactly as it was."""
    return next((card for card in versions(instruction_id) if card.version == number), None)


def instruction_file(sha256: str) -> InstructionFile | None:
    """The picture or video of this name, if any instruction here ever had it."""
    kept = [row.content["files"] for row in InstructionVersion.objects.all()]
    kept += list(Instruction.objects.values_list("files", flat=True))
    return next((one for raw in kept for one in files_from(raw) if one.sha256 == sha256), None)


def in_force() -> list[InstructionCard]:
    """The newest published version of every instruction that is not withdrawn, by title."""
    newest = [found[0] for row in Instruction.objects.filter(withdrawn_at=None) if (found := versions(row.id))]
    return sorted(newest, key=lambda card: (card.title, card.id))


def issued(*, as_of: datetime | None = None, also_withdrawn: bool = False) -> list[Issued]:
    """The newest version of every instruction in force (before an instant, else now), newest first, from the log.

    Facts: what was withdrawn is left out unless asked for.
    """
    latest: dict[str, Issued] = {}
    for event in filter(may_say, ledger.events(names=["duties.instruction.issued"], until=as_of)):
        found = _issued(event)
        known = latest.get(found.id)
        if known is None or known.version <= found.version:
            latest[found.id] = found
    ended: set[tuple[object, object]] = set()
    if not also_withdrawn:
        withdrawn = filter(may_say, ledger.events(names=["duties.instruction.withdrawn"], until=as_of))
        ended = {(event.data.get("instruction"), event.data.get("version")) for event in withdrawn}
    standing = [one for one in latest.values() if (one.id, one.version) not in ended]
    return sorted(standing, key=lambda one: (one.issued_at, one.id), reverse=True)


def receipts(instruction_id: str) -> list[Receipt]:
    """For each addressed kecamatan: delivered, shown, acknowledged by whom, in the version issued last."""
    return all_receipts().get(instruction_id, [])


def all_receipts() -> dict[str, list[Receipt]]:
    """The receipts of every instruction in the version issued last, read from the log once."""
    said: dict[tuple[str, str, int], list[SignedEvent]] = {}
    names = [f"duties.instruction.{step}" for step in (*_STEPS, "withdrawn")]
    for event in filter(may_say, ledger.events(names=names)):
        version = int(str(event.data.get("version", 0)))
        said.setdefault((_place(event), str(event.data.get("instruction")), version), []).append(event)
    on_duty = all_operators()
    return {
        one.id: [_receipt(one, code, said.get((code, one.id, one.version), []), on_duty) for code in one.kecamatan]
        for one in issued(also_withdrawn=True)
    }


def said_of(step: str, instruction_id: str, version: int, actor: Actor) -> bool:
    """Whether this officer already said so of this version."""
    found = ledger.events(names=[f"duties.instruction.{step}"], subject=f"kecamatan:{actor.kecamatan}")
    return any(
        event.actor == actor.label
        and event.data.get("instruction") == instruction_id
        and event.data.get("version") == version
        for event in found
    )


def is_acknowledged(*, card: InstructionCard, kecamatan: str, actor: str) -> bool:
    """Whether this officer acknowledged the present version."""
    return (card.id, card.version) in _acknowledged(kecamatan, actor)


def unread(*, kecamatan: str, actor: str, role: str = "") -> list[InstructionCard]:
    """The instructions at this station that the officer has not acknowledged yet, oldest first.

    Facts: an officer who came later gets what is in force; `role` leaves out what asks nothing of that role.
    """
    done = _acknowledged(kecamatan, actor)
    return [
        card
        for card in reversed(instructions(kecamatan=kecamatan))
        if card.published_at
        and not card.withdrawn_at
        and (not role or card.is_for(role))
        and (card.id, card.version) not in done
    ]


def _acknowledged(kecamatan: str, actor: str) -> set[tuple[object, object]]:
    found = ledger.events(names=["duties.instruction.acknowledged"], subject=f"kecamatan:{kecamatan}")
    return {(event.data.get("instruction"), event.data.get("version")) for event in found if event.actor == actor}


def _receipt(
    card: Issued, code: str, said: Sequence[SignedEvent], on_duty: Mapping[str, Mapping[str, datetime]]
) -> Receipt:
    steps: dict[str, SignedEvent] = {}
    by_operator: set[str] = set()
    for event in said:
        step, role = event.name.rpartition(".")[2], str(event.data.get("role", ""))
        steps.setdefault(role or step, event)
        if role == Role.OPERATOR:
            by_operator.add(event.actor.partition(":")[2])
    at = {step: event.occurred_at for step, event in steps.items()}
    here = on_duty.get(code, {})
    return Receipt(
        instruction=card.id,
        kecamatan=code,
        delivered_at=at.get("delivered"),
        shown_at=at.get("shown"),
        operator_at=at.get(Role.OPERATOR),
        head_at=at.get(Role.DISTRICT_HEAD),
        section_at=at.get(Role.SECTION_HEAD),
        roles=card.roles,
        operator_count=len(here),
        operators_done=len(by_operator & set(here)),
        withdrawn_at=at.get("withdrawn"),
        events=steps,
    )


def _issued(event: SignedEvent) -> Issued:
    return Issued(
        id=event.subject.partition(":")[2],
        version=int(str(event.data["version"])),
        title=str(event.data["title"]),
        kecamatan=_texts(event.data.get("to")),
        issued_at=event.occurred_at,
        roles=_texts(event.data.get("roles")) or _BOTH,
        legal_basis=str(event.data.get("legal_basis", "")),
        body_sha256=str(event.data.get("body_sha256", "")),
        event_id=event.id,
    )


def _place(event: SignedEvent) -> str:
    return event.subject.partition(":")[2]


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _card(row: Instruction) -> InstructionCard:
    return _made(
        {name: getattr(row, name) for name in ("title", "body", "questions", "kinds", "task", "legal_basis",
         "kecamatan", "services", "roles", "files", "change")},
        id=row.id, version=row.version, published_at=row.published_at, groups=tuple(row.groups),
        answers=tuple(row.answers), withdrawn_at=row.withdrawn_at, withdrawn_why=row.withdrawn_why,
    )  # fmt: skip


def _version(row: InstructionVersion, now: Instruction | None) -> InstructionCard:
    return _made(
        row.content,
        id=row.instruction,
        version=row.version,
        published_at=row.published_at,
        groups=tuple(now.groups) if now else (),
        withdrawn_at=now.withdrawn_at if now else None,
        withdrawn_why=now.withdrawn_why if now else "",
    )


def _made(content: Mapping[str, Any], **facts: Any) -> InstructionCard:
    return InstructionCard(
        title=content["title"],
        body=content["body"],
        questions=from_json(content["questions"]),
        kinds=tuple(content["kinds"]),
        task=content["task"],
        legal_basis=content["legal_basis"],
        kecamatan=tuple(content["kecamatan"]),
        services=tuple(content["services"]),
        roles=tuple(content["roles"]) or _BOTH,
        files=files_from(content["files"]),
        change=content["change"],
        **facts,
    )
