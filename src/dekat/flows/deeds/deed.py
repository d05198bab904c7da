"""What a deed is: what it asks the office, which numbers it waits for, how it changes the register, what it yields."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.cases.queries import ApplicationCard
from dekat.cases.questions import Question
from dekat.documents.kinds import DocumentKind
from dekat.kernel.canonical import Json
from dekat.national.statuses import NumberKind


@dataclass(frozen=True)
class NumberAsked:
    """A number that only the national centre gives. `purpose` tells it from others of the same application.

    Facts: `facts` are `national.numbers.NEEDED` of the kind and whatever else helps the centre; the day on which the
    number is asked for (`recorded_on`) is added where it is asked.
    """

    purpose: str
    kind: NumberKind
    facts: Mapping[str, str]


@dataclass(frozen=True, repr=False)
class Paper:
    """A document to be issued, with its text as `documents.contents` shapes it."""

    kind: DocumentKind
    subject: str
    kecamatan: str
    content: Mapping[str, Json]
    supersedes: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class OrderedCard:
    """A KTP-el that waits in the print queue; the application follows it to the hand-over."""

    card_id: UUID


Yield = Paper | OrderedCard


@dataclass(frozen=True, repr=False)
class Order:
    """An approved application with everything that its deed needs.

    Facts: `application.resident_id` and `.family_id` are known; `numbers` by their purpose.
    """

    application: ApplicationCard
    numbers: Mapping[str, str]
    actor: Actor
    now: datetime

    def said(self, key: str) -> str:
        """The text of an answer, the office's before the applicant's; empty when there is none."""
        return self.application.said(key)

    def listed(self, key: str) -> tuple[str, ...]:
        """The texts of an answer that is a list."""
        return self.application.listed(key)

    def mapped(self, key: str) -> dict[str, str]:
        """The texts of an answer that is a mapping, such as what each person is to the head."""
        return self.application.mapped(key)


class Deed(ABC):
    """One service as it is carried out. A deed asks nothing and waits for nothing unless it says so."""

    def asks_office(self, application: ApplicationCard) -> tuple[Question, ...]:
        """What the reviewer must add, with the people of this application as options.

        Facts: it refuses nothing, so that the reviewer can always open the page; `act` says what is wrong.
        """
        return ()

    def numbers(self, application: ApplicationCard) -> tuple[NumberAsked, ...]:
        """What the national centre must give first.

        Facts: the same before and after the deed, by the answers and the decision alone.
        """
        return ()

    @abstractmethod
    def act(self, order: Order) -> tuple[Yield, ...]:
        """Change the register inside the caller's transaction; give the papers and cards that follow.

        Again: the same application changes nothing more.
        """
