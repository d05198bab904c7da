"""No new recording on a disk that could not hold it to the end; one that is open may always be finished."""

from dekat.kernel.errors import DekatError
from dekat.sync.files import free_bytes
from dekat.sync.room import RESERVE_BYTES


class NoRoom(DekatError):
    """The disk of this station is nearly full: what is there stays safe, nothing new begins."""

    code = "enrolment.no_room"


def check_room() -> None:
    """Say nothing while a whole recording still fits beside the reserve.

    Refuses: enrolment.no_room.
    """
    if free_bytes() < RESERVE_BYTES:
        raise NoRoom
