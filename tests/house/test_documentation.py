"""A promise is a test: what the code offers is in the reference, and the reference offers nothing else."""

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
SETTING = re.compile(r"DEKAT_[A-Z][A-Z0-9_]*[A-Z0-9]")
PAGES = runpy.run_path(str(ROOT / "tools" / "write_reference.py"))["PAGES"]


def test_the_settings_page_names_every_setting_and_no_other():
    parts = (ROOT / "src" / "dekat" / "project").glob("env*.py")
    read = {name for part in parts for name in SETTING.findall(part.read_text())}
    told = set(SETTING.findall((REFERENCE / "settings.md").read_text()))

    assert {name.removesuffix("_FILE") for name in told} == {name.removesuffix("_FILE") for name in read}


def test_every_table_of_moves_is_drawn():
    """What has a life has one table of allowed moves, drawn in docs/reference/life-cycles.md."""
    source = ROOT / "src"
    tables = {
        f"{'.'.join(path.relative_to(source).with_suffix('').parts)}.{name}"
        for path in sorted(source.rglob("*.py"))
        for name in re.findall(r"^((?:[A-Z]+_)?MOVES): (?:dict|Mapping)\[", path.read_text(), re.MULTILINE)
    }
    drawn = re.findall(r"^From `([\w.]+)`", (REFERENCE / "life-cycles.md").read_text(), re.MULTILINE)

    assert sorted(drawn) == sorted(tables)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_that_comes_from_the_code_is_fresh(name):
    assert (REFERENCE / name).read_text() == PAGES[name](), "Run `make docs`."
