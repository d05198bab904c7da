"""The shipped schema and our own check say the same."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from dekat.duties.evidence import LineInvalid, faults_of, json_schema, kinds, parse

DOC = Path(__file__).resolve().parents[2] / "docs" / "reference" / "evidence.md"
LINE = {
    "id": "019acb7e-0000-7000-8000-000000000001",
    "name": "equipment.device.handed_over",
    "version": 1,
    "subject": "device:REK-19",
    "actor": "account:x",
    "occurred_at": "2026-03-02T02:00:00Z",
    "data": {
        "by": "DISPENDUKCAPIL",
        "bast": "1",
        "on": "2026-03-02",
        "to": "35.11.19",
        "received_by": "KECAMATAN:35.11.19",
    },
}


@pytest.mark.parametrize(
    ("change", "is_right"),
    [
        ({}, True),
        ({"id": "x"}, False),
        ({"name": "equipment.device.sold"}, False),
        ({"subject": "kecamatan:35.11.19"}, False),
        ({"occurred_at": "yesterday"}, False),
        ({"data": {**LINE["data"], "to": "Sempol"}}, False),
        ({"data": {**LINE["data"], "nik": "1"}}, False),
        ({"data": {"by": "DISPENDUKCAPIL"}}, False),
        ({"version": 2}, False),
        ({"more": 1}, False),
    ],
)
def test_our_check_agrees_with_the_json_schema(change, is_right):
    line = {**LINE, **change}

    assert (not list(faults_of(line))) is is_right
    assert Draft202012Validator(json_schema()).is_valid(line) is is_right


def test_only_the_office_in_charge_may_say_it():
    with pytest.raises(LineInvalid):
        parse({**LINE, "data": {**LINE["data"], "by": "KECAMATAN:35.11.19"}})


def test_only_a_machine_may_say_a_reading():
    line = {**LINE, "name": "readings.device.used", "data": {"use": "CAPTURE", "count": 1}}

    assert list(faults_of(line))
    assert not list(faults_of({**line, "actor": "node:station-35.11.19"}))


def test_each_event_and_each_of_its_fields_is_documented():
    text = DOC.read_text()

    for name, kind in kinds().items():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{name}`"))
        assert all(f"`{field}`" in row for field in kind["properties"]["data"]["properties"])


def test_the_documented_example_is_right():
    example = DOC.read_text().split("```json\n")[1].split("\n```")[0]

    assert parse(json.loads(example)).about == "REK-19"
