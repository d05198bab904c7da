"""From which age a person is recorded, and from which day their card may be printed."""

from datetime import date

from dekat.enrolment.biodata import Biodata
from dekat.kernel.errors import DekatError
from dekat.kernel.partial_date import PartialDate

RECORDED_FROM = 16
CARD_FROM = 17
# The words of the list and, on a machine that has not loaded it, their code.
NEVER_MARRIED = frozenset({"", "1", "BELUM KAWIN"})


class TooYoung(DekatError):
    """The person is not yet sixteen and was never married."""

    code = "enrolment.too_young"


def is_ever_married(marital_status: str) -> bool:
    """Whether the words of the register or the KK say that the person is or was married."""
    return marital_status.strip().upper() not in NEVER_MARRIED


def check_age(biodata: Biodata, *, on: date) -> None:
    """Say nothing when this person may be recorded today; of an unknown day the latest possible one counts.

    Refuses: enrolment.too_young.
    Law: perpres-96-2018, pemula
    """
    born = PartialDate.parse(biodata.born_on)
    if not is_ever_married(biodata.marital_status) and on < (first := born.birthday(RECORDED_FROM)):
        raise TooYoung(first_day=f"{first:%d-%m-%Y}")


def card_from(*, born_on: str, marital_status: str, on: date) -> date | None:
    """The day from which the card may be printed; None when it may be at once (17, or ever married).

    Law: perpres-96-2018, pemula
    """
    first = PartialDate.parse(born_on).birthday(CARD_FROM)
    return None if on >= first or is_ever_married(marital_status) else first
