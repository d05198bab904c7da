"""Log lines: a constant name plus fields, one line each."""

import json
import logging

_PLAIN = set(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {"message", "asctime", "request", "taskName"}


class LineFormatter(logging.Formatter):
    """`time level logger name {"field": value}`."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {key: str(value) for key, value in record.__dict__.items() if key not in _PLAIN}
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {record.getMessage()}"
        if fields:
            line += f" {json.dumps(fields, ensure_ascii=False)}"
        if record.exc_info:
            line += f"\n{self.formatException(record.exc_info)}"
        return line
