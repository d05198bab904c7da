"""Icons from the one file that `make assets` builds out of `icons.txt`."""

import json
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString

BUILT = Path(__file__).parent / "static" / "built" / "icons.json"


class IconMissing(LookupError):
    """A page names an icon that is not in `icons.txt`, or the icons were not built."""


@cache
def shapes() -> dict[str, str]:
    """The inner SVG of each icon by name."""
    try:
        found: dict[str, str] = json.loads(BUILT.read_text())
    except FileNotFoundError as error:
        raise IconMissing("The icons are not built: run `make assets`.") from error
    return found


def icon_svg(*, name: str, label: str = "", extra_class: str = "") -> SafeString:
    """The icon inline; without a label it is hidden from screen readers."""
    if name not in shapes():
        raise IconMissing(f"Add {name} to faces/ui/icons.txt and run `make assets`.")
    shape = SafeString(shapes()[name])  # our own build of a pinned package, never input
    css = f"icon {extra_class}".rstrip()
    if label:
        return format_html('<svg class="{}" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', css, label, shape)
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', css, shape)
