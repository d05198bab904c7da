"""`dekat sample-seed`: make the data of one node of the sample regency; `dekat demo` calls it for each node."""

import argparse
from pathlib import Path

from dekat.faces.sample.regency import Layout
from dekat.project.sample.seed import PHASES


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat sample-seed`."""
    parser = sub.add_parser("sample-seed", help="used by demo: one phase of one node's data")
    parser.add_argument("phase", choices=PHASES)
    parser.add_argument("key")
    parser.add_argument("folder", type=Path)
    parser.add_argument("base", type=int)
    parser.add_argument("sbi_base", type=int)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do the phase in this process, which runs in the node's own environment."""
    PHASES[options.phase](options.key, Layout(options.folder, options.base, options.sbi_base))
    return 0
