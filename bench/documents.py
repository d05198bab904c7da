"""A family card from its content to the signed file, beside the same card by other engines, in one run; its stamp.

The peers (requirements/bench.txt) are installed on the first run into `var/bench-peers`, never into `.venv`; without a
registry they do not take part. Each engine draws warm in a process of its own; the peers get the picture of the code
ready-made, and their papers are signed by our signer, so what differs is the drawing.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pikepdf

import dekat.documents
from bench.papers import ours
from bench.result import Result
from dekat.adapters.signer.trial_authority import trial_signer
from dekat.documents.kinds import DocumentKind
from dekat.documents.papers import MEMBER, OFFICIAL, PAPERS
from dekat.documents.qr import qr_svg
from dekat.documents.stamp import as_code, decode, encode, key_id

CARDS, STAMPS = 120, 500
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent
LIST, FOLDER = ROOT / "requirements" / "bench.txt", Path(dekat.documents.__path__[0])
# A peer draws fewer: they are slower, and their median is steady sooner.
PEERS = {
    "WeasyPrint": ("weasyprint_page", 20),
    "ReportLab": ("reportlab_canvas", 40),
    "Chromium": ("chromium_page", 30),
}


@dataclass(frozen=True)
class Clocked:
    """What one engine needed. Facts: seconds of CPU and of the wall for each paper, signed; the largest file."""

    cpu_s: list[float]
    wall_s: list[float]
    size_bytes: int
    peak_mb: float


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """Cards per second and core, their slowest, size and memory, and stamps checked per second; warm.

    Facts: CPU time is what an idle core needs and what other work here disturbs least; the wall is beside it. A peer's
    CPU includes our signing of its paper; its memory is the drawing alone (of a browser all its processes).
    """
    contents = folder / "cards.jsonl"
    contents.write_text("\n".join(json.dumps(_card(number)) for number in range(CARDS)))
    mine = _clocked(Path(sys.executable), "ours", CARDS, folder, contents)
    others = dict(_peers(folder, contents))
    yield Result(
        "KK drawn, stamped, signed", 1 / median(mine.cpu_s), "documents/s/core", 18, "higher",
        {name: 1 / median(one.cpu_s) for name, one in others.items()},
    )  # fmt: skip
    yield Result(
        "KK, the slowest of a hundred, CPU", _p99(mine.cpu_s) * 1000, "ms", 250, "lower",
        {"on the wall here": _p99(mine.wall_s) * 1000}
        | {name: _p99(one.cpu_s) * 1000 for name, one in others.items()},
    )  # fmt: skip
    yield Result(
        "KK size, signed", mine.size_bytes / 1000, "kB", 150, "lower",
        {name: one.size_bytes / 1000 for name, one in others.items()},
    )  # fmt: skip
    yield Result(
        "KK peak memory", mine.peak_mb, "MB", 220, "lower", {name: one.peak_mb for name, one in others.items()}
    )
    raws = [encode(ours.stamp(number), ours.KEY) for number in range(STAMPS)]
    start = time.process_time()
    for raw in raws:
        decode(raw, {key_id(ours.KEY.public): ours.KEY.public})
    yield Result("stamps checked", STAMPS / (time.process_time() - start), "stamps/s/core", 4000, "higher")


def _peers(folder: Path, contents: Path) -> Iterator[tuple[str, Clocked]]:
    signer = trial_signer(folder / "authority", now=NOW)
    for name, (module, count) in PEERS.items():
        python = Path(sys.executable) if name == "Chromium" else _peer_python()
        if python is None or (name == "Chromium" and not _chromium()):
            print(f"  {name} does not take part: it is not installed and cannot be fetched", flush=True)
            continue
        drawn = _clocked(python, module, count, folder, contents)
        signing, sizes = [], []
        for paper in sorted((folder / module).glob("*.pdf")):
            start = time.process_time()
            signed = signer.sign(paper.read_bytes(), now=NOW)
            signing.append(time.process_time() - start)
            sizes.append(len(signed))
        cpu = [draw + median(signing) for draw in drawn.cpu_s]
        yield name, Clocked(cpu, drawn.wall_s, max(sizes), drawn.peak_mb)


def _clocked(python: Path, module: str, count: int, folder: Path, contents: Path) -> Clocked:
    papers = folder / module
    papers.mkdir()
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "BENCH_DOCUMENTS": str(FOLDER),
        "BENCH_AUTHORITY": str(folder / "authority"),
        "BENCH_CHROMIUM": _chromium(),
    }
    command = [python, "-m", f"bench.papers.{module}", "--content", contents, "--folder", papers, "--count", str(count)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    said = json.loads(done.stdout.splitlines()[-1])
    sizes = [paper.stat().st_size for paper in papers.glob("*.pdf")]
    with pikepdf.open(papers / "0.pdf") as paper:
        assert len(paper.pages) == 1, f"{module} needs {len(paper.pages)} pages for one card"
    return Clocked(said["cpu_s"], said["wall_s"], max(sizes), said["peak_mb"])


def _peer_python() -> Path | None:
    """The Python that has the peers, made once for each state of their list."""
    home = ROOT / "var" / "bench-peers" / hashlib.sha256(LIST.read_bytes()).hexdigest()[:12]
    python = home / "bin" / "python"
    if (home / ".ready").exists():
        return python
    uv = Path(sys.executable).with_name("uv")
    try:
        subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, home], check=True)
        subprocess.run(
            [uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", LIST], check=True
        )
    except subprocess.CalledProcessError:
        return None
    (home / ".ready").touch()
    return python


def _chromium() -> str:
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


def _p99(seconds: list[float]) -> float:
    return sorted(seconds)[min(len(seconds) - 1, len(seconds) * 99 // 100)]


def _card(number: int) -> dict[str, object]:
    texts = [name for name, shape in PAPERS[DocumentKind.FAMILY_CARD].shape.items() if shape is str]
    members = [
        {**dict.fromkeys(MEMBER, "CONTOH"), "name": f"CONTOH ANGGOTA {row}", "nik": f"99111204097{number:03d}{row:02d}"}
        for row in range(5)
    ]
    return {
        **dict.fromkeys(texts, "CONTOH"),
        "family_card_no": f"9911121506{number:06d}",
        "serial": "7K3QX-91BZT",
        "official": dict.fromkeys(OFFICIAL, "Contoh"),
        "members": members,
        "qr": qr_svg(as_code(encode(ours.stamp(number), ours.KEY), address="https://cek.bondowoso.example")),
    }
