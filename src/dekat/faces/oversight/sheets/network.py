"""The network as both ends measured it, for the days of the period."""

from django.utils.translation import gettext as _

from dekat.faces.oversight import words
from dekat.faces.oversight.figures import Column, Kind, Report, Row, linked, table
from dekat.faces.oversight.scope import Scope
from dekat.reports.network import LinkLine, network_of


def network(scope: Scope) -> Report:
    """Every line that was measured in the period."""
    links = links_of(scope)
    columns = [
        Column(_("Tempat")),
        Column(_("Jalur")),
        Column(_("Diukur dari")),
        Column(_("Terakhir")),
        Column(_("Diukur pada"), Kind.INSTANT),
        Column(_("Hari terukur"), Kind.DAYS),
        Column(_("Hari tersambung"), Kind.DAYS),
        Column(_("Hari putus"), Kind.DAYS),
        Column(_("Hari tersambung (%)"), Kind.PERCENT),
    ]
    rows: list[Row] = [
        [
            link.place or _("Kabupaten"),
            str(words.LINKS.get(link.path, link.path)),
            _("Dispendukcapil") if link.seen_from == "CENTRE" else _("stasiun"),
            linked(
                _("tersambung") if link.last.is_up else _("tidak terdengar") if link.last.is_silence else _("putus"),
                f"/pengawasan/catatan/{link.last.event_id}/",
            ),
            link.last.at,
            sum(day.state != "none" for day in link.days),
            sum(day.state == "up" for day in link.days),
            sum(day.state == "down" for day in link.days),
            link.up_percent,
        ]
        for link in links
    ]
    note = _("Hari tersambung: semua ukuran hari itu berhasil. Hari putus: semuanya gagal. Sisanya sebagian.")
    return Report(
        key="jaringan",
        title=_("Jaringan, diukur dari kedua ujung"),
        lead=_("Mesin mengukur sendiri. Satu kotak satu hari; yang putus di atas."),
        period=scope.period_words,
        place=scope.place,
        as_of=scope.as_of,
        tables=(table("jalur", _("Jalur jaringan"), columns, rows, note=note),),
        is_exact=scope.is_exact,
    )


def links_of(scope: Scope) -> list[LinkLine]:
    """The lines of the period and the kecamatan."""
    found = network_of(scope.period, now=scope.now, zone=scope.zone)
    return [link for link in found if scope.kecamatan in ("", link.kecamatan)]
