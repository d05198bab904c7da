"""A hearing as the content of its paper, and what its bundle must hold to prove it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from dekat.areas.working_calendar import regency_calendar
from dekat.duties import queries as duties
from dekat.duties.hearings import HearingCard
from dekat.duties.obliging import FILE
from dekat.duties.texts import texts, without_numbers
from dekat.faces.clock import today
from dekat.faces.oversight import duty_words, words
from dekat.faces.oversight.pack import evidence_rows, reply_rows
from dekat.faces.oversight.period_words import in_words
from dekat.faces.ui.words import date_and_time, long_date, money, number
from dekat.kernel.canonical import Json
from dekat.kernel.rupiah import Rupiah
from dekat.ledger import queries as ledger
from dekat.reports.hearing import MONTHS, Agenda, Claimed, idle_cost, monthly_use, months_before
from dekat.reports.obligations import Duty
from dekat.reports.parties import party_name, places
from dekat.reports.period import last_month
from dekat.reports.replies import beside
from dekat.reports.trips import trips_avoided, unserved

MONTH_NAMES = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip


def hearing_content(card: HearingCard, found: Agenda, *, regency: str, now: datetime) -> dict[str, Json]:
    """What the paper says, in the shape of `documents.contents`."""
    zone = regency_calendar().zone
    evidence = evidence_of(card, found)
    events = [event for one in evidence if (event := ledger.event(one))]
    return {
        "number": card.id[-6:].upper(),
        "title": card.title,
        "on": long_date(card.at.astimezone(zone).date()),
        "regency": regency.removeprefix("Kabupaten "),
        "as_of": date_and_time(found.as_of.astimezone(zone)),
        "headline": headline(found),
        "minutes": card.minutes,
        "trips": _trips(now),
        "cost": f"{money(idle_cost(found))} sejak alat-alat ini menganggur (penyusutan per hari)",
        "parties": [party_name(party, found.names) for party in card.parties],
        "questions": list(card.questions),
        "months": [f"{MONTH_NAMES[first.month - 1]} {first.year}" for first in months_before(now)[:MONTHS]],
        "turns": [_turn(duty) for duty in found.turns],
        "duties": [_duty(duty) for duty in (*found.overdue, *found.running)],
        "former": [_duty(duty) for duty in found.former_results],
        "results": [_duty(duty) for duty in found.results],
        "asked": [
            {
                "place": found.names.get(one.kecamatan, one.kecamatan),
                "on": long_date(one.asked_at.astimezone(zone).date()),
                "days": str((found.as_of - one.asked_at).days),
                "text": without_numbers(one.text),
            }
            for one in found.questions
        ],
        "instructions": _instructions(found.names),
        "claims": [
            {
                "by": one.by,
                "on": long_date(one.claim.said_on),
                "said": claim_figure(one, one.claim.value),
                "counted": claim_figure(one, one.counted),
                "source": one.claim.source,
            }
            for one in found.claims
        ],
        "use": [
            {"place": one.place, "counts": [number(count) for count in one.counts]} for one in monthly_use(now=now)
        ],
        "evidence": evidence_rows(events, found.names),
        "replies": reply_rows(beside(evidence), found.names),
    }


def claim_figure(one: Claimed, value: int) -> str:
    """A claimed or counted figure in words."""
    return money(Rupiah.of(value)) if one.is_money else number(value)


def headline(found: Agenda) -> str:
    """The state of things in one sentence."""
    return (
        f"{len(found.turns)} alat menganggur pada pihak yang dipanggil, {len(found.overdue)} kewajiban lewat tenggat, "
        f"{len(found.questions)} pertanyaan kecamatan belum dijawab."
    )


def evidence_of(card: HearingCard, found: Agenda) -> list[UUID]:
    """Every event that the paper rests on, each once."""
    shown = (*found.turns, *found.overdue, *found.running, *found.former_results, *found.results)
    own = [one for one in (card.event_id, card.held_event_id) if one]
    return list(dict.fromkeys([*own, *(event for duty in shown for event in duty.evidence)]))


def words_of(evidence: Iterable[UUID]) -> dict[str, str]:
    """The texts whose hashes stand in these events and in the replies to them."""
    known = list(evidence)
    digests: list[str] = []
    for one in [*known, *(reply.event_id for reply in beside(known))]:
        event = ledger.event(one)
        for key, value in event.data.items() if event else ():
            if key.endswith("_sha256"):
                digests.append(str(value))
            elif key == "questions" and isinstance(value, list | tuple):
                digests.extend(str(digest) for digest in value)
    return texts(digests)


def attached_files(found: Agenda) -> list[str]:
    """The files that reports named as proof."""
    shown = (*found.overdue, *found.running, *found.former_results, *found.results)
    steps = [step for duty in shown if duty.card for step in duty.card.steps]
    return [proof.removeprefix(FILE) for step in steps for proof in step.proof if proof.startswith(FILE)]


def _turn(duty: Duty) -> Json:
    return {
        "place": duty.place,
        "device": duty.serial,
        "reason": str(words.reason(duty.code)),
        "holder": duty.holder_name,
        "days": str(duty.idle_days),
        "due": _due(duty),
    }


def _duty(duty: Duty) -> Json:
    return {
        "party": duty.owed_by_name,
        "what": duty_words.what(duty),
        "place": duty.place,
        "due": _due(duty),
        "state": str(duty_words.state(duty.state)),
        "source": str(duty_words.source(duty.source)),
    }


def _due(duty: Duty) -> str:
    return long_date(duty.due_at.astimezone(regency_calendar().zone).date()) if duty.due_at else "-"


def _trips(now: datetime) -> str:
    """What the page of trips says by default, in one sentence."""
    zone = regency_calendar().zone
    month, codes = last_month(now.astimezone(zone).date()), list(places(today(now)))
    avoided = sum(one.trips for one in trips_avoided(month, kecamatan=codes, now=now, zone=zone))
    lacking = unserved(kecamatan=codes, at=now)
    return (
        f"{number(avoided)} terhemat pada {in_words(month)} (rekaman, cetakan, dan KTP-el yang diserahkan di luar "
        f"kecamatan kota); {lacking} layanan kecamatan masih memaksa warga ke kota"
    )


def _instructions(names: dict[str, str]) -> list[Json]:
    found: list[Json] = []
    receipts_of = duties.all_receipts()
    for one in duties.issued():
        receipts = receipts_of.get(one.id, [])
        missing = [names.get(receipt.kecamatan, receipt.kecamatan) for receipt in receipts if not receipt.is_complete]
        found.append(
            {
                "title": one.title,
                "sent": str(len(receipts)),
                "understood": str(len(receipts) - len(missing)),
                "missing": ", ".join(missing) or "-",
            }
        )
    return found
