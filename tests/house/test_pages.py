"""Each page says who may open it, and keeps to our content security policy."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver

import dekat
from dekat.faces import ui

SOURCE = Path(dekat.__file__).parent
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
SHEETS = sorted(SOURCE.rglob("static/**/*.css"))
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle=|<style\b"),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)|\son[a-z]+=\"|javascript:"),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape\s+off"),
    "a file from another host": re.compile(r"(?:src|<link[^>]*href)=[\"'](?:https?:)?//"),
    "a TODO": re.compile(r"TODO|FIXME"),
}
ICON = re.compile(r"(?:icon name|icon|icon_after)=\"([a-z0-9-]+)\"")


def views(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, object]]:
    """Every address with its view."""
    for entry in patterns:
        address = f"{before}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from views(entry.url_patterns, address)
        else:
            yield address, entry.callback


@pytest.mark.parametrize("role", ["station", "centre"])
def test_every_view_says_who_may_open_it(role):
    conf = import_module(f"dekat.project.urls_{role}")

    silent = [address for address, view in views(conf.urlpatterns) if not hasattr(view, "dekat_access")]

    assert silent == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_holds_nothing_that_the_policy_forbids(path):
    text = path.read_text()

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_compiles(path):
    assert get_template(str(path).rsplit("/templates/", 1)[-1])


def test_every_icon_that_a_page_names_is_built():
    listed = set((Path(ui.__file__).parent / "icons.txt").read_text().split())

    named = {icon: path.name for path in TEMPLATES for icon in ICON.findall(path.read_text())}

    assert {icon: page for icon, page in named.items() if icon not in listed} == {}


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_style_sheet_loads_nothing_from_another_host(path):
    assert not re.search(r"url\([\"']?(?:https?:)?//|@import", path.read_text())
