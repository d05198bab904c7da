"""Why this answer: each link of the chain with its proof and its rule, and each pass of the turn. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from dekat.duties.answer import Answer, State, Stint
from dekat.duties.chain import Standing, Unmet
from dekat.duties.holder import How
from dekat.duties.rulebook import Rule, Rulebook, rulebook


@dataclass(frozen=True)
class LinkView:
    """One link of the chain as the answer found it.

    Facts: `events` meet it or show that it is unmet; `rules` may speak when it is unmet, one of them while it is.
    """

    link: str
    is_met: bool
    is_asked: bool
    events: tuple[UUID, ...]
    rules: tuple[Rule, ...]
    causes: tuple[str, ...]


@dataclass(frozen=True)
class Pass:
    """An instant at which the turn came to somebody, or to nobody while the device works or after its write-off.

    Facts: `how` is a word of `holder.How`, or the state; `missed_by` let the deadline before pass; `act` is the event
    that passed the turn; `cause` shows the unmet link.
    """

    at: datetime
    how: str
    party: str
    desk: str
    due_at: datetime | None
    code: str
    link: str
    rule_id: str
    law: str
    missed_by: str
    act: UUID | None
    cause: tuple[UUID, ...]


@dataclass(frozen=True)
class Explanation:
    """An answer with its reasons: the chain in its order, and every pass of the turn, oldest first."""

    answer: Answer
    links: tuple[LinkView, ...]
    passes: tuple[Pass, ...]

    @property
    def recent(self) -> tuple[Pass, ...]:
        """The passes since the device came into its present state."""
        return tuple(one for one in self.passes if one.at >= self.answer.since) or self.passes[-1:]


def explain(answer: Answer) -> Explanation:
    """Say why: nothing is found anew, so what a page shows cannot differ from the answer.

    Facts: events are named by id; the log (`ledger.queries.event`) or the file of the history holds them.
    """
    book = rulebook(answer.rules_from)
    links = tuple(_view(link, standing, answer, book) for link, standing in answer.standings)
    return Explanation(answer, links, tuple(_passes(answer, book)))


def _view(link: str, standing: Standing, answer: Answer, book: Rulebook) -> LinkView:
    rules = tuple(rule for rule in book.rules.values() if rule.link == link)
    is_asked = answer.is_idle and link == answer.link
    if link == "acknowledged" and not standing:
        # No instruction came, so there was nothing to acknowledge: the chain passes over it, nobody met it.
        return LinkView(link, False, False, (), rules[:1], ())
    if not isinstance(standing, Unmet):
        return LinkView(link, True, is_asked, standing, rules, ())
    if link == "demand" and answer.is_in_use:
        return LinkView(link, True, False, answer.evidence[-1:], rules, ())
    return LinkView(link, False, is_asked, standing.cause, (book.rules[standing.rule_id],), standing.causes)


def _passes(answer: Answer, book: Rulebook) -> Iterator[Pass]:
    before = Stint(answer.history[0].start, answer.history[0].start, State.IN_USE)
    for last, stint in pairwise([before, *answer.history]):
        rule = book.rules.get(stint.rule_id)
        is_missed = stint.how == How.MISSED
        step = book.step_from(last.desk, via=last.via) if is_missed else None
        yield Pass(
            at=stint.start,
            how=stint.how or str(stint.state),
            party=stint.party,
            desk=stint.desk,
            due_at=stint.due_at,
            code=stint.code,
            link=stint.link,
            rule_id=stint.rule_id,
            law=step.law if step else rule.law if rule else "",
            missed_by=last.party if is_missed else "",
            act=None if is_missed else stint.act,
            cause=stint.cause,
        )
