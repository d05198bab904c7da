"""What the fuzzer's process stands on: Django, an empty database in memory, the world and a target with its seeds."""

import logging
import os
from pathlib import Path


def ready(name: str, folder: Path):  # type: ignore[no-untyped-def]
    """Prepare everything; the imports stand inside because the caller watches them."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django
    from django.test.utils import setup_databases

    django.setup()
    logging.disable(logging.INFO)
    setup_databases(verbosity=0, interactive=False)
    # What is written is thrown away; waiting for the disk would only cost tries.
    os.fsync = os.fdatasync = lambda _: None

    from fuzz.seeds import SEEDS
    from fuzz.targets import TARGETS
    from fuzz.world import made

    world = made(folder)
    return TARGETS[name], world, SEEDS[name](world)
