"""One conformance definition as MOSIP's file gives it, and what it takes to ask it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from dekat.adapters.sbi.wire import Object, read_json, text
from dekat.enrolment.ports import DeviceKind
from dekat.enrolment.positions import Position
from dekat.kernel.errors import DekatError

_FILE = "tests_sbi.json"
SCHEMAS = Path("resources", "schemas", "sbi", "0.9.5")


class DefinitionsMissing(DekatError):
    """The folder holds no conformance definitions, or not in the shape we know. Facts: folder."""

    code = "sbi.ctk.definitions_missing"


class Topic(StrEnum):
    """What a definition is about, in our own words."""

    DISCOVERY = "DISCOVERY"
    INFO = "INFO"
    STATUS = "STATUS"
    KEY_ROTATION = "KEY_ROTATION"
    CAPTURE = "CAPTURE"
    EXCEPTIONS = "EXCEPTIONS"
    EXCEPTION_PHOTO = "EXCEPTION_PHOTO"
    WRONG_COUNT = "WRONG_COUNT"
    NOBODY = "NOBODY"
    IN_TIME = "IN_TIME"
    CONTAINER = "CONTAINER"
    STREAM = "STREAM"
    QUALITY = "QUALITY"
    SPEED = "SPEED"
    WRONG_REQUEST = "WRONG_REQUEST"
    HASH = "HASH"
    TRANSACTION = "TRANSACTION"
    TEN_PEOPLE = "TEN_PEOPLE"


class Need(StrEnum):
    """What has to be so before the question is asked."""

    A_PERSON = "A_PERSON"
    NOTHING = "NOTHING"
    NOBODY = "NOBODY"
    BUSY = "BUSY"
    NOT_READY = "NOT_READY"
    NOT_REGISTERED = "NOT_REGISTERED"
    A_NEW_KEY = "A_NEW_KEY"


@dataclass(frozen=True)
class Definition:
    """One definition.

    Facts: `method` is device, info, rcapture or capture; `people` is how many are to be captured one after another;
    `group` are their age, sex and trade as the file says; `broken` names the field of the request that is to be wrong.
    """

    id: str
    topic: Topic
    need: Need
    method: str
    kinds: tuple[DeviceKind, ...]
    sub_types: tuple[str, ...]
    is_for_registration: bool
    request_schema: str
    response_schema: str
    validators: frozenset[str]
    sub_id: str
    count: str
    requested_score: str
    segments: tuple[Position, ...]
    exceptions: tuple[Position, ...]
    timeout_ms: int
    transaction_id: str
    broken: str
    people: int
    group: tuple[str, ...]

    @property
    def is_refused(self) -> bool:
        """Whether the right answer is an error code."""
        return self.method == "rcapture" and self.response_schema != "RegistrationCaptureResponseSchema"


def read_definitions(folder: Path) -> tuple[Definition, ...]:
    """Every definition of the folder, in the order of the file.

    Refuses: sbi.ctk.definitions_missing.
    """
    try:
        found = read_json((folder / _FILE).read_bytes())
        return tuple(_definition(item) for item in found)
    except (OSError, DekatError, KeyError, TypeError, ValueError, IndexError) as error:
        raise DefinitionsMissing(folder=folder.name) from error


def _definition(item: Any) -> Definition:
    about = item["otherAttributes"]
    response = str(item["responseSchema"][0])
    validators = frozenset(str(validator["name"]) for group in item["validatorDefs"] for validator in group)
    name = text(item, "testName")
    topic = _topic(item["methodName"][0], name, response, about, validators)
    return Definition(
        id=text(item, "testId"),
        topic=topic,
        need=_need(topic, response),
        method=str(item["methodName"][0]),
        kinds=tuple(DeviceKind(kind) for kind in about["biometricTypes"]),
        sub_types=tuple(map(str, about["deviceSubTypes"])),
        is_for_registration="Registration" in about["purpose"],
        request_schema=str(item["requestSchema"][0]),
        response_schema=response,
        validators=validators,
        sub_id=text(about, "deviceSubId"),
        count=text(about, "bioCount"),
        requested_score=text(about, "requestedScore"),
        segments=_positions(about["segments"]),
        exceptions=_positions(about["exceptions"]),
        timeout_ms=int(about.get("timeout") or 10_000),
        transaction_id=str(about.get("transactionId") or f"{item['testId']}-1"),
        broken=str(about.get("invalidRequestAttribute", "")),
        people=int(about.get("testCaseRepeatCount") or 1),
        group=tuple(str(about[key]) for key in ("ageGroup", "gender", "occupation", "race") if about.get(key)),
    )


def _topic(method: str, name: str, response: str, about: Object, validators: frozenset[str]) -> Topic:
    """The first that fits, the most particular first."""
    tests: Sequence[tuple[bool, Topic]] = (
        (bool(about.get("qualityAssessmentTestCase")), Topic.TEN_PEOPLE),
        (bool(about.get("keyRotationTestCase")), Topic.KEY_ROTATION),
        (method == "device", Topic.DISCOVERY),
        (method == "info" and response != "DeviceInfoResponseSchema", Topic.STATUS),
        (method == "info", Topic.INFO),
        (bool(about.get("transactionId")), Topic.TRANSACTION),
        (bool(about.get("invalidRequestAttribute")), Topic.WRONG_REQUEST),
        (bool(about.get("hashValidationTestCase")), Topic.HASH),
        ("without any input" in name, Topic.NOBODY),
        ("TimeoutValidator" in validators, Topic.IN_TIME),
        ("ISOStandardsValidator" in validators, Topic.CONTAINER),
        ("BiometricsQualityCheckValidator" in validators, Topic.QUALITY),
        ("TimeCheckValidator" in validators, Topic.SPEED),
        (name.startswith("Streaming"), Topic.STREAM),
        ("Mismatch" in name, Topic.WRONG_COUNT),
        ("Exception Photo" in name, Topic.EXCEPTION_PHOTO),
        (bool(about["exceptions"]), Topic.EXCEPTIONS),
    )
    return next((topic for fits, topic in tests if fits), Topic.CAPTURE)


def _need(topic: Topic, response: str) -> Need:
    if topic is Topic.NOBODY:
        return Need.NOBODY
    if topic is Topic.KEY_ROTATION:
        return Need.A_NEW_KEY
    status = {"Busy": Need.BUSY, "NotReady": Need.NOT_READY, "NotRegistered": Need.NOT_REGISTERED}
    named = re.fullmatch(r"DeviceInfo(\w*)ResponseSchema", response)
    if named:
        return status.get(named[1], Need.NOTHING)
    if topic in (Topic.DISCOVERY, Topic.TRANSACTION, Topic.WRONG_REQUEST, Topic.WRONG_COUNT):
        return Need.NOTHING
    return Need.A_PERSON


def _positions(words: Sequence[str]) -> tuple[Position, ...]:
    """`LeftIndex` as SBI writes it; a segment no registration device knows (`UNKNOWN`) is left out."""
    found = []
    for word in words:
        parts = re.fullmatch(r"(Left|Right)(Index|Middle|Ring|Little|Thumb)?", word)
        if parts:
            side, finger = parts[1], parts[2] or ""
            finger += "Finger" if finger not in ("", "Thumb") else ""
            found.append(Position(f"{side} {finger}".strip()))
    return tuple(found)
