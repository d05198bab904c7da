"""Run the fuzzer: `python -m fuzz [--seconds 600] [ONLY …]`. Each target runs in a process of its own, one by one."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "var" / "fuzz"
CASES = ROOT / "tests" / "fault" / "cases"
# The guard's own limits are tighter; these are for what its signals cannot reach.
_BACKSTOP_S, _BACKSTOP_MB = 10, 2048
_LARGEST_INPUT = 64 * 1024
_DONE = re.compile(r"#(\d+)\s+DONE\s+cov: (\d+) ft: (\d+)")


def main() -> int:
    """Share the time among the targets; the exit code says whether anything was found."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("only", nargs="*", help="names of targets; all when there are none")
    parser.add_argument("--seconds", type=int, default=600, help="for all targets together")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return _inside(options.only[0], options.seconds)
    names = options.only or _names()
    seconds = max(1, options.seconds // len(names))
    return max(_alone(name, seconds) for name in names)


def _names() -> list[str]:
    text = (ROOT / "fuzz" / "targets.py").read_text()
    return re.findall(r'^    "(\w+)": Target\(', text, re.MULTILINE)


def _alone(name: str, seconds: int) -> int:
    command = [sys.executable, "-m", "fuzz", "--inside", "--seconds", str(seconds), name]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    said = done.stdout + done.stderr
    if found := _DONE.search(said):
        runs, edges, features = found.groups()
        print(f"{name:<17} {int(runs):>9,} runs  {edges:>5} edges  {features:>6} features  nothing found", flush=True)
        return 0
    _, _, trace = said.rpartition("Uncaught Python exception")
    print(f"{name}: FOUND (or it did not start)\n{(trace or said)[-3000:]}", flush=True)
    print(f"Keep the input as {CASES.relative_to(ROOT)}/{name}/WHAT-IT-DOES.bin and mend the parser.", flush=True)
    return 1


def _inside(name: str, seconds: int) -> int:
    import atheris

    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    with tempfile.TemporaryDirectory(prefix="dekat-fuzz-") as folder:
        with atheris.instrument_imports(include=["dekat", "PIL"]):
            from fuzz.running import ready

            target, world, seeds = ready(name, Path(folder))
        corpus = CORPUS / name
        shutil.rmtree(corpus / "seeds", ignore_errors=True)
        (corpus / "seeds").mkdir(parents=True)
        for number, seed in enumerate(seeds):
            (corpus / "seeds" / f"{number:03d}").write_bytes(seed)
        options = [
            f"-max_total_time={seconds}", f"-timeout={_BACKSTOP_S}", f"-rss_limit_mb={_BACKSTOP_MB}",
            f"-max_len={_LARGEST_INPUT}", f"-artifact_prefix={corpus}/", "-print_final_stats=1",
        ]  # fmt: skip
        kept = corpus / "kept"
        kept.mkdir(exist_ok=True)
        known = [str(folder) for folder in (kept, corpus / "seeds", CASES / name) if folder.is_dir()]
        from fuzz.shapes import mutated

        def one(data: bytes) -> None:
            target.is_refused(world, data)

        def mutate(data: bytes, most: int, seed: int) -> bytes:
            return mutated(data, most, seed, atheris.Mutate)

        atheris.Setup([sys.argv[0], *options, *known], one, custom_mutator=mutate)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.exit(main())
