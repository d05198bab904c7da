"""Instructions are written in Markdown; no HTML of their own gets through."""

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

_reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def markdown(text: str) -> SafeString:
    """Render Markdown; raw HTML in it is shown as text, headings start at the third level."""
    tokens = _reader.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
    return SafeString(_reader.renderer.render(tokens, _reader.options, {}))
