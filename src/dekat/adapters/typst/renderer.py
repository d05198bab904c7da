"""Typst behind the renderer port: a warm compiler for each template, data as JSON, PDF/A-3b, every warning an error."""

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import typst

from dekat.documents.ports import Rendering
from dekat.documents.qr import qr_svg
from dekat.kernel.canonical import Json
from dekat.kernel.clock import as_utc
from dekat.kernel.errors import DekatError


class FontsMissing(DekatError):
    """The fonts of the documents were never built on this machine."""

    code = "documents.render.fonts_missing"


class LetterMissing(DekatError):
    """A text has a letter that our fonts cannot draw; a paper with a hole in a name is not made."""

    code = "documents.render.letter_missing"


class TemplateFaulty(DekatError):
    """The template did not compile cleanly with this content."""

    code = "documents.render.template_faulty"


class TypstRenderer:
    """Renders templates of one folder with the fonts of another; never with the fonts of the machine."""

    def __init__(self, *, templates: Path, fonts: Path) -> None:
        self._templates = templates
        self._fonts = fonts
        self._compilers: dict[str, typst.Compiler] = {}
        self._lock = threading.Lock()

    def render(
        self, *, template: str, content: Mapping[str, Json], code: str, watermark: str, at: datetime
    ) -> Rendering:
        """Draw the paper; the same input gives the same bytes.

        Refuses: documents.render.fonts_missing, documents.render.letter_missing, documents.render.template_faulty.
        """
        pdf = self._compile(template, _inputs(content, code, watermark), at=at)
        with pikepdf.open(BytesIO(pdf)) as opened:
            return Rendering(pdf=pdf, page_count=len(opened.pages))

    def _compile(self, template: str, inputs: dict[str, str], *, at: datetime) -> bytes:
        with self._lock:
            compiler = self._compiler(template)
            try:
                pdf, warnings = compiler.compile_with_warnings(
                    sys_inputs=inputs,
                    pdf_standards=["a-3b"],
                    timestamp=as_utc(at).replace(microsecond=0),
                    pdf_tags=False,
                )
            except typst.TypstError as error:
                if "could not be displayed" in str(error):
                    raise LetterMissing from error
                raise TemplateFaulty(template=template) from error
        if warnings:
            raise TemplateFaulty(template=template) from warnings[0]
        if not isinstance(pdf, bytes):
            raise TypeError("typst gave no PDF")
        return pdf

    def _compiler(self, template: str) -> typst.Compiler:
        if template not in self._compilers:
            if not any(self._fonts.glob("*.ttf")):
                raise FontsMissing
            self._compilers[template] = typst.Compiler(
                str(self._templates / template),
                root=str(self._templates),
                font_paths=typst.Fonts(
                    include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(self._fonts)]
                ),
                ignore_system_fonts=True,
            )
        return self._compilers[template]


def _inputs(content: Mapping[str, Json], code: str, watermark: str) -> dict[str, str]:
    return {"content": json.dumps(content), "qr": qr_svg(code), "watermark": watermark}
