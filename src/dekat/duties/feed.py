"""What arrives for duties: instructions and answers at the station, questions at the centre."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import machine
from dekat.accounts.queries import own_identity
from dekat.duties.acknowledging import receive_instruction
from dekat.duties.models import PublicAnswer, Question
from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso


def apply_instruction(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Keep a published instruction at this station; the station signs its delivery receipt."""
    own = own_identity().node
    receive_instruction(
        item_id=item_id, node=node, body=body, now=now, own=replace(machine(own.name), kecamatan=own.kecamatan)
    )


def apply_answer(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Keep the answer to a question of this station."""
    Question.objects.filter(id=UUID(str(body["id"]))).update(
        answer=str(body["answer"]), answered_at=from_iso(str(body["answered_at"]))
    )


def apply_public_answer(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Keep a question and its answer that every kecamatan may read."""
    words = {"asked": str(body["asked"]), "answer": str(body["answer"])}
    published_at = from_iso(str(body["published_at"]))
    PublicAnswer.objects.update_or_create(
        question=UUID(str(body["id"])), defaults={**words, "published_at": published_at}
    )


def apply_question(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Keep a station's question at the centre; the event travels by itself in the station's log."""
    Question.objects.get_or_create(
        id=UUID(str(body["id"])),
        defaults={
            "kecamatan": node.partition("-")[2],
            "instruction": str(body["instruction"]),
            # The release before this one asked about no device.
            "device": str(body.get("device", ""))[:60],
            "text": str(body["text"]),
            "asked_at": from_iso(str(body["asked_at"])),
        },
    )
