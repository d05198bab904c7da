"""Applications for tests."""

from uuid import UUID

from dekat.accounts.actor import machine
from dekat.cases import services
from dekat.cases.catalogue import ServiceCode
from dekat.cases.services import Draft
from dekat.cases.states import Channel
from dekat.kernel.ids import new_code, new_id

RESIDENT = UUID("019acb7e-0000-7000-8000-0000000000b1")
FAMILY = UUID("019acb7e-0000-7000-8000-0000000000b2")


def draft(now, **changes):
    facts = {
        "application_id": new_id(now),
        "code": new_code(),
        "service": ServiceCode.KK_CHANGE,
        "channel": Channel.PORTAL,
        "kecamatan": "35.11.19",
        "resident_id": RESIDENT,
        "family_id": FAMILY,
        "stated_nik": "9935111001900001",
        "stated_family_card_no": "9935110101150001",
        "phone": "",
        "answers": {"element": "OCCUPATION", "new_value": "PETANI/PEKEBUN"},
        "submitted_at": now,
    }
    return Draft(**{**facts, **changes})


def submitted(now, **changes):
    return services.submit(draft=draft(now, **changes), node="centre", actor=machine("centre"), now=now)


def approved(now, **changes):
    from tests.make.accounts import VERIFIER

    card = submitted(now, **changes)
    services.take(application_id=card.id, actor=VERIFIER, now=now)
    return services.approve(application_id=card.id, actor=VERIFIER, now=now)
