"""The programs that tests need beside Python packages: found, installed where we may, or named. Stdlib only."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


def postgresql_bin() -> Path | None:
    """The folder with `initdb` and `postgres`, the newest version first."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def chromium() -> str | None:
    """Chromium or a browser like it."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def softhsm() -> Path | None:
    """The module of SoftHSM, a token for tests that is software."""
    folders = (Path("/usr/lib/softhsm"), *Path("/usr/lib").glob("*/softhsm"), Path("/usr/local/lib/softhsm"))
    return next((folder / "libsofthsm2.so" for folder in folders if (folder / "libsofthsm2.so").exists()), None)


@dataclass(frozen=True)
class Need:
    """A program, the packages that bring it (the first that exists is taken), and how to see that it is here."""

    what_for: str
    packages: tuple[str, ...]
    find: Callable[[], object]


NEEDS = (
    Need("walking the pages", ("chromium", "chromium-browser"), chromium),
    Need("the second half of the tests", ("postgresql",), postgresql_bin),
    Need("links between network namespaces", ("iproute2",), lambda: shutil.which("ip")),
    Need("reading printed documents", ("poppler-utils",), lambda: shutil.which("pdftoppm")),
    Need("a token that is software", ("softhsm2",), softhsm),
    Need("preparing a token", ("opensc",), lambda: shutil.which("pkcs11-tool")),
)


def main() -> None:
    """Install what is missing, or say what to install and fail."""
    missing = [need for need in NEEDS if not need.find()]
    if missing and (prefix := installer()) is not None:
        subprocess.run([*prefix, "apt-get", "update", "-qq"], check=False)
        for need in missing:
            install(prefix, need)
        missing = [need for need in NEEDS if not need.find()]
    if missing:
        for need in missing:
            sys.stderr.write(f"Missing: {need.packages[0]} (for {need.what_for}).\n")
        sys.exit(f"Install it and try again: sudo apt-get install {' '.join(need.packages[0] for need in missing)}")


def installer() -> list[str] | None:
    """How this user may call apt-get; None where it may not or where there is none."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def install(prefix: list[str], need: Need) -> None:
    """Install the first package that brings the program."""
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    for package in need.packages:
        command = [*prefix, *environment, "apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
        done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        if done.returncode == 0 and need.find():
            return


if __name__ == "__main__":
    main()
