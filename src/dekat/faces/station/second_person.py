"""Who confirms an exception beside the operator."""

from uuid import UUID

from dekat.accounts.passwords import officer_with
from dekat.enrolment.practice import is_practice
from dekat.faces.clock import now
from dekat.training.exercises import WITNESS_ID, WITNESS_NAME, WITNESS_PASSWORD


def second_person(recording_id: UUID, *, username: str, password: str) -> UUID:
    """The officer who confirms an exception; in a practice the example officer shown on the screen may too.

    Refuses: accounts.password.wrong, accounts.password.too_many_tries.
    """
    if (username.strip(), password) == (WITNESS_NAME, WITNESS_PASSWORD) and is_practice(recording_id):
        return WITNESS_ID
    return officer_with(username=username, password=password, now=now())
