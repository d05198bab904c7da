"""One setting as text, checked: what `env.py` and its parts read with."""

import os
from pathlib import Path
from urllib.parse import urlsplit


class WrongSetting(SystemExit):
    """The process was told something it cannot run with."""


def url(name: str, *schemes: str) -> str:
    """An address with one of these schemes, or nothing."""
    text = os.environ.get(name, "")
    if text and (urlsplit(text).scheme not in schemes or not urlsplit(text).hostname):
        raise WrongSetting(f"{name} must be an address that begins with {schemes[0]}://, not {text!r}.")
    return text


def secret(name: str) -> str:
    """The value, or what the file holds that `…_FILE` names."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise WrongSetting(f"{name}_FILE cannot be read: {error.strerror}.") from error
    return os.environ.get(name, "")


def existing_file(name: str) -> Path | None:
    """The path of a file that is there, or nothing."""
    text = os.environ.get(name, "")
    if text and not Path(text).is_file():
        raise WrongSetting(f"{name} must name a file that exists, not {text!r}.")
    return Path(text) if text else None
