"""Every acceptance scenario is proved by a test, or says why not yet; a stranger finds them in one place."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.scenarios import NOT_YET, SCENARIOS

TESTS = Path(__file__).resolve().parents[1]


@cache
def proved():
    """The scenarios named by `@pytest.mark.scenario(...)` anywhere in the tests."""
    found = {}
    for file in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            for mark in getattr(node, "decorator_list", []):
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.scenario":
                    for one in mark.args:
                        found.setdefault(ast.literal_eval(one), []).append(f"{file.stem}::{node.name}")
    return found


def test_there_are_twenty_five():
    assert list(SCENARIOS) == list(range(1, 26))


@pytest.mark.parametrize("number", SCENARIOS)
def test_a_scenario_has_a_test_or_a_reason(number):
    assert (number in proved()) != (number in NOT_YET), SCENARIOS[number]


def test_no_test_names_a_scenario_that_is_not_there():
    assert set(proved()) | set(NOT_YET) <= set(SCENARIOS)
