"""Run the fuzzer: `python -m fuzz [--seconds 600] [ONLY …]`. All is prepared once, each target is a child."""

import argparse
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fuzz.running import Prepared

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "var" / "fuzz"
CASES = ROOT / "tests" / "fault" / "cases"
# The guard's own limits are tighter; these are for what its signals cannot reach.
_BACKSTOP_S, _BACKSTOP_MB = 20, 2048
_LARGEST_INPUT = 64 * 1024
WATCHED = ["dekat", "PIL"]
_DONE = re.compile(r"#(\d+)\s+DONE\s+cov: (\d+) ft: (\d+)")


def main() -> int:
    """Share the time among the targets; the exit code says whether anything was found."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("only", nargs="*", help="names of targets; all when there are none")
    parser.add_argument("--seconds", type=int, default=600, help="for all targets together")
    options = parser.parse_args()
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    with tempfile.TemporaryDirectory(prefix="dekat-fuzz-") as folder:
        prepared = _prepared(Path(folder))
        names = options.only or prepared.names
        seconds = max(1, options.seconds // len(names))
        return max(_one(prepared, name, seconds) for name in names)


def _prepared(folder: Path) -> "Prepared":
    """What is imported here tells the fuzzer which way each input went."""
    import atheris

    with Path(os.devnull).open("w") as nowhere, _said_to(nowhere.fileno()), atheris.instrument_imports(WATCHED):
        from fuzz.running import Prepared
    return Prepared(folder)


@contextmanager
def _said_to(place: int) -> Iterator[None]:
    kept = [os.dup(1), os.dup(2)]
    os.dup2(place, 1)
    os.dup2(place, 2)
    try:
        yield
    finally:
        for number, old in enumerate(kept, start=1):
            os.dup2(old, number)
            os.close(old)


def _one(prepared: "Prepared", name: str, seconds: int) -> int:
    log = CORPUS / name / "log"
    shutil.rmtree(log.parent / "seeds", ignore_errors=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    prepared.hang_up()
    child = os.fork()
    if child == 0:
        try:
            with log.open("w") as file, _said_to(file.fileno()):
                _fuzz(prepared, name, seconds)
        finally:
            # What is to be cleaned up at the end is the parent's.
            os._exit(1)
    os.waitpid(child, 0)
    said = log.read_text(errors="replace")
    if found := _DONE.search(said):
        runs, edges, features = found.groups()
        print(f"{name:<17} {int(runs):>9,} runs  {edges:>5} edges  {features:>6} features  nothing found", flush=True)
        return 0
    _, _, trace = said.rpartition("Uncaught Python exception")
    print(f"{name}: FOUND\n{(trace or said)[-3000:]}", flush=True)
    print(f"Keep the input as {CASES.relative_to(ROOT)}/{name}/WHAT-IT-DOES.bin and mend the parser.", flush=True)
    return 1


def _fuzz(prepared: "Prepared", name: str, seconds: int) -> None:
    import atheris

    from fuzz.shapes import mutated

    corpus = CORPUS / name
    for folder in (corpus / "seeds", corpus / "kept"):
        folder.mkdir(exist_ok=True)
    for number, seed in enumerate(prepared.seeds(name)):
        (corpus / "seeds" / f"{number:03d}").write_bytes(seed)
    options = [
        f"-max_total_time={seconds}", f"-timeout={_BACKSTOP_S}", f"-rss_limit_mb={_BACKSTOP_MB}",
        f"-max_len={_LARGEST_INPUT}", f"-artifact_prefix={corpus}/",
    ]  # fmt: skip
    known = [str(folder) for folder in (corpus / "kept", corpus / "seeds", CASES / name) if folder.is_dir()]

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        return mutated(data, most, seed, atheris.Mutate)

    atheris.Setup([sys.argv[0], *options, *known], prepared.reader(name), custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
