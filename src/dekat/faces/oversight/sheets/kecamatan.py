"""One kecamatan: what stands there, whose turn it is, what was used, and what residents must still go to town for."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dekat.faces.clock import today
from dekat.faces.oversight import words
from dekat.faces.oversight.figures import Cell, Column, Kind, Report, Row, Table, linked, table
from dekat.faces.oversight.headline import who
from dekat.faces.oversight.scope import Scope
from dekat.faces.oversight.sheets import trips, usage
from dekat.reports.kecamatan_page import KecamatanState, kecamatan_state
from dekat.reports.oversight import Line
from dekat.reports.parties import party_name
from dekat.reports.period import Period, month_of
from dekat.reports.trips import trips_avoided, trips_needed

MONTHS = 12


def kecamatan(scope: Scope) -> Report:
    """Every table of one kecamatan; the scope names it."""
    state = kecamatan_state(scope.kecamatan, now=scope.state_at)
    codes, now, zone = [scope.kecamatan], scope.now, scope.zone
    found = usage.usage_of(scope)
    needed = trips_needed(scope.period, kecamatan=codes, state_at=scope.state_at, now=now, zone=zone)
    avoided = trips_avoided(scope.period, kecamatan=codes, now=now, zone=zone)
    return Report(
        key="satu-kecamatan",
        title=_("Kecamatan %(name)s") % {"name": scope.names[scope.kecamatan]},
        lead=_lead(state),
        period=scope.period_words,
        place=scope.place,
        as_of=scope.state_at,
        tables=(
            devices(state),
            *((trips.needed_table(needed, scope), trips.avoided_table(avoided, scope)) if needed else ()),
            usage.by_month(scope, _months(scope)),
            usage.neighbours(scope, found),
            instructions(state, scope),
            network(state),
            stock(state),
            obligations(state, scope),
        ),
        is_exact=scope.is_exact,
    )


def _lead(state: KecamatanState) -> str:
    idle = sum(line.is_idle for line in state.lines)
    if not state.lines:
        return _("Belum ada alat di kecamatan ini.")
    if not idle:
        return _("Semua alat di kecamatan ini bekerja.")
    return _("%(idle)d dari %(all)d alat di kecamatan ini menganggur.") % {"idle": idle, "all": len(state.lines)}


def _months(scope: Scope) -> Sequence[Period]:
    months = [month_of(scope.period.last)]
    while len(months) < MONTHS:
        months.append(months[-1].before)
    return months


def devices(state: KecamatanState) -> Table:
    """What stands there, and whose turn it is."""
    columns = [
        Column(_("Nomor seri"), Kind.SERIAL),
        Column(_("Jenis")),
        Column(_("Keadaan")),
        Column(_("Menganggur (hari)"), Kind.DAYS),
        Column(_("Giliran")),
        Column(_("Tenggat"), Kind.DAY),
        Column(_("Nilai hilang (Rp)"), Kind.MONEY),
    ]
    return table("alat", _("Alat di sini"), columns, [_device_row(line) for line in state.lines])


def _device_row(line: Line) -> Row:
    address = f"/pengawasan/alat/{line.serial}/"
    serial, kind = linked(line.serial, address), words.kind_label(line.kind)
    if not line.is_idle:
        return [serial, kind, Cell(_("bekerja"), tone="ok"), None, "", None, None]
    due = line.answer.due_at
    return [
        serial,
        kind,
        linked(words.reason(line.answer.code), f"{address}#mengapa", tone="warn"),
        line.idle_days,
        who(line),
        Cell(today(due) if due else None, tone="bad" if line.urgency == "bad" else ""),
        line.lost,
    ]


def instructions(state: KecamatanState, scope: Scope) -> Table:
    """Which instructions reached it, and who has not read them."""
    columns = [
        Column(_("Petunjuk")),
        Column(_("Sampai"), Kind.DAY),
        Column(_("Operator mengerti"), Kind.DAY),
        Column(_("Camat mengerti"), Kind.DAY),
        Column(_("Yang belum")),
    ]
    rows: list[Row] = []
    for card, receipt in state.instructions:
        lacks = [] if receipt.delivered_at else [_("belum sampai")]
        lacks += [str(words.DESKS.get(role, role)) for role in receipt.lacking]
        instants = (receipt.delivered_at, receipt.operator_at, receipt.head_at)
        days = [at.astimezone(scope.zone).date() if at else None for at in instants]
        rows.append([card.title, *days, Cell(", ".join(lacks), tone="warn" if lacks else "")])
    return table("petunjuk", _("Petunjuk"), columns, rows)


def network(state: KecamatanState) -> Table:
    """Its lines in the last 30 days, from both ends."""
    columns = [
        Column(_("Jalur")),
        Column(_("Diukur dari")),
        Column(_("Terakhir")),
        Column(_("Hari tersambung, 30 hari (%)"), Kind.PERCENT),
    ]
    rows: list[Row] = [
        [
            str(words.LINKS.get(link.path, link.path)),
            _("Dispendukcapil") if link.seen_from == "CENTRE" else _("stasiun"),
            linked(
                _("tersambung") if link.last.is_up else _("tidak terdengar") if link.last.is_silence else _("putus"),
                f"/pengawasan/catatan/{link.last.event_id}/",
                tone="bad" if link.is_down else "",
            ),
            link.up_percent,
        ]
        for link in state.links
    ]
    return table("jaringan", _("Jaringan"), columns, rows)


def stock(state: KecamatanState) -> Table:
    """What of paper, toner and other supplies was counted last, and what ran out."""
    columns = [
        Column(_("Bahan")),
        Column(_("Untuk")),
        Column(_("Jumlah"), Kind.COUNT),
        Column(_("Dicatat"), Kind.INSTANT),
    ]
    rows: list[Row] = [
        [
            words.item_label(one.item),
            one.about,
            Cell(_("habis"), tone="bad", href=one.href) if one.is_out else Cell(one.count, href=one.href),
            one.at,
        ]
        for one in state.stock
    ]
    return table("bahan", _("Bahan habis pakai"), columns, rows)


def obligations(state: KecamatanState, scope: Scope) -> Table:
    """What the kecamatan was told to do, and what others were told to do for its devices."""
    columns = [
        Column(_("Tenggat"), Kind.INSTANT),
        Column(_("Pihak")),
        Column(_("Tentang")),
        Column(_("Yang diminta")),
        Column(_("Keadaan")),
    ]
    rows: list[Row] = []
    for card in state.obligations:
        said, tone = (_("dipenuhi"), "ok") if card.met_at else (_("berjalan"), "")
        if not card.met_at and card.due_at < scope.state_at:
            said, tone = _("lewat"), "bad"
        who_acts = party_name(card.party, dict(scope.names))
        href = f"/pengawasan/catatan/{card.event_id}/"
        about = card.serial or _("kecamatan")
        rows.append([card.due_at, who_acts, about, Cell(card.what), Cell(said, href=href, tone=tone)])
    return table("kewajiban", _("Kewajiban"), columns, rows)
