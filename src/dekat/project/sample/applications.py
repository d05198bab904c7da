"""Applications for a new Kartu Keluarga from kecamatan that cannot print: why residents still go to town.

All but the newest were sent back and wait for their residents; what the office has to do is in `open_applications`.
"""

from datetime import datetime, timedelta
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.cases import services as cases
from dekat.cases.catalogue import ServiceCode
from dekat.cases.services import Draft
from dekat.cases.states import Channel, ReturnReason
from dekat.equipment.sample import said_id
from dekat.flows.submit_application import submit_from_home
from dekat.kernel.ids import ALPHABET, check_letter
from dekat.registry import queries as registry

# Where they live, where they asked, and how many days ago.
_ASKED = (
    ("35.11.01", Channel.OFFICE, 50),
    ("35.11.01", Channel.PORTAL, 47),
    ("35.11.10", Channel.OFFICE, 44),
    ("35.11.17", Channel.OFFICE, 41),
    ("35.11.22", Channel.PORTAL, 38),
    ("35.11.22", Channel.OFFICE, 36),
    ("35.11.10", Channel.PORTAL, 33),
    ("35.11.01", Channel.OFFICE, 30),
    ("35.11.17", Channel.PORTAL, 26),
    ("35.11.22", Channel.OFFICE, 19),
    ("35.11.10", Channel.OFFICE, 12),
    ("35.11.01", Channel.PORTAL, 1),
)
_NOTE = "Foto KK lama tidak terbaca. Foto sekali lagi di tempat terang."


def fill(*, actor: Actor, now: datetime) -> None:
    """Each asked on its day; the next day all but the last were sent back."""
    for number, (kecamatan, channel, days) in enumerate(_ASKED):
        at = now - timedelta(days=days)
        draft = _draft(number, kecamatan, channel, at)
        submit_from_home(draft=draft, pictures=(), node="centre", now=at)
        if days > 1:
            one, back_at = draft.application_id, at + timedelta(days=1)
            cases.take(application_id=one, actor=actor, now=back_at)
            reason = ReturnReason.EVIDENCE_UNREADABLE
            cases.send_back(application_id=one, reason=reason, note=_NOTE, actor=actor, now=back_at)


def _draft(number: int, kecamatan: str, channel: Channel, at: datetime) -> Draft:
    family = registry.family(registry.family_ids(kecamatan)[number])
    head = registry.members(family.id)[0]
    application_id = UUID(said_id("application", number))
    body = "".join(ALPHABET[byte % len(ALPHABET)] for byte in application_id.bytes[:9])
    return Draft(
        application_id=application_id,
        code=body + check_letter(body),
        service=ServiceCode.KK_REPLACE,
        channel=channel,
        kecamatan=kecamatan,
        resident_id=None,
        family_id=None,
        stated_nik=head.nik,
        stated_family_card_no=family.family_card_no,
        phone="",
        answers={},
        submitted_at=at,
    )
