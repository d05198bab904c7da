"""Make `.venv` with exactly the pinned packages and this project in it. Stdlib only."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PIP = [VENV / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
UV = [VENV / "bin" / "uv", "pip", "install", "--quiet", "--python", VENV / "bin" / "python"]
OLDEST = (3, 11)


def main() -> None:
    """Refuse an old Python in one sentence, then create, fill and stamp the environment."""
    if sys.version_info < OLDEST:
        here = ".".join(map(str, sys.version_info[:2]))
        sys.exit(f"Dekat needs Python 3.11 or newer; python3 here is {here}. Try: make PYTHON=python3.11 …")
    stamp = VENV / ".ready"
    if stamp.exists() and stamp.read_text() == digest():
        stamp.touch()  # only the times of the files changed, as after a checkout
        return
    if not (VENV / "bin" / "python").exists():
        create_environment()
    say("Installing the pinned Python packages (once) …")
    run([*PIP, "--require-hashes", "-r", ROOT / "requirements" / "bootstrap.txt"])
    run([*UV, "--require-hashes", "-r", ROOT / "requirements" / "dev.txt"])
    run([*UV, "--no-deps", "--no-build-isolation", "--editable", ROOT])
    stamp.write_text(digest())


def digest() -> str:
    """One digest over all that decides what is in the environment."""
    files = [ROOT / name for name in ("requirements/bootstrap.txt", "requirements/dev.txt", "pyproject.toml")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in (*files, Path(__file__)))).hexdigest()


def create_environment() -> None:
    """Create `.venv`; where the system's Python came without venv, install that part or name it."""
    if made():
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"Installing {package} …")
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        for name in (package, "python3-venv"):
            subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", name], check=False)
        if made():
            return
    shutil.rmtree(VENV, ignore_errors=True)
    sys.exit("Python's venv is missing here. Install it and try again: sudo apt-get install python3-venv")


def made() -> bool:
    """Whether `.venv` with pip could be created."""
    done = subprocess.run([sys.executable, "-m", "venv", VENV], check=False, capture_output=True)
    return done.returncode == 0 and (VENV / "bin" / "pip").exists()


def run(command: list[str | Path]) -> None:
    """Run a command; its failure is ours, its own words are on the screen."""
    done = subprocess.run(command, check=False, cwd=ROOT)
    if done.returncode:
        sys.exit(f"This step failed: {' '.join(map(str, command))}")


def say(text: str) -> None:
    """One line for whoever waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
