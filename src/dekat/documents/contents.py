"""The gate of what papers say: whether a content is whole, and the few facts of it that the stamp repeats."""

from collections.abc import Mapping, Sequence

from dekat.documents.kinds import DocumentKind, SheetKind
from dekat.documents.papers import PAPERS, Content, Shape, count
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError

MOST_INITIALS = 6


class ContentIncomplete(DekatError):
    """The paper lacks a text, so it was not made."""

    code = "documents.content.incomplete"


def check(kind: DocumentKind | SheetKind, content: Content) -> None:
    """Say nothing when the content has exactly the shape of its kind.

    Refuses: documents.content.incomplete.
    """
    _check(dict(PAPERS[kind].shape), content, str(kind))


def _check(shape: Shape, value: Json, place: str) -> None:
    match shape:
        case dict():
            if not isinstance(value, Mapping) or value.keys() != shape.keys():
                found = value.keys() if isinstance(value, Mapping) else set()
                raise ContentIncomplete(place=place, fields=", ".join(sorted(shape.keys() ^ found)))
            for key, inner in shape.items():
                _check(inner, value[key], f"{place}.{key}")
        case list():
            if not isinstance(value, Sequence) or isinstance(value, str):
                raise ContentIncomplete(place=place, fields="[]")
            for item in value:
                _check(shape[0], item, place)
        case _:
            if not isinstance(value, str):
                raise ContentIncomplete(place=place, fields="text")


def expected_pages(kind: DocumentKind | SheetKind, content: Content) -> int | None:
    """How many pages the paper must have; None where its length follows its lists."""
    pages = PAPERS[kind].pages
    return pages(content) if pages else None


def number_tail(kind: DocumentKind, content: Content) -> str:
    """The last four letters of the paper's own number: enough to compare, too little to know a person by."""
    return str(content[PAPERS[kind].number])[-4:]


def initials(kind: DocumentKind, content: Content) -> str:
    """The initials of whom the paper is about (`SK`), without titles; empty for papers about things."""
    bearer = PAPERS[kind].bearer
    name = str(content[bearer]) if bearer else ""
    return "".join(word[0] for word in name.split() if word[0].isalpha())[:MOST_INITIALS].upper()


def counted(kind: DocumentKind, content: Content) -> int:
    """How many members, cards, things or events the paper lists; 0 for a paper that lists nothing."""
    listed = PAPERS[kind].counted
    return count(content, listed) if listed else 0
