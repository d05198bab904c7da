"""What did one set cost, when, from which money, where is it: one search."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dekat.areas import queries as areas
from dekat.equipment.finding import FoundContract, find
from dekat.faces.access import open_to
from dekat.faces.central.equipment import words
from dekat.faces.central.equipment.roles import READS, frame
from dekat.faces.clock import now, today
from dekat.reports.parties import party_name, places

MOST_ROWS = 100


@open_to(*READS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The answer in one sentence, then the tables with their evidence and what is missing."""
    typed, names = request.GET.get("cari", "").strip(), places(today(now()))
    meant = _places(typed, names)
    found = find(typed, places=meant)
    values = {
        "words": typed,
        "found": found,
        # Nobody searched: the contracts are enough, their devices one press away.
        "fold": not typed,
        "sentence": words.sentence(found, names, places=meant) if typed else "",
        "contracts": [contract_values(one, names, found.wanted) for one in found.contracts],
        "loose": [(card, words.where(card, names)) for card in found.loose],
        "loose_missing": [words.missing_text(one) for one in found.loose_missing],
        "disputes": [(one, party_name(one.claim.by, names), words.dispute_text(one)) for one in found.disputes],
    }
    return render(request, "central/equipment/index.html", {**frame(request), **values})


def contract_values(
    one: FoundContract, names: dict[str, str], wanted: frozenset[str], *, first: int = 0
) -> dict[str, object]:
    """A contract as its table shows it, some rows at a time; of many devices those that were named come first."""
    ordered = sorted(one.devices, key=lambda card: (card.serial not in wanted, card.serial))
    shown = ordered[first : first + MOST_ROWS]
    return {
        "next": first + MOST_ROWS if len(ordered) > first + MOST_ROWS else 0,
        "count": len(ordered),
        "found": one,
        "contract": one.contract,
        "total": words.total_text(one),
        "missing": [words.missing_text(lack) for lack in one.missing],
        "papers": one.papers,
        "devices": [(card, words.where(card, names), party_name(card.owner, names)) for card in shown],
    }


def _places(typed: str, names: dict[str, str]) -> tuple[str, ...]:
    """The kecamatan that the whole text means: its code, its national name, or what people call it."""
    if typed in names:
        return (typed,)
    name = typed[10:] if typed.lower().startswith("kecamatan ") else typed
    return tuple(area.code for area in areas.find_kecamatan(name) if area.code in names) if name else ()


def day_of(request: HttpRequest) -> date:
    """The day that a page was asked about; today where it names none."""
    try:
        return date.fromisoformat(request.GET.get("tanggal", ""))
    except ValueError:
        return today(now())
