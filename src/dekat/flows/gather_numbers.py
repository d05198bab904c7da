"""Questions for NIK and nomor KK travel to the national centre, the numbers back. Done by the centre's worker."""

import logging
from collections.abc import Callable
from datetime import datetime

from dekat.accounts.actor import Actor
from dekat.kernel.errors import DekatError
from dekat.national import numbers
from dekat.national.numbers import Question
from dekat.national.ports import Gateway, NationalCentreAway

logger = logging.getLogger(__name__)


def gather_numbers(*, gateway: Gateway, actor: Actor, now: Callable[[], datetime]) -> int:
    """Carry every open question on, the oldest first; give how many numbers came.

    Facts: before a question is told, the centre is asked whether it holds it: whatever died in between, nothing is
    asked twice. What the centre refuses or answers wrongly stays open and holds nobody else up.
    Refuses: national.centre_away.
    """
    return sum(_carry_on(question, gateway, actor, now()) for question in numbers.open_questions())


def _carry_on(question: Question, gateway: Gateway, actor: Actor, now: datetime) -> bool:
    try:
        return _settle(question, gateway, actor, now)
    except NationalCentreAway:
        raise
    except DekatError as refusal:
        facts = {"reference": str(question.reference), "code": refusal.code}
        logger.warning("national.number.not_settled", extra=facts)
        return False


def _settle(question: Question, gateway: Gateway, actor: Actor, now: datetime) -> bool:
    reference, kind = question.reference, question.kind
    word = gateway.number(reference=reference, kind=kind)
    if word is None:
        gateway.ask_number(reference=reference, kind=kind, facts=question.facts)
    if not question.is_sent:
        numbers.note_number_sent(reference=reference, actor=actor, now=now)
    if word is None or word.number is None:
        return False
    numbers.note_number_given(reference=reference, number=word.number, at=word.at or now, actor=actor, now=now)
    return True
