"""For any line: what our own check says, an independent reader of the shipped schema says too."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from dekat.duties.evidence import faults_of, json_schema, kinds

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
# What `evidence._check` understands; the rest of these says nothing about a line.
UNDERSTOOD = {"type", "enum", "const", "pattern", "maxLength", "minimum", "items", "required", "properties", "$ref"}
SILENT = {"$schema", "$defs", "title", "description", "oneOf", "additionalProperties", "x-said-by"}
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=8) | st.just("2026-07-01"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


def fitting(rule):
    """Values that follow a rule of the schema."""
    rule = SCHEMA["$defs"][rule["$ref"].rpartition("/")[2]] if "$ref" in rule else rule
    if "enum" in rule:
        return st.sampled_from(rule["enum"])
    match rule["type"]:
        case "array":
            return st.lists(fitting(rule["items"]), max_size=2)
        case "object":
            wanted = {key: fitting(one) for key, one in rule["properties"].items()}
            needed = {key: one for key, one in wanted.items() if key in rule["required"]}
            return st.fixed_dictionaries(
                needed, optional={key: one for key, one in wanted.items() if key not in needed}
            )
        case "boolean":
            return st.booleans()
        case "string" if "pattern" in rule:
            return st.from_regex(rule["pattern"])
        case "string":
            return st.text(max_size=rule.get("maxLength", 12))
    least = rule.get("minimum", -5)
    return st.integers(least, least + 9)


@st.composite
def lines(draw):
    """A line that is right but for who says it, or one with a piece replaced, taken out or added."""
    kind = kinds()[draw(st.sampled_from(sorted(kinds())))]
    line = {
        "id": "019acb7e-0000-7000-8000-000000000001",
        "name": kind["properties"]["name"]["const"],
        "version": 1,
        "subject": draw(st.from_regex(kind["properties"]["subject"]["pattern"])),
        "actor": "node:x",
        "occurred_at": "2026-03-02T02:00:00Z",
        "data": draw(fitting(kind["properties"]["data"])),
    }
    change = draw(st.sampled_from(["none", "field", "data", "without"]))
    if change == "field":
        line[draw(st.sampled_from([*line, "more"]))] = draw(JUNK)
    elif change == "data":
        line["data"] = {**line["data"], draw(st.sampled_from([*line["data"], "more"])): draw(JUNK)}
    elif change == "without" and line["data"]:
        del line["data"][draw(st.sampled_from(sorted(line["data"])))]
    return line


def test_the_shipped_schema_is_valid_and_uses_nothing_that_we_do_not_check():
    Draft202012Validator.check_schema(SCHEMA)

    def words(rule, is_named=False):
        for key, inner in rule.items():
            if not is_named:
                yield key
            if isinstance(inner, dict):
                yield from words(inner, is_named=key in ("properties", "$defs") and not is_named)
            for one in inner if isinstance(inner, list) else []:
                yield from words(one) if isinstance(one, dict) else ()

    assert set(words(SCHEMA)) <= UNDERSTOOD | SILENT


@settings(max_examples=120, deadline=None)
@given(lines())
def test_both_readers_agree_on_any_line(line):
    # Who may say a line is our own rule (`x-said-by`), which no reader of JSON Schema knows.
    ours = [fault for fault in faults_of(line) if not re.search(r" may (not )?say this", fault)]

    assert VALIDATOR.is_valid(line) is (not ours), ours
