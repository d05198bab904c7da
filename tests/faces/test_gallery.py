"""The gallery shows every component, and a real browser finds nothing wrong on it."""

import gzip
from pathlib import Path

import pytest

from dekat.faces import ui

pytestmark = pytest.mark.django_db
COMPONENTS = Path(ui.__file__).parent / "templates" / "ui" / "components"
STYLES = Path(ui.__file__).parent / "static" / "ui" / "components"
GALLERY = Path(ui.__file__).parent.parent / "gallery" / "templates" / "gallery"
PARTS_OF_OTHERS = {"stat": "stats", "fact": "facts", "crumb": "breadcrumbs"}


def test_the_gallery_opens_for_anybody(client):
    answer = client.get("/gallery/")

    assert answer.status_code == 200
    assert "Ada yang perlu dibetulkan" in answer.content.decode()


@pytest.mark.parametrize("name", sorted(file.stem for file in COMPONENTS.glob("*.html")))
def test_every_component_is_in_the_gallery_and_has_its_style_sheet(name):
    shown = "".join(file.read_text() for file in GALLERY.glob("*.html"))

    assert f"{{% {name} " in shown or f"{{% {name} %}}" in shown
    assert (STYLES / f"{PARTS_OF_OTHERS.get(name, name)}.css").exists()


def test_a_page_weighs_at_most_fifty_kilobytes(client):
    built = Path(ui.__file__).parent / "static" / "built"
    page = len(gzip.compress(client.get("/gallery/").content))
    assets = sum((built / name).stat().st_size for name in ("dekat.css.br", "plus-jakarta-sans.woff2"))

    assert page + assets <= 50_000


def test_a_browser_gets_the_compressed_style_sheet(client):
    answer = client.get("/static/built/dekat.css", headers={"accept-encoding": "gzip, br"})

    assert answer.headers["Content-Encoding"] == "br"
