"""Every row of the failure list is proved by a test, or says why not yet."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.fault.matrix import NOT_YET, ROWS

TESTS = Path(__file__).resolve().parents[1]


@cache
def proved():
    """The rows named by `@pytest.mark.row(...)` anywhere in the tests."""
    found = {}
    for file in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            for mark in getattr(node, "decorator_list", []):
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.row":
                    for one in mark.args:
                        found.setdefault(ast.literal_eval(one), []).append(f"{file.stem}::{node.name}")
    return found


@pytest.mark.parametrize("row", ROWS)
def test_a_row_has_a_test_or_a_reason(row):
    assert (row in proved()) != (row in NOT_YET), ROWS[row]


def test_no_test_names_a_row_that_is_not_there():
    assert set(proved()) | set(NOT_YET) <= set(ROWS)
