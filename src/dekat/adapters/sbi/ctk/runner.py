"""Asks every definition of a device, one after the other: one way for the test, the command and the reference page."""

import time
from collections.abc import Iterator, Sequence

from dekat.adapters.sbi.ctk.asking import Bench, Heard, ask_capture, ask_discovery, ask_info, certificate_of
from dekat.adapters.sbi.ctk.definitions import Definition, Need
from dekat.adapters.sbi.ctk.desk import Desk
from dekat.adapters.sbi.ctk.outcomes import Outcome, Reason, Verdict, why_not
from dekat.adapters.sbi.discovery import Found
from dekat.kernel.errors import DekatError


def judge_device(definitions: Sequence[Definition], device: Found, bench: Bench, desk: Desk) -> Iterator[Outcome]:
    """One outcome for each definition, as it comes."""
    for definition in definitions:
        yield judge(definition, device, bench, desk)


def judge(definition: Definition, device: Found, bench: Bench, desk: Desk) -> Outcome:
    """Ask one definition of one device; whatever the device does, an outcome comes of it."""
    reason = why_not(definition, device)
    if reason:
        return Outcome(definition, device, Verdict.NOT_APPLICABLE, reason)
    started = time.monotonic()
    try:
        heard = _asked(definition, device, bench, desk)
    except DekatError as refused:
        heard = Heard((refused.code,))
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:  # an answer of another shape
        heard = Heard((f"{type(error).__name__}: {error}"[:120],))
    finally:
        desk.clear(device)
    took_ms = round((time.monotonic() - started) * 1000)
    if heard is None:
        return Outcome(definition, device, Verdict.NOT_APPLICABLE, Reason.CANNOT_ARRANGE)
    verdict = Verdict.FAILED if heard.faults else Verdict.PASSED
    return Outcome(definition, device, verdict, None, heard.faults, heard.station, took_ms)


def _asked(definition: Definition, device: Found, bench: Bench, desk: Desk) -> Heard | None:
    """What was heard, or None when the desk could not bring about what the definition needs."""
    if definition.need is Need.A_NEW_KEY:
        before = certificate_of(device)
        if not desk.arrange(definition, device, 0):
            return None
        heard = ask_info(definition, device, bench)
        same = ("x5c: the same key",) if certificate_of(device) == before else ()
        return Heard((*heard.faults, *same), heard.station)
    faults: list[str] = []
    station = ""
    for person in range(definition.people):
        if not desk.arrange(definition, device, person):
            return None
        heard = _one(definition, device, bench, person)
        turn = f"{person + 1}/{definition.people} " if definition.people > 1 else ""
        faults += [f"{turn}{fault}" for fault in heard.faults]
        station = station or heard.station
    return Heard(tuple(faults), station)


def _one(definition: Definition, device: Found, bench: Bench, person: int) -> Heard:
    if definition.method == "device":
        return ask_discovery(definition, device, bench)
    if definition.method == "info":
        return ask_info(definition, device, bench)
    return ask_capture(definition, device, bench, person)
