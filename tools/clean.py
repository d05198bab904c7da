"""Remove what was built in this folder. Stdlib only."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE = (
    ".venv", "node_modules", "build", "dist", "var/test", "src/dekat.egg-info", "src/dekat/faces/ui/static/built",
    "src/dekat/documents/fonts", ".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis", "bench/results",
)  # fmt: skip


def main() -> None:
    """Remove each folder that is there."""
    for name in MADE:
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for folder in (*ROOT.glob("src/**/__pycache__"), *ROOT.glob("tests/**/__pycache__")):
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
