"""The settings under test: a data folder of this run's own, removed when it ends.

`DEKAT_DATABASE_URL` runs the same suite on PostgreSQL.
"""

import atexit
import os
import shutil
from pathlib import Path

_folder = Path(__file__).resolve().parent.parent / "var" / "test" / str(os.getpid())
(_folder / "static").mkdir(parents=True, exist_ok=True)
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ.update(DEKAT_DATA_DIR=str(_folder), DEKAT_SAMPLE="1", DEKAT_SECRET_KEY="test", DEKAT_ROLE="centre")
# Where the judge of pictures is not the subject, it looks at ridges only and starts no process.
os.environ.setdefault("DEKAT_JUDGE", "light")

from dekat.project.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
