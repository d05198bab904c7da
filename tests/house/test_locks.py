"""What we depend on is pinned by digest, and no lock names a download address."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["package-lock.json", "requirements/base.txt", "requirements/dev.txt",
                                  "requirements/bootstrap.txt", "requirements/bench.txt"])  # fmt: skip
def test_a_lock_names_no_address(name):
    assert not re.search(r"https?://|--index-url|--find-links", (ROOT / name).read_text())


def test_every_browser_package_has_a_digest_and_an_exact_version():
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    wanted = json.loads((ROOT / "package.json").read_text())

    assert [name for name, package in lock.items() if name and "integrity" not in package] == []
    assert [
        name
        for group in ("dependencies", "devDependencies")
        for name, version in wanted[group].items()
        if not re.fullmatch(r"[\d.]+", version)
    ] == []


def test_every_python_package_has_a_digest():
    for name in ("base", "dev", "bootstrap", "bench"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text().replace("\\\n", " ")
        pins = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]

        assert pins and all("==" in pin and "--hash=sha256:" in pin for pin in pins)
