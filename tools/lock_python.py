"""Resolve requirements/*.in into requirements/*.txt with digests and without addresses. Stdlib only."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = [
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--quiet",
]


def main() -> None:
    """Compile each list; what is already pinned stays unless its `.in` forbids it."""
    for name in ("bootstrap", "base", "dev", "bench"):
        command = [ROOT / ".venv" / "bin" / "uv", "pip", "compile", *OPTIONS, f"{name}.in", "-o", f"{name}.txt"]
        subprocess.run(command, cwd=ROOT / "requirements", check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
