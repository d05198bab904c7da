"""Print the commands of the Makefile with their explanations. Stdlib only."""

import re
import sys
from pathlib import Path

MAKEFILE = Path(__file__).resolve().parent.parent / "Makefile"


def main() -> None:
    """One line for each target that carries a `##` comment."""
    sys.stdout.write("make …\n")
    for name, words in re.findall(r"^([a-z]+):[^#\n]*## (.+)$", MAKEFILE.read_text(), re.MULTILINE):
        sys.stdout.write(f"  {name:<13} {words}\n")


if __name__ == "__main__":
    main()
