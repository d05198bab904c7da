"""Who may record: what duties know of an operator, asked through a port because enrolment lies below them."""

from collections.abc import Callable
from datetime import datetime

from dekat.accounts.actor import Actor

Competence = Callable[[Actor, datetime], str | None]


def _nobody(actor: Actor, now: datetime) -> str | None:
    return None


_source: Competence = _nobody


def use_competence(source: Competence) -> None:
    """Wire who knows: the reference of the operator's proof, None to refuse."""
    global _source
    _source = source


def competence_of(actor: Actor, *, now: datetime) -> str | None:
    """The reference that travels in the packet; None when this operator may not record live."""
    return _source(actor, now)
