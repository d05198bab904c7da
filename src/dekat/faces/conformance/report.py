"""The signed-off report of a conformance run: what an office staples to a contract."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from markdown_it import MarkdownIt

from dekat.adapters.sbi.ctk.outcomes import Outcome, Reason, Verdict
from dekat.adapters.sbi.discovery import Found
from dekat.faces.conformance.words import REASONS, TOPICS, VERDICTS

_TITLE = "Laporan uji kesesuaian alat perekam (SBI 0.9.5)"
_STYLE = (
    "body{font:11pt/1.45 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;"
    "width:100%;margin:1rem 0}td,th{border:1px solid #888;padding:.2rem .5rem;text-align:left;vertical-align:top}"
    "tr{break-inside:avoid}"
)


def write_report(file: Path, outcomes: Sequence[Outcome], *, at: datetime) -> None:
    """Write the report, as HTML when the name ends so, else as Markdown."""
    text = report(outcomes, at=at)
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix.lower() not in (".html", ".htm"):
        file.write_text(text, encoding="utf-8")
        return
    body = MarkdownIt("commonmark").enable("table").render(text)
    page = f'<!doctype html><html lang="id"><meta charset="utf-8"><title>{escape(_TITLE)}</title>'
    file.write_text(f"{page}<style>{_STYLE}</style>{body}</html>", encoding="utf-8")


def report(outcomes: Sequence[Outcome], *, at: datetime) -> str:
    """The report as Markdown: each device, each definition, and room for two signatures."""
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    lines = [
        f"# {_TITLE}",
        "",
        f"Diuji pada {local:%Y-%m-%d %H:%M} ({settings.TIME_ZONE}), kecamatan {settings.ENV.kecamatan or '-'}.",
        "",
    ]
    lines += [
        "Butir uji: definisi MOSIP Compliance Toolkit, disebut dengan nomornya. **Wajib lulus:** tidak ada satu pun",
        "butir yang gagal, dan setiap butir yang tidak berlaku mempunyai alasannya di bawah ini.",
        "",
    ]
    for device, group in groupby(outcomes, key=lambda outcome: outcome.device):
        lines += _device(device, list(group))
    return "\n".join([*lines, *_signatures()]) + "\n"


def _device(device: Found, outcomes: list[Outcome]) -> list[str]:
    state = device.state
    counts = {verdict: sum(outcome.verdict is verdict for outcome in outcomes) for verdict in Verdict}
    facts = [
        ("Nomor seri", state.serial),
        ("Pembuat dan model", f"{state.make} {state.model} ({state.provider})"),
        ("Jenis", f"{state.kind.value}, {device.sub_type}"),
        ("Perangkat lunak", f"firmware {state.firmware}, layanan {state.service_version}"),
        ("Tanda tangan", "otoritas yang dikenal" if state.is_trusted else "TIDAK DIKENAL"),
        ("Butir", ", ".join(f"{count} {VERDICTS[verdict]}" for verdict, count in counts.items())),
        ("Hasil", _result(device, outcomes)),
    ]
    lines = [f"## {state.kind.value} {_cell(state.serial)}", "", "| | |", "| --- | --- |"]
    lines += [f"| {name} | {_cell(value)} |" for name, value in facts]
    lines += ["", "| Butir | Hasil | Yang diuji | Keterangan |", "| --- | --- | --- | --- |"]
    return [*lines, *(_row(outcome) for outcome in outcomes), ""]


def _result(device: Found, outcomes: list[Outcome]) -> str:
    """What the office may sign: a definition that was left out at the desk leaves the report open."""
    verdicts = {outcome.verdict for outcome in outcomes}
    if Verdict.FAILED in verdicts or Verdict.PASSED not in verdicts or not device.state.is_trusted:
        return "TIDAK MEMENUHI"
    left_out = sum(outcome.reason is Reason.CANNOT_ARRANGE for outcome in outcomes)
    return f"BELUM LENGKAP: {left_out} butir tidak diuji" if left_out else "MEMENUHI"


def _row(outcome: Outcome) -> str:
    definition = outcome.definition
    note = REASONS[outcome.reason] if outcome.reason else "; ".join(outcome.faults) or f"{outcome.took_ms / 1000:.1f} s"
    return f"| {definition.id} | {VERDICTS[outcome.verdict]} | {TOPICS[definition.topic]} | {_cell(note)} |"


def _signatures() -> list[str]:
    line = "................................"
    return [
        "## Tanda tangan",
        "",
        "| Penguji (nama, NIP, tanggal) | Penyedia (nama, jabatan, tanggal) |",
        "| --- | --- |",
        f"| {line} | {line} |",
    ]


def _cell(text: str) -> str:
    """What a device says, unable to break the table or to become markup."""
    return escape(text, quote=False).replace("|", "/").replace("\n", " ").replace("`", "'")
