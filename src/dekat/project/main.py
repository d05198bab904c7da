"""`dekat`: every command of a node, from the faces' folder and from the wiring."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from dekat.kernel.errors import DekatError


class Command(Protocol):
    """What each command module offers."""

    def add_parser(self, sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
        """Add the command with its options; its parser's default `run` is called with the parsed options."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dekat.project.settings")
    import django

    django.setup()
    parser = argparse.ArgumentParser(prog="dekat", description="Civil registration and ID services where people live.")
    sub = parser.add_subparsers(dest="command", required=True)
    for name in _wanted(sys.argv[1:] if arguments is None else arguments):
        import_module(name).add_parser(sub)
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except DekatError as refusal:
        return _say(refusal)


def _wanted(arguments: Sequence[str]) -> list[str]:
    """The one module of the command that was asked for; all of them where none is, for the list of commands.

    A station that serves shall not carry the spreadsheets and film studios of the other commands in its memory.
    """
    modules = command_modules()
    asked = arguments[0].replace("-", "_") if arguments else ""
    return [name for name in modules if name.rpartition(".")[2] == asked] or modules


def command_modules() -> list[str]:
    """The modules that hold a command, by name."""
    from dekat.faces import cli
    from dekat.project import commands

    return [
        f"{package.__name__}.{found.name}" for package in (cli, commands) for found in iter_modules(package.__path__)
    ]


def _say(refusal: DekatError) -> int:
    from dekat.faces.refusals.words import words_for

    words = words_for(refusal)
    sys.stderr.write(f"{words.happened}\n{words.do_now}\n({refusal.code})\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
