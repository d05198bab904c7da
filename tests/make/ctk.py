"""A small toolkit folder in the shape of MOSIP's, with definitions and schemas of our own: what CI has in its place."""

import json
from pathlib import Path

from dekat.adapters.sbi.ctk.definitions import SCHEMAS

_ERROR = {"type": "object", "properties": {"errorCode": {"type": "string"}}, "required": ["errorCode"]}
_ITEM = {"type": "object", "required": ["error"], "properties": {"error": _ERROR}}
_ANSWER = {"type": "object", "required": ["biometrics"], "properties": {"biometrics": {"items": [_ITEM]}}}
_SCHEMAS = {
    "DiscoverRequestSchema": {"required": ["type"]},
    "DiscoverResponseSchema": {"items": [{"required": ["deviceId", "digitalIdDecoded"]}]},
    "DeviceInfoRequestSchema": {},
    "DeviceInfoResponseSchema": {"items": [{"required": ["deviceInfoDecoded"]}]},
    "DeviceInfoReadyResponseSchema": {"items": [{"required": ["deviceInfoDecoded"]}]},
    "DeviceInfoBusyResponseSchema": {"items": [{"required": ["deviceInfoDecoded"]}]},
    "RegistrationCaptureRequestSchema": {"required": ["bio"], "additionalProperties": True},
    "RegistrationCaptureResponseSchema": _ANSWER,
    "ErrorCaptureResponseSchema": _ANSWER,
}
_SIGNED = ("SchemaValidator", "SignatureValidator")
_CAPTURED = (*_SIGNED, "ResponseMismatchValidator")


def write_toolkit(folder: Path) -> Path:
    """Write the folder and give it."""
    schemas = folder / SCHEMAS
    schemas.mkdir(parents=True)
    for name, schema in _SCHEMAS.items():
        (schemas / f"{name}.json").write_text(json.dumps(schema))
    ten = {"testCaseRepeatCount": "2", "qualityAssessmentTestCase": True, "ageGroup": "adult"}
    timed = ("SchemaValidator", "TimeoutValidator")
    thumbs = {"segments": ["LeftThumb", "RightThumb"], "bioCount": "2", "deviceSubId": "3"}
    definitions = [
        _one("OWN01", "device", "DiscoverRequestSchema", "DiscoverResponseSchema", kinds=["Finger", "Iris"]),
        _one("OWN02", "info", "DeviceInfoRequestSchema", "DeviceInfoResponseSchema", _SIGNED),
        _one("OWN03", "info", "DeviceInfoRequestSchema", "DeviceInfoBusyResponseSchema"),
        _one("OWN04", "info", "DeviceInfoRequestSchema", "DeviceInfoReadyResponseSchema", keyRotationTestCase=True),
        _capture("OWN05", (*_CAPTURED, "BiometricsQualityCheckValidator"), **thumbs),
        _capture("OWN06", _CAPTURED, **thumbs, hashValidationTestCase=True),
        _capture("OWN07", _CAPTURED, **thumbs, **ten),
        _capture("OWN08", ("SchemaValidator",), **{**thumbs, "bioCount": "3", "segments": []}, refused="Mismatch"),
        _capture("OWN09", timed, **thumbs, timeout="300", refused="without any input"),
        _capture("OWN10", _CAPTURED, **thumbs, kinds=["Iris"]),
        _capture("OWN11", _CAPTURED, **thumbs, sub_types=["Single"]),
        _capture("OWN12", _CAPTURED, **thumbs, purpose="Auth", method="capture"),
        _capture("OWN13", (*_CAPTURED, "ISOStandardsValidator"), **thumbs),
        _capture("OWN14", (*_CAPTURED, "TimeCheckValidator"), **thumbs),
    ]
    (folder / "tests_sbi.json").write_text(json.dumps(definitions))
    return folder


def _capture(number, validators, *, refused="", method="rcapture", **about):
    response = "ErrorCaptureResponseSchema" if refused else "RegistrationCaptureResponseSchema"
    return _one(number, method, "RegistrationCaptureRequestSchema", response, validators, name=refused, **about)


def _one(
    number, method, request, response, validators=("SchemaValidator",), *, name="", kinds=("Finger",),
    sub_types=("Slap", "Double"), purpose="Registration", **about,
):  # fmt: skip
    return {
        "testId": number,
        "testName": name or number,
        "methodName": [method],
        "requestSchema": [request],
        "responseSchema": [response],
        "validatorDefs": [[{"name": validator} for validator in validators]],
        "otherAttributes": {
            "purpose": [purpose],
            "biometricTypes": list(kinds),
            "deviceSubTypes": list(sub_types),
            "segments": [],
            "exceptions": [],
            "requestedScore": "40",
            "bioCount": "",
            "deviceSubId": "",
            **about,
        },
    }
