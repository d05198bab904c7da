"""The sentences that open a page, computed from the answer."""

from dekat.faces.clock import today
from dekat.faces.oversight import words
from dekat.faces.ui.words import long_date
from dekat.reports.device_page import DevicePage
from dekat.reports.oversight import Line
from dekat.reports.parties import party_name


def device_headline(line: Line) -> str:
    """`Alat Sempol menganggur 61 hari`."""
    noun = "Pencetak" if line.kind == "KK_PRINTER" else "Alat"
    if line.is_idle:
        return f"{noun} {line.place} menganggur {line.idle_days} hari"
    return f"{noun} {line.place} bekerja"


def device_sentence(page: DevicePage) -> str:
    """Why, and whose turn it is."""
    line = page.line
    if not line.is_idle:
        return "Tanda tangan alat menunjukkan pemakaian dalam 7 hari kerja terakhir. Tidak ada giliran siapa pun."
    due = line.answer.due_at
    parts = [str(words.reason(line.answer.code)), f"Giliran: {who(line)}, untuk {turn_to_do(line)}."]
    if line.answer.missed:
        missed = ", ".join(dict.fromkeys(party_name(party, page.names) for party in line.answer.missed))
        parts.append(f"Tenggat dilewati oleh {missed}.")
    elif due and line.days_left is not None:
        parts.append(f"Tenggat {long_date(today(due))}.")
    return " ".join(parts)


def who(line: Line) -> str:
    """The party by name; in a kecamatan also which of its two desks."""
    is_kecamatan = line.answer.party.startswith("KECAMATAN:")
    return f"{words.DESKS[line.answer.desk]} {line.party}" if is_kecamatan else line.party


def turn_to_do(line: Line) -> str:
    """What the holder of the turn must do: the remedy, an answer, or a new deadline."""
    if line.answer.via == "QUESTION":
        return "jawab pertanyaan kecamatan"
    if line.answer.party == "SEKDA":
        return "panggil dan tetapkan tenggat baru"
    return str(words.to_do(line.answer.code))
