"""The evidence of one device as the content of its PDF pack."""

from dekat.areas.working_calendar import regency_calendar
from dekat.duties.days import lost_in
from dekat.faces.oversight import words
from dekat.faces.oversight.headline import device_headline, device_sentence
from dekat.faces.ui.words import date_and_time, long_date, money
from dekat.kernel.canonical import Json
from dekat.kernel.rupiah import Rupiah
from dekat.reports.device_page import DevicePage
from dekat.reports.parties import party_name, said_by


def pack_content(page: DevicePage, *, regency: str) -> dict[str, Json]:
    """What the pack says, in the shape of `documents.contents`."""
    zone, line = regency_calendar().zone, page.line
    total = sum(share.days for share in page.shares) or 1
    return {
        "regency": regency.removeprefix("Kabupaten "),
        "kecamatan": line.place,
        "as_of": date_and_time(line.answer.as_of.astimezone(zone)),
        "headline": device_headline(line),
        "explanation": device_sentence(page),
        "device_name": line.answer.model,
        "device_serial": line.serial,
        "facts": [{"label": label, "value": value} for label, value in facts(page)],
        "totals": [
            {
                "holder": share.name,
                "days": str(share.days),
                "cost": money(share.lost),
                "share": str(share.days * 100 // total),
            }
            for share in page.shares
        ],
        "turns": [
            {
                "from_on": long_date(run.first_day),
                "until_on": long_date(run.last_day),
                "days": str(run.days),
                "holder": party_name(run.party, page.names),
                "reason": str(words.reason(run.code)),
                "cost": money(lost_in(line.answer, run, zone)),
            }
            for run in page.runs
        ],
        "evidence": [
            {
                "on": long_date(event.occurred_at.astimezone(zone).date()),
                "what": str(words.event_title(event)),
                "by": said_by(event, page.names),
                "event": f"{event.node}/{event.seq}",
            }
            for event in page.evidence
        ],
        "replies": [],
    }


def facts(page: DevicePage) -> list[tuple[str, str]]:
    """The register's card of a device: label and value; what is missing is said."""
    found: list[tuple[str, str]] = []
    if page.contract:
        found.append(("Dibeli", f"{page.contract.budget_year}, {page.contract.funding}"))
    found.append(("Harga satuan", money(Rupiah(page.line.answer.price_sen))))
    found.append(("Kontrak", page.line.answer.contract or "tidak ada bukti"))
    bast = page.device.bast if page.device else None
    found.append(("Serah terima", f"{long_date(bast.on)}, {bast.bast}" if bast else "belum ada BAST"))
    used = page.line.answer.last_used_at
    zone = regency_calendar().zone
    found.append(("Terakhir dipakai", long_date(used.astimezone(zone).date()) if used else "belum pernah"))
    found.append(("Biaya per hari menganggur", money(Rupiah.of(page.line.per_day.sen // 100))))
    return found
