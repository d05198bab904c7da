"""The command `dekat`: one module per subject, each with `add_parser`."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import django

COMMANDS = ("areas", "devices")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dekat.project.settings")
    django.setup()
    parser = argparse.ArgumentParser(prog="dekat", description="Civil registration where people live.")
    sub = parser.add_subparsers(dest="command", required=True)
    for name in COMMANDS:  # only now: they import models, which need the settings
        import_module(f"dekat.faces.cli.{name}").add_parser(sub)
    options = parser.parse_args(arguments)
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())
