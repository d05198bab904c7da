"""`application/1`: an application on its way from a station to the centre."""

from collections.abc import Mapping
from uuid import UUID

from dekat.cases.catalogue import ServiceCode
from dekat.cases.services import Draft
from dekat.cases.states import Channel
from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso, iso

MESSAGE_KIND = "application/1"
# How long each may be, as the table keeps them.
_TEXTS = {"code": 12, "kecamatan": 8, "stated_nik": 16, "stated_family_card_no": 16, "phone": 20}


def draft_message(draft: Draft) -> dict[str, Json]:
    """The draft as JSON."""
    return {
        **{name: str(getattr(draft, name)) for name in _TEXTS},
        "id": str(draft.application_id),
        "service": str(draft.service),
        "answers": dict(draft.answers),
        "submitted_at": iso(draft.submitted_at),
    }


def draft_from(body: Mapping[str, Json]) -> Draft:
    """The draft that a station sent. Whom its numbers name, the centre finds out itself.

    Facts: raises ValueError or KeyError where the message is not made as its kind says.
    """
    texts = {name: str(body[name]) for name in _TEXTS}
    if any(len(texts[name]) > longest for name, longest in _TEXTS.items()):
        raise ValueError("too long")
    return Draft(
        **texts,
        application_id=UUID(str(body["id"])),
        service=ServiceCode(str(body["service"])),
        answers=_answers(body),
        channel=Channel.STATION,
        resident_id=None,
        family_id=None,
        submitted_at=from_iso(str(body["submitted_at"])),
    )


def _answers(body: Mapping[str, Json]) -> dict[str, Json]:
    """What was answered; a station of an earlier release told of one element only."""
    if isinstance(body.get("answers"), Mapping):
        return dict(body["answers"])  # type: ignore[arg-type]
    earlier = {key: str(body.get(key, "")) for key in ("element", "new_value")}
    return {key: value for key, value in earlier.items() if value}
