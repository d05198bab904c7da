"""Who may record: what duties know of an operator, asked through a port because enrolment lies below them."""

from collections.abc import Callable

from dekat.accounts.actor import Actor

Competence = Callable[[Actor], str | None]


def _not_asked(actor: Actor) -> str | None:
    return ""


_source: Competence = _not_asked


def use_competence(source: Competence) -> None:
    """Wire who knows: the reference of the operator's passed test, empty where none is asked for, None to refuse."""
    global _source
    _source = source


def competence_of(actor: Actor) -> str | None:
    """The reference that travels in the packet; None when this operator may not record yet."""
    return _source(actor)
