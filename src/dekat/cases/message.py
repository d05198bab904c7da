"""`application/1`: an application on its way from a station to the centre."""

from collections.abc import Mapping
from uuid import UUID

from dekat.cases.catalogue import ServiceCode
from dekat.cases.services import Draft
from dekat.cases.states import Channel
from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso, iso

MESSAGE_KIND = "application/1"
_TEXTS = ("code", "kecamatan", "stated_nik", "stated_family_card_no", "phone", "element", "new_value")


def draft_message(draft: Draft) -> dict[str, Json]:
    """The draft as JSON."""
    return {
        **{name: str(getattr(draft, name)) for name in _TEXTS},
        "id": str(draft.application_id),
        "service": str(draft.service),
        "submitted_at": iso(draft.submitted_at),
    }


def draft_from(body: Mapping[str, Json]) -> Draft:
    """The draft that a station sent. Whom its numbers name, the centre finds out itself."""
    return Draft(
        **{name: str(body[name]) for name in _TEXTS},
        application_id=UUID(str(body["id"])),
        service=ServiceCode(str(body["service"])),
        channel=Channel.STATION,
        resident_id=None,
        family_id=None,
        submitted_at=from_iso(str(body["submitted_at"])),
    )
