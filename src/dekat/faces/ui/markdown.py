"""Instructions are written in Markdown; no HTML of their own gets through, and no picture but the ones given."""

from collections.abc import Mapping

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

_reader = MarkdownIt("commonmark", {"html": False}).enable("table")


def markdown(text: str, pictures: Mapping[str, str] | None = None) -> SafeString:
    """Render Markdown; raw HTML in it is shown as text, headings start at the third level.

    Facts: `pictures` maps the name of a picture to its address; another picture, or one without address, becomes its
    words. Links lead nowhere but to a page of this site or to the web.
    """
    tokens = _reader.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
        if token.children:
            token.children = [_child(child, pictures or {}) for child in token.children]
    return SafeString(_reader.renderer.render(tokens, _reader.options, {}))


def _child(token: Token, pictures: Mapping[str, str]) -> Token:
    if token.type != "image":
        return token
    address = pictures.get(str(token.attrGet("src")), "")
    if not address:
        return Token("text", "", 0, content=f"[{token.content}]")
    token.attrSet("src", address)
    token.attrSet("loading", "lazy")
    return token
