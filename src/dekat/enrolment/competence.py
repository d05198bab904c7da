"""Who may record: what duties know of an operator, asked through a port because enrolment lies below them."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.kernel.errors import DekatError


class NotCompetent(DekatError):
    """The operator has not yet shown that they can record, so live work is closed to them."""

    code = "enrolment.operator_not_competent"


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


def check_may_go_on(*, begun_by: UUID, actor: Actor, now: datetime) -> None:
    """Say nothing to who began a live recording, however late it is finished, and to everybody who may begin one.

    Refuses: enrolment.operator_not_competent.
    """
    if actor.account_id != begun_by and competence_of(actor, now=now) is None:
        raise NotCompetent
