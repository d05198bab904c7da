"""Log lines: a constant name plus fields, one line each."""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from types import TracebackType

_PLAIN = set(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {"message", "asctime", "request", "taskName"}

# A NIK or a nomor KK, wherever it slipped in. Longer runs are digests and numbers of other things.
_SIXTEEN_DIGITS = re.compile(r"(?<![0-9A-Za-z])[0-9]{16}(?![0-9A-Za-z])")
_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LineFormatter(logging.Formatter):
    """`time level logger name {"field": value}`."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {key: str(value) for key, value in record.__dict__.items() if key not in _PLAIN}
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {record.getMessage()}"
        if fields:
            line += f" {json.dumps(fields, ensure_ascii=False)}"
        if record.exc_info:
            line += f"\n{self.formatException(record.exc_info)}"
        return _SIXTEEN_DIGITS.sub("[16 digits]", line)

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 (the name logging calls)
        """Where it broke and what kind of error, never its text: a database quotes the row that it refuses."""
        return "\n".join(_told(ei[1])) if ei[1] else ""


def _told(error: BaseException) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before:
        yield from _told(before)
        yield "then"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} {frame.name}"
    yield f"{type(error).__module__}.{type(error).__qualname__} {getattr(error, 'code', '')}".rstrip()
