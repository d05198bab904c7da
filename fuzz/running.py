"""What the fuzzer's process stands on: Django, an empty database in memory, the world."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.db import connections  # noqa: E402
from django.test.utils import setup_databases  # noqa: E402

from fuzz.seeds import SEEDS  # noqa: E402
from fuzz.targets import TARGETS  # noqa: E402
from fuzz.world import made  # noqa: E402


class Prepared:
    """The world with every target."""

    def __init__(self, folder: Path) -> None:
        # Nobody reads what millions of bad inputs have to say; the targets listen themselves.
        logging.getLogger().handlers[:] = [logging.NullHandler()]
        logging.disable(logging.INFO)
        setup_databases(verbosity=0, interactive=False)
        # What is written is thrown away; waiting for the disk would only cost tries.
        os.fsync = os.fdatasync = lambda _: None
        self._world = made(folder)

    @property
    def names(self) -> list[str]:
        return list(TARGETS)

    def hang_up(self) -> None:
        """Leave no connection to a database server that parent and child would share; one in memory stays."""
        connections.close_all()

    def seeds(self, name: str) -> list[bytes]:
        """What our own code writes for a target."""
        return SEEDS[name](self._world)

    def reader(self, name: str) -> Callable[[bytes], None]:
        """A target as the fuzzer calls it."""
        target, world = TARGETS[name], self._world

        def read(data: bytes) -> None:
            target.is_refused(world, data)

        return read
