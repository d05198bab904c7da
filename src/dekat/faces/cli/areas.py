"""`dekat areas load`: the nation's areas from the files of the data set."""

import argparse
from pathlib import Path

from dekat.areas.services import load_areas, load_bundled


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat areas`."""
    parser = sub.add_parser("areas", help="provinces, regencies, kecamatan and villages")
    commands = parser.add_subparsers(dest="areas_command", required=True)
    load = commands.add_parser("load", help="load areas from the CSV files of idn-area-data")
    load.add_argument("folder", type=Path, nargs="?", help="folder with provinces.csv …; none: what ships with Dekat")
    load.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Load the areas and say how many."""
    load_bundled()
    if options.folder:
        loaded = load_areas(options.folder)
        levels = ("provinsi", "kabupaten/kota", "kecamatan", "desa/kelurahan")
        for level, read, written in zip(levels, loaded.read, loaded.written, strict=True):
            print(f"{level}: {read} dibaca, {written} baru atau berubah")
    else:
        print("Wilayah bawaan sudah dimuat.")
    return 0
