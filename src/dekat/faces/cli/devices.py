"""`dekat devices emulate|list|conformance`: the biometric devices of this computer."""

import argparse
from pathlib import Path

from django.conf import settings

from dekat.adapters.sbi import emulator
from dekat.adapters.sbi.conformance import check_device
from dekat.adapters.sbi.ctk.asking import Bench
from dekat.adapters.sbi.ctk.definitions import SCHEMAS, read_definitions
from dekat.adapters.sbi.ctk.outcomes import Outcome, Verdict
from dekat.adapters.sbi.ctk.runner import judge_device
from dekat.adapters.sbi.ctk.schemas import Schemas
from dekat.adapters.sbi.discovery import Found, find_devices, port_range, with_absent
from dekat.adapters.sbi.trust import DeviceTrust
from dekat.faces.clock import now
from dekat.faces.conformance.desk import add_options, desk_for
from dekat.faces.conformance.report import write_report
from dekat.faces.conformance.words import REASONS, TOPICS, VERDICTS

_PROMISES = {
    "identity-signed-by-known-authority": "jati diri ditandatangani otoritas yang dikenal",
    "answers-discovery": "menjawab pencarian alat",
    "captures-signed-and-chained": "gambar ditandatangani, bersambung, dan selesai dalam 4 detik",
    "refuses-bad-transaction-id": "menolak nomor rekaman yang salah",
    "refuses-wrong-count": "menolak jumlah yang salah",
    "refuses-authentication": "menolak pengambilan untuk otentikasi",
    "streams-three-frames-a-second": "gambar langsung paling sedikit 3 per detik",
}


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat devices`."""
    parser = sub.add_parser("devices", help="fingerprint, iris and face devices")
    commands = parser.add_subparsers(dest="devices_command", required=True)
    emulate = commands.add_parser("emulate", help="behave like devices of people who do not exist")
    emulator.add_options(emulate)
    emulate.set_defaults(run=run_emulate)
    for name, run, words in (
        ("list", run_list, "find the devices that answer now"),
        ("conformance", run_conformance, "ask each device to keep the protocol; somebody's thumbs and eyes are needed"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("--ports", help="range to search; none: DEKAT_SBI_PORTS")
        command.add_argument("--ca", type=Path, help="folder of trusted authorities; none: DEKAT_SBI_TRUST")
        command.set_defaults(run=run)
    add_options(commands.choices["conformance"])


def run_emulate(options: argparse.Namespace) -> int:
    """Emulate devices until interrupted."""
    print(f"Alat tiruan di 127.0.0.1: {options.ports}. Semua orangnya CONTOH. Hentikan dengan Ctrl+C.", flush=True)
    emulator.run_with(options, clock=now)
    return 0


def run_list(options: argparse.Namespace) -> int:
    """Print each device and its state; 1 when a kind is missing."""
    states = with_absent(_found(options))
    for state in states:
        trusted = "dikenal" if state.is_trusted else "tidak dikenal"
        about = f"{state.address} {state.serial} {state.make} {state.model} ({trusted})" if state.serial else ""
        print(f"{state.kind.value:7} {state.status.value:15} {about}".rstrip())
    return 0 if all(state.serial for state in states) else 1


def run_conformance(options: argparse.Namespace) -> int:
    """Print how each device keeps each promise; 1 when one does not, or when there is no device."""
    devices = _found(options)
    if options.ctk and devices:
        return _run_definitions(options, devices, _trust(options))
    is_kept = bool(devices)
    for device in devices:
        print(f"{device.state.kind.value} {device.state.serial} di {device.state.address}")
        for check in check_device(device, _trust(options), now):
            is_kept = is_kept and check.is_kept
            print(f"  {'ya   ' if check.is_kept else 'TIDAK'} {_PROMISES[check.promise]}  {check.detail}".rstrip())
    if not devices:
        print("Tidak ada alat yang menjawab.")
    return 0 if is_kept else 1


def _run_definitions(options: argparse.Namespace, devices: list[Found], trust: DeviceTrust) -> int:
    """Print one line for each definition and device; 1 when one failed, or when there is no device."""
    definitions = read_definitions(options.ctk)
    bench = Bench(Schemas(options.ctk / SCHEMAS), trust, now)
    outcomes = []
    for device in devices:
        state = device.state
        print(f"{state.kind.value} {state.serial} {state.make} {state.model} di {state.address}")
        for outcome in judge_device(definitions, device, bench, desk_for(options)):
            outcomes.append(outcome)
            print(f"  {_line(outcome)}", flush=True)
        print(f"  {_sum(outcomes, device)}")
    if options.report:
        write_report(options.report, outcomes, at=now())
        print(f"Laporan: {options.report}")
    return 0 if outcomes and all(outcome.verdict is not Verdict.FAILED for outcome in outcomes) else 1


def _line(outcome: Outcome) -> str:
    words = f"{outcome.definition.id} {VERDICTS[outcome.verdict]:14} {TOPICS[outcome.definition.topic]}"
    if outcome.reason:
        return f"{words}: {REASONS[outcome.reason]}"
    return f"{words}: {'; '.join(outcome.faults[:3])}" if outcome.faults else words


def _sum(outcomes: list[Outcome], device: Found) -> str:
    mine = [outcome for outcome in outcomes if outcome.device is device]
    counts = {verdict: sum(outcome.verdict is verdict for outcome in mine) for verdict in Verdict}
    return ", ".join(f"{count} {VERDICTS[verdict]}" for verdict, count in counts.items())


def _found(options: argparse.Namespace) -> list[Found]:
    return find_devices(port_range(options.ports or settings.ENV.sbi_ports), _trust(options), now())


def _trust(options: argparse.Namespace) -> DeviceTrust:
    return DeviceTrust(options.ca or settings.ENV.sbi_trust)
