"""The evidence of one device as the content of its PDF pack, and the lines that every pack shares."""

from collections.abc import Iterable

from dekat.areas.working_calendar import regency_calendar
from dekat.duties.days import lost_in
from dekat.duties.replies import Reply
from dekat.faces.oversight import words
from dekat.faces.oversight.headline import device_headline, device_sentence
from dekat.faces.ui.words import date_and_time, long_date, money
from dekat.kernel.canonical import Json
from dekat.kernel.rupiah import Rupiah
from dekat.ledger.rules import SignedEvent
from dekat.reports.device_page import DevicePage
from dekat.reports.parties import party_name, said_by
from dekat.reports.replies import device_replies


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
        "evidence": evidence_rows(page.evidence, page.names),
        "replies": reply_rows(device_replies(page), page.names),
    }


def evidence_rows(events: Iterable[SignedEvent], names: dict[str, str]) -> list[Json]:
    """Events as lines of a paper."""
    zone = regency_calendar().zone
    return [
        {
            "on": long_date(event.occurred_at.astimezone(zone).date()),
            "what": str(words.event_title(event)),
            "by": said_by(event, names),
            "event": f"{event.node}/{event.seq}",
        }
        for event in events
    ]


def reply_rows(replies: Iterable[Reply], names: dict[str, str]) -> list[Json]:
    """Replies as lines of a paper."""
    zone = regency_calendar().zone
    return [
        {
            "party": party_name(reply.party, names),
            "on": long_date(reply.at.astimezone(zone).date()),
            "text": reply.text,
        }
        for reply in replies
    ]


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
