"""Every link from one of our pages to another leads somewhere, and what is bundled is named in NOTICE."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OUTSIDE = re.compile(r"[a-z]+:|#")
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
PAGES = sorted(
    path
    for top in (ROOT, ROOT / "docs", ROOT / "src", ROOT / "tests", ROOT / "bench")
    for path in (top.glob("*.md") if top == ROOT else top.rglob("*.md"))
)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_page_leads_to_a_file(page):
    links = LINK.findall(CODE.sub("", page.read_text()))

    dead = [link for link in links if not OUTSIDE.match(link) and not (page.parent / link.partition("#")[0]).exists()]

    assert dead == []


def test_every_page_of_the_documentation_is_in_its_index():
    index = (ROOT / "docs" / "index.md").read_text()
    pages = [path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")]

    wanted = [str(page) for page in pages if page.name != "index.md" and page.parts[0] != "adr"]

    assert [page for page in wanted if page not in index] == []


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "adr").glob("*.md"))

    assert numbers == list(range(1, len(numbers) + 1))
    for path in (ROOT / "docs" / "adr").glob("*.md"):
        assert path.read_text().startswith(f"# {int(path.name[:4])}. ")


def test_a_decision_that_a_page_cites_exists():
    there = {path.name[:4] for path in (ROOT / "docs" / "adr").glob("*.md")}

    cited = {(page.name, number) for page in PAGES for number in re.findall(r"ADR (\d{4})", page.read_text())}

    assert [one for one in sorted(cited) if one[1] not in there] == []


def test_every_bundled_package_is_named_in_notice_with_its_version():
    notice = (ROOT / "NOTICE").read_text()
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]

    assert [name for name, version in wanted.items() if f"| {version} |" not in notice] == []
