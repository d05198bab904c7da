"""`dekat demo`: a sample regency on this machine, from nothing, until it is stopped."""

import argparse
import secrets
import shutil
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from dekat.adapters.national.simulator import SimulatedCentre
from dekat.adapters.sample_line.line import Quality, SampleLine
from dekat.enrolment.ports import DeviceKind
from dekat.equipment.sample import printer as device_serial
from dekat.equipment.sample import recorder
from dekat.faces.sample.regency import OFFICERS, PASSWORD, STATIONS, Layout
from dekat.project.sample import control
from dekat.project.sample.processes import Processes, wait_for


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat demo`."""
    parser = sub.add_parser("demo", help="start a sample regency and print its addresses and log-ins")
    parser.add_argument("--folder", type=Path, default=Path("var/demo"), help="where it lives (default var/demo)")
    parser.add_argument("--base", type=int, default=8000, help="first port (default 8000)")
    parser.add_argument("--sbi-base", type=int, default=4501, help="first port of the devices (default 4501)")
    parser.add_argument("--centre-database", default="", help="address of an empty PostgreSQL database for the centre")
    parser.add_argument("--steady-lines", action="store_true", help="no slow or dropping line")
    parser.add_argument("--seed-only", action="store_true", help="make the data and end")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Seed when there is nothing yet, start everything, wait until somebody stops it."""
    layout = Layout(options.folder.resolve(), options.base, options.sbi_base, options.centre_database)
    processes = Processes(layout.folder / "logs")
    # Both, since a shell that starts it in the background leaves Ctrl+C ignored.
    for wish in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wish, _interrupt)
    began = time.monotonic()
    try:
        if not (layout.folder / "seeded").exists():
            _seed(layout, processes)
        if options.seed_only:
            return 0
        lines = _start(layout, processes, is_steady=options.steady_lines)
        _announce(layout, time.monotonic() - began)
        return _stay(processes, lines)
    except KeyboardInterrupt:
        return 0
    finally:
        processes.stop()


def _seed(layout: Layout, processes: Processes) -> None:
    keys = ["centre", *(station.key for station in STATIONS)]
    shutil.rmtree(layout.folder, ignore_errors=True)
    (layout.folder / "logs").mkdir(parents=True)
    for key in keys:
        layout.home(key).mkdir(parents=True)
        _secret(layout.home(key) / "secret.key")
        _secret(layout.home(key) / "database.key")
    SimulatedCentre(layout.home("national")).close()
    (layout.folder / "story").write_text(datetime.now(UTC).isoformat())
    seed = ["-m", "dekat.project.main", "sample-seed"]
    where = [str(layout.folder), str(layout.base), str(layout.sbi_base)]
    _say("Menyiapkan data contoh (sekali saja, sekitar satu menit) …")
    for phase, who in (("found", keys), ("history", keys[1:]), ("fill", keys)):
        for key in who:
            processes.start(f"seed-{phase}-{key}", [*seed, phase, key, *where], layout.environment(key))
        for key in who:
            processes.finish(f"seed-{phase}-{key}")
    (layout.folder / "seeded").touch()


def _start(layout: Layout, processes: Processes, *, is_steady: bool) -> dict[str, SampleLine]:
    layout.clock_file.write_text("0")
    national = ["-m", "dekat.adapters.national.simulator", "--port", str(layout.national_port)]
    processes.start("national", [*national, "--folder", str(layout.home("national"))], {})
    gateway, mail = map(str, layout.message_ports)
    twin = ["-m", "dekat.adapters.message_twin.server", "--http", gateway, "--smtp", mail]
    processes.start("messages", twin, {})
    sbi = [
        f"{port}:{kind.value}:{serial}"
        for station in STATIONS
        for port, kind, serial in zip(
            layout.sbi_ports(station), DeviceKind, _serials(recorder(station.kecamatan)), strict=True
        )
    ]
    rig = [
        "-m",
        "dekat.adapters.sbi.emulator",
        "--ports",
        ",".join(sbi),
        "--ca",
        str(layout.home("devices") / "trust"),
        "--clock-file",
        str(layout.clock_file),
    ]
    processes.start("devices", [*rig, "--control", str(layout.device_control_port)], {})
    lines = {}
    for station in STATIONS:
        printer = ["-m", "dekat.adapters.ipp.virtual_printer", "--port", str(layout.printer_port(station))]
        switches = layout.home(station.key) / "printer"
        printer += ["--control", str(switches), "--serial", device_serial(station.kecamatan)]
        processes.start(f"printer-{station.key}", [*printer, "--spool", str(layout.home(station.key) / "paper")], {})
        quality = Quality() if is_steady else station.quality
        lines[station.key] = SampleLine(port=layout.line_port(station), target_port=layout.wire_port, quality=quality)
        lines[station.key].start()
    wait_for(layout.url(layout.national_port) + "/ping", seconds=20)
    for key in ["centre", *(station.key for station in STATIONS)]:
        processes.start(key, ["-m", "dekat.project.main", "serve"], layout.environment(key))
    control.serve(control.Switches(layout, lines), layout.control_port)
    for port in [layout.base, *(layout.pages(station) for station in STATIONS)]:
        if not wait_for(f"{layout.url(port)}/masuk/", seconds=60):
            raise SystemExit(f"Port {port} does not answer; see {layout.folder / 'logs'}.")
    return lines


def _stay(processes: Processes, lines: dict[str, SampleLine]) -> int:
    while True:
        time.sleep(1)
        if dead := processes.first_dead():
            _say(f"{dead} berhenti sendiri; lihat catatannya di folder logs.")
            for line in lines.values():
                line.stop()
            return 1


def _announce(layout: Layout, seconds: float) -> None:
    rows = [
        "",
        f"Dekat siap dalam {seconds:.0f} detik. DATA CONTOH: tidak ada orang sungguhan.",
        "",
        f"  Mulai di sini   {layout.url(layout.base)}/contoh/   (tur sepuluh menit)",
        f"  Warga           {layout.url(layout.base)}/",
        f"  Dispendukcapil  {layout.url(layout.base)}/kantor/",
        f"  Pengawasan      {layout.url(layout.base)}/pengawasan/",
        f"  Pesan keluar    {layout.url(layout.message_ports[0])}/   (e-mail, WhatsApp, SMS contoh)",
        *(f"  Kec. {station.name:<14} {layout.url(layout.pages(station))}/" for station in STATIONS),
        "",
        f"  Sandi semua akun contoh: {PASSWORD}",
        *(f"    {officer.username:<17} {officer.role.label} ({officer.where})" for officer in OFFICERS),
        "",
        "  Berhenti: Ctrl+C. Hapus semua: make clean.",
        "",
    ]
    _say("\n".join(rows))


def _serials(recorder_set: str) -> tuple[str, str, str]:
    """The register knows a recorder by its scanner's number; iris camera and face camera carry it with a letter."""
    return (recorder_set, f"{recorder_set}-I", f"{recorder_set}-F")


def _secret(path: Path) -> None:
    path.write_text(secrets.token_hex(32))
    path.chmod(0o600)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
