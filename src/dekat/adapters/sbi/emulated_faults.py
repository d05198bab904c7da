"""Everything that can be wrong with an emulated device, and what the protocol says of it."""

from enum import StrEnum

from dekat.adapters.sbi import wire


class Fault(StrEnum):
    """What is wrong with the device just now."""

    NONE = "NONE"
    OFF = "OFF"  # the service is gone: nothing listens
    UNPLUGGED = "UNPLUGGED"  # the service listens, its device is not connected
    NOT_READY = "NOT_READY"
    BUSY = "BUSY"
    NOT_REGISTERED = "NOT_REGISTERED"
    TAMPERED = "TAMPERED"
    NOBODY = "NOBODY"  # nobody lays a finger on the glass
    DIRTY = "DIRTY"
    EYES_CLOSED = "EYES_CLOSED"
    WRONG_HAND = "WRONG_HAND"
    WRONG_COUNT = "WRONG_COUNT"  # one finger fewer than asked comes back
    WRONG_CLOCK = "WRONG_CLOCK"
    WRONG_TRANSACTION = "WRONG_TRANSACTION"
    WRONG_VERSION = "WRONG_VERSION"
    BROKEN_CHAIN = "BROKEN_CHAIN"
    NO_SCORE = "NO_SCORE"
    LATE = "LATE"  # answers long after anybody waits for it
    DOUBLE = "DOUBLE"  # gives every capture twice
    GARBAGE = "GARBAGE"  # speaks, but not the protocol
    UNKNOWN_SIGNER = "UNKNOWN_SIGNER"
    FORGED = "FORGED"  # the payload was changed after signing
    EXPIRED_KEY = "EXPIRED_KEY"


STATUS = {Fault.NOT_READY: "Not Ready", Fault.BUSY: "Busy", Fault.NOT_REGISTERED: "Not Registered"}
CODE = {
    Fault.OFF: wire.NOT_FOUND,  # only a capture already under way can still say so
    Fault.UNPLUGGED: wire.NOT_FOUND,
    Fault.NOT_READY: wire.NOT_READY,
    Fault.BUSY: wire.BUSY,
    Fault.NOT_REGISTERED: wire.NOT_REGISTERED,
    Fault.TAMPERED: wire.TAMPERED,
}
