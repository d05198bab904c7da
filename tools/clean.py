"""Remove what was built here and the sample regency, and say what. Stdlib only."""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE = (
    ".venv", "node_modules", "build", "dist", "var/demo", "var/test", "src/dekat.egg-info",
    "src/dekat/faces/ui/static/built", "src/dekat/documents/fonts", "src/dekat/adapters/quality/models",
    ".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis", ".pytest_cache", "bench/results",
)  # fmt: skip
LEFT_BY_A_KILL = ("var/bench-*", "var/postgres-*")
CODE = ("src", "tests", "tools", "bench")


def main() -> None:
    """Remove each folder that is there; data of other nodes in `var/` stays."""
    found = [ROOT / name for name in MADE] + [path for shape in LEFT_BY_A_KILL for path in ROOT.glob(shape)]
    for folder in filter(Path.exists, found):
        shutil.rmtree(folder, ignore_errors=True)
        sys.stdout.write(f"removed {folder.relative_to(ROOT)}\n")
    for top in CODE:
        for folder in (ROOT / top).rglob("__pycache__"):
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
