"""The centre learns what became of a sheet, and moves its application on."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.cases import services as cases
from dekat.documents import queries as documents
from dekat.flows.station_scope import check_station_serves
from dekat.kernel.canonical import Json
from dekat.printing.states import PrintState


def receive_print_report(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Take one `print_report/1`; the handler that the wiring connects.

    Again: the application is where it should be, nothing changes.
    Refuses: flows.station.elsewhere, documents.document.unknown.
    """
    document_id = UUID(str(body["document"]))
    check_station_serves(node, documents.document(document_id).kecamatan)
    actor = Actor(UUID(str(body["by"])), Role.OPERATOR, str(body["kecamatan"]), node)
    match str(body["fate"]):
        case PrintState.PRINTED:
            cases.mark_printed(document_id=document_id, actor=actor, now=now)
        case PrintState.SPOILED:
            cases.mark_unprinted(document_id=document_id, actor=actor, now=now)
        case PrintState.COLLECTED:
            cases.mark_collected(document_id=document_id, actor=actor, now=now)
