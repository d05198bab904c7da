"""Make the fonts of our documents: static TTF out of the npm font packages, with names of our own.

The licence (OFL) lets a changed font live only under another name, and typst mis-groups condensed and medium widths by
their original names. Run by `make assets`, after `npm ci`: python tools/build_fonts.py [NODE_MODULES]
"""

import hashlib
import shutil
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "dekat" / "documents" / "fonts"
SUBSETS = {"latin": "", "latin-ext": " Ext"}
FAMILIES = {
    "plus-jakarta-sans": ("Dekat Sans", (500, 700, 800)),
    "ibm-plex-sans-condensed": ("Dekat Tabel", (400, 500, 600, 700)),
    "ibm-plex-mono": ("Dekat Mono", (500, 600)),
}
FAMILY_NAME, STYLE_NAME, UNIQUE_NAME, FULL_NAME, POSTSCRIPT_NAME = 1, 2, 3, 4, 6
NORMAL_WIDTH, REGULAR = 5, 64


def main() -> None:
    modules = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "node_modules"
    stamp = TARGET / ".inputs"
    wanted = digest_of(modules)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    for package, (family, weights) in FAMILIES.items():
        source = modules / "@fontsource" / package
        shutil.copy(source / "LICENSE", TARGET / f"LICENSE-{package}.txt")
        for subset, suffix in SUBSETS.items():
            for weight in weights:
                convert(source / "files" / f"{package}-{subset}-{weight}-normal.woff2", family + suffix, weight)
    stamp.write_text(wanted)


def digest_of(modules: Path) -> str:
    """One digest over what the fonts are made of: this script and the versions of the packages."""
    whole = hashlib.sha256(Path(__file__).read_bytes())
    for package in FAMILIES:
        whole.update((modules / "@fontsource" / package / "package.json").read_bytes())
    return whole.hexdigest()


def convert(source: Path, family: str, weight: int) -> None:
    """Unpack one woff2 and give it its name; the weight stays where typst looks for it."""
    font = TTFont(source)
    font.flavor = None
    names = {
        FAMILY_NAME: family,
        STYLE_NAME: "Regular",
        UNIQUE_NAME: f"{family} {weight}",
        FULL_NAME: f"{family} {weight}",
        POSTSCRIPT_NAME: f"{family.replace(' ', '')}-{weight}",
    }
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 13, 14)]
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWidthClass = NORMAL_WIDTH
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = REGULAR
    font["head"].macStyle = 0
    # The same input gives the same file, and so the same documents, on every machine.
    font.recalcTimestamp = False
    font.save(TARGET / f"{family.replace(' ', '')}-{weight}.ttf")


if __name__ == "__main__":
    main()
