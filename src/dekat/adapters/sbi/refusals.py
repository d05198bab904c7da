"""Everything that can go wrong between a station and a biometric device, each with its own next step."""

from dekat.kernel.errors import DekatError


class DeviceAbsent(DekatError):
    """No device of this kind answers on this computer."""

    code = "sbi.device.absent"


class ChosenAway(DekatError):
    """The device that the operator chose is not there, another of its kind is. Facts: serial, other."""

    code = "sbi.device.chosen_away"


class DeviceUnplugged(DekatError):
    """The device stopped talking in the middle of a capture."""

    code = "sbi.device.unplugged"


class DeviceSilent(DekatError):
    """The device took the question and did not answer in time."""

    code = "sbi.device.silent"


class DeviceNotRegistered(DekatError):
    """The maker's service does not know this device."""

    code = "sbi.device.not_registered"


class DeviceTampered(DekatError):
    """The device says that somebody opened it."""

    code = "sbi.device.tampered"


class MakerServiceAway(DekatError):
    """The device cannot reach its maker's management service."""

    code = "sbi.device.maker_service_away"


class DeviceNotFound(DekatError):
    """The service runs, but its device is not connected."""

    code = "sbi.device.not_found"


class DeviceKeyExpired(DekatError):
    """The key the device signs with is past its time."""

    code = "sbi.device.key_expired"


class DomainKeyMissing(DekatError):
    """The device was not given the key it should encrypt to."""

    code = "sbi.device.domain_key_missing"


class DeviceNotReady(DekatError):
    """The device is starting, sleeping or being calibrated."""

    code = "sbi.device.not_ready"


class DeviceBusy(DekatError):
    """The device is working for another window or programme."""

    code = "sbi.device.busy"


class DeviceFault(DekatError):
    """The device reports a trouble of its own. Facts: sbi_code."""

    code = "sbi.device.fault"


class NothingSeen(DekatError):
    """No finger, eye or face came before the time was over."""

    code = "sbi.capture.nothing_seen"


class CaptureUnreadable(DekatError):
    """Something was on the glass, but no finger could be made out."""

    code = "sbi.capture.unreadable"


class WrongWay(DekatError):
    """The fingers or the head are turned the wrong way."""

    code = "sbi.capture.wrong_way"


class CountUnsupported(DekatError):
    """The device cannot capture this many at once."""

    code = "sbi.capture.count_unsupported"


class CountWrong(DekatError):
    """The device gave more or fewer than were asked. Facts: expected, got."""

    code = "sbi.capture.count_wrong"


class TransactionRefused(DekatError):
    """The device does not accept the number of this recording."""

    code = "sbi.capture.transaction_refused"


class NobodyToCapture(DekatError):
    """Every position was excepted, so there is nothing to ask the device for."""

    code = "sbi.capture.all_excepted"


class AnswerUnreadable(DekatError):
    """The answer is not what the protocol says. Facts: part."""

    code = "sbi.answer.unreadable"


class NotSigned(DekatError):
    """The signature does not fit the answer."""

    code = "sbi.answer.not_signed"


class SignerUnknown(DekatError):
    """The answer was signed with a certificate that no device authority of ours vouches for."""

    code = "sbi.answer.signer_unknown"


class WrongTransaction(DekatError):
    """The answer belongs to another capture."""

    code = "sbi.answer.wrong_transaction"


class WrongVersion(DekatError):
    """The answer speaks another version of the protocol. Facts: version."""

    code = "sbi.answer.wrong_version"


class ClockDiffers(DekatError):
    """The device's clock and ours are more than five minutes apart. Facts: minutes."""

    code = "sbi.answer.clock_differs"


class ChainBroken(DekatError):
    """A capture does not follow from the one before it."""

    code = "sbi.answer.chain_broken"


class ScoreMissing(DekatError):
    """The device gave no quality score."""

    code = "sbi.answer.score_missing"


_BY_SBI_CODE: dict[str, type[DekatError]] = {
    "100": DeviceNotRegistered,
    "101": NothingSeen,
    "102": CaptureUnreadable,
    "103": DeviceTampered,
    "104": MakerServiceAway,
    "105": WrongWay,
    "106": DeviceNotFound,
    "107": DeviceKeyExpired,
    "108": DomainKeyMissing,
    "109": CountUnsupported,
    "110": DeviceNotReady,
    "111": DeviceBusy,
    "112": TransactionRefused,
}


def refusal(sbi_code: str) -> DekatError:
    """The refusal behind an error code of the protocol; makers' own codes become a fault of the device."""
    known = _BY_SBI_CODE.get(sbi_code)
    return known() if known else DeviceFault(sbi_code=sbi_code)
