"""Every target by its name: what it reads, and how it may refuse."""

from collections.abc import Callable
from dataclasses import dataclass

from fuzz import device_targets, identity_targets, office_targets, stick_targets, sync_targets, wire_targets
from fuzz.guard import DEFINED, is_refused
from fuzz.world import World


@dataclass(frozen=True)
class Target:
    """A parser under test; anything it raises that is not among `refusals` is a finding."""

    read: Callable[[World, bytes], object]
    refusals: tuple[type[Exception], ...] = DEFINED

    @property
    def what(self) -> str:
        """What it reads, in one line."""
        return (self.read.__doc__ or "").strip().splitlines()[0]

    def is_refused(self, world: World, data: bytes) -> bool:
        """Read once; say whether the bytes were refused as they may be."""
        return is_refused(lambda: self.read(world, data), self.refusals)


TARGETS: dict[str, Target] = {
    "reading": Target(sync_targets.read_bounded),
    "envelope": Target(sync_targets.open_envelope),
    "header": Target(sync_targets.take_header),
    "unpacking": Target(sync_targets.unpack_envelope),
    "message": Target(sync_targets.take_message),
    "recording": Target(sync_targets.read_recording),
    "feed": Target(sync_targets.apply_feed),
    "block": Target(sync_targets.open_block),
    "events": Target(sync_targets.take_events),
    "receipt": Target(sync_targets.read_receipt),
    "pass": Target(sync_targets.read_pass),
    "hello": Target(sync_targets.answer_hello),
    "welcome": Target(sync_targets.read_welcome),
    "answer": Target(sync_targets.check_answer),
    "enrolment": Target(identity_targets.answer_enrolment),
    "admission": Target(identity_targets.read_admission),
    "next_key": Target(identity_targets.take_key),
    "next_life": Target(identity_targets.take_life),
    "certificate": Target(identity_targets.read_certificate),
    "centre_keys": Target(identity_targets.follow_keys),
    "wire": Target(wire_targets.ask_wire),
    "reply": Target(wire_targets.read_reply),
    "centre": Target(wire_targets.hear_centre),
    "stick_word": Target(sync_targets.take_word),
    "stick_centre": Target(stick_targets.take_at_centre),
    "stick_station": Target(stick_targets.take_at_station),
    "asset_list": Target(office_targets.check_asset_list),
    "paper": Target(office_targets.open_paper),
    "signature": Target(office_targets.draw_signature),
    "label": Target(office_targets.read_label),
    "sbi_http": Target(device_targets.ask_device),
    "sbi_stream": Target(device_targets.see_device),
    "sbi_info": Target(device_targets.know_device),
    "sbi_capture": Target(device_targets.read_answer),
    "sbi_record": Target(device_targets.read_record),
    "video": Target(device_targets.read_film),
    "ipp": Target(device_targets.ask_printer),
    "national": Target(device_targets.ask_national),
    "recovery_request": Target(device_targets.read_request),
    "recovery_answer": Target(device_targets.read_recovery_answer),
    "stamp": Target(device_targets.read_stamp),
    "ended_list": Target(device_targets.read_ended_list),
    "checked_paper": Target(office_targets.check_paper),
}
