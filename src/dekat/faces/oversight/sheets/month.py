"""The monthly report: everything of one month in one file, the same whenever it is made."""

from dataclasses import replace

from django.utils.translation import gettext as _

from dekat.areas.distances import TOWN
from dekat.duties.obligations import obligations as all_obligations
from dekat.faces.oversight.figures import Cell, Column, Kind, Report, Row, Table, table
from dekat.faces.oversight.period_words import in_words
from dekat.faces.oversight.scope import KINDS, Scope
from dekat.faces.oversight.sheets import costs, monday, trips, usage
from dekat.reports.month_report import MonthState, instruction_states, month_state
from dekat.reports.open_counts import OUTSIDE_TOWN
from dekat.reports.parties import party_name
from dekat.reports.period import Period
from dekat.reports.served import Service
from dekat.reports.trips import trips_avoided, trips_needed
from dekat.reports.usage import Usage


def month(scope: Scope) -> Report:
    """The report of the scope's month, for the whole regency."""
    scope = replace(scope, kecamatan="")
    now, before = (month_state(at, now=scope.now, zone=scope.zone) for at in (scope.period, scope.period.before))
    found = usage.usage_of(scope)
    codes, moment, zone = scope.codes, scope.now, scope.zone
    needed = trips_needed(scope.period, kecamatan=codes, state_at=scope.as_of, now=moment, zone=zone)
    avoided = trips_avoided(scope.period, kecamatan=codes, now=moment, zone=zone)
    lists = [monday.monday(replace(scope, kind=kind)).table("daftar") for kind in KINDS]
    return Report(
        key="laporan",
        title=_("Laporan bulanan %(period)s") % {"period": scope.period_words},
        lead=_("Pemakaian, giliran, uang, perjalanan, petunjuk dan kewajiban, di samping bulan sebelumnya."),
        period=scope.period_words,
        place=scope.place,
        as_of=scope.as_of,
        tables=(
            changes(scope, now, before, found),
            usage.usage(scope, found),
            costs.parties(now.costs, scope),
            *(replace(one, key=f"daftar-{kind.lower()}") for kind, one in zip(KINDS, lists, strict=True)),
            trips.needed_table(needed, scope),
            trips.avoided_table(avoided, scope),
            instructions(scope),
            obligations(scope),
        ),
        is_exact=scope.is_exact,
    )


def changes(scope: Scope, now: MonthState, before: MonthState, found: Usage) -> Table:
    """The month's figures beside those of the month before."""
    columns = [Column(_("Angka")), Column(scope.period_words), Column(in_words(scope.period.before))]
    rows: list[Row] = [
        (_("Alat rekam bekerja pada akhir bulan"), now.working["RECORDER"], before.working["RECORDER"]),
        (_("Alat rekam menganggur pada akhir bulan"), now.idle["RECORDER"], before.idle["RECORDER"]),
        (_("Alat cetak bekerja pada akhir bulan"), now.working["KK_PRINTER"], before.working["KK_PRINTER"]),
        (_("Alat cetak menganggur pada akhir bulan"), now.idle["KK_PRINTER"], before.idle["KK_PRINTER"]),
        (_("Hari menganggur, semua alat"), now.idle_days, before.idle_days),
        (_("Nilai hilang karena menganggur"), now.lost, before.lost),
        (_("Kewajiban ditetapkan"), now.set_count, before.set_count),
        (_("Kewajiban dipenuhi"), now.met_count, before.met_count),
        (_("Kewajiban lewat tenggat pada akhir bulan"), now.overdue_count, before.overdue_count),
    ]
    labels = {
        Service.RECORDED: _("Rekaman di luar kota"),
        Service.PRINTED: _("Cetakan di luar kota"),
        Service.CARD_COLLECTED: _("KTP-el diserahkan di luar kota"),
    }
    spans = (scope.period, scope.period.before)
    rows += [[label, *(_outside(scope, found, what, span) for span in spans)] for what, label in labels.items()]
    return table("perubahan", _("Perubahan sejak bulan lalu"), columns, rows)


def _outside(scope: Scope, found: Usage, what: Service, span: Period) -> Cell:
    count = sum(found.count(what, span, kecamatan=code) for code in scope.codes if code != TOWN)
    return scope.people(count, (what, OUTSIDE_TOWN), span=span)


def instructions(scope: Scope) -> Table:
    """How far each instruction came by the end of the month."""
    columns = [
        Column(_("Petunjuk")),
        Column(_("Versi"), Kind.COUNT),
        Column(_("Terbit"), Kind.DAY),
        Column(_("Dituju (kecamatan)"), Kind.COUNT),
        Column(_("Sampai"), Kind.COUNT),
        Column(_("Operator mengerti"), Kind.COUNT),
        Column(_("Camat mengerti"), Kind.COUNT),
        Column(_("Belum dimengerti di")),
    ]
    rows: list[Row] = [
        [
            one.card.title,
            one.card.version,
            one.card.issued_at.astimezone(scope.zone).date(),
            one.addressed,
            one.delivered,
            one.operators,
            one.heads,
            ", ".join(scope.names.get(code, code) for code in one.unread),
        ]
        for one in instruction_states(at=scope.as_of)
    ]
    return table("petunjuk", _("Petunjuk"), columns, rows)


def obligations(scope: Scope) -> Table:
    """Obligations that were set, fell due or were met in the month."""
    columns = [
        Column(_("Tenggat"), Kind.DAY),
        Column(_("Pihak")),
        Column(_("Tentang")),
        Column(_("Yang diminta")),
        Column(_("Ditetapkan"), Kind.DAY),
        Column(_("Keadaan pada akhir bulan")),
    ]
    since = scope.period.starts_at(scope.zone)
    rows: list[Row] = []
    for card in all_obligations():
        is_met = card.met_at is not None and card.met_at < scope.as_of
        instants = (card.set_at, card.due_at, card.met_at)
        if not any(at is not None and since <= at < scope.as_of for at in instants):
            continue
        said = _("dipenuhi") if is_met else _("lewat") if card.due_at < scope.as_of else _("berjalan")
        rows.append(
            [
                card.due_at.astimezone(scope.zone).date(),
                party_name(card.party, dict(scope.names)),
                card.subject.partition(":")[2] or scope.place,
                card.what,
                card.set_at.astimezone(scope.zone).date(),
                Cell(said, href=f"/pengawasan/catatan/{card.event_id}/", tone="bad" if said == _("lewat") else ""),
            ]
        )
    note = _("Kewajiban yang ditetapkan, jatuh tempo, atau dipenuhi dalam bulan ini.")
    return table("kewajiban", _("Kewajiban"), columns, rows, note=note)
