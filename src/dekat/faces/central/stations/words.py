"""How a station stands, in one word and one sentence of Indonesian."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dekat.faces.ui.words import duration, number
from dekat.sync.stations import StationLine

# Three working days and a weekend: longer silence is worth a telephone call.
_QUIET_AFTER = timedelta(days=5)


@dataclass(frozen=True)
class Row:
    """A station on the page. `rank` puts first what somebody must look at."""

    line: StationLine
    name: str
    state: str
    tone: str
    sentence: str
    rank: int

    @property
    def enrol_href(self) -> str:
        return f"{reverse('office-station-enrol')}?kecamatan={self.line.kecamatan}"

    @property
    def revoke_href(self) -> str:
        return reverse("office-station-revoke", args=[self.line.kecamatan])


def row_of(line: StationLine, name: str, now: datetime) -> Row:
    """The state of a station in words."""
    match line.standing:
        case "STOPPED":
            said = _("Dua komputer mengaku stasiun ini; keduanya dihentikan.")
            return Row(line, name, _("Salinan ditemukan"), "bad", said, 0)
        case "REVOKED":
            return Row(line, name, _("Dicabut"), "bad", _("Tidak dipercaya lagi; kirimannya disisihkan."), 3)
        case "NEVER_HEARD":
            return Row(
                line, name, _("Belum terdengar"), "idle", _("Terdaftar, tetapi belum pernah tersambung ke sini."), 4
            )
        case "GAP":
            since = line.missing_since or now
            said = _("Sudah %(span)s ada nomor kiriman yang terlewat.") % {"span": duration(now - since)}
            return Row(line, name, _("Ada yang belum datang"), "warn", said, 1)
    quiet = now - (line.last_contact_at or now)
    if quiet > _QUIET_AFTER:
        said = _("Tidak terdengar %(span)s. Telepon kecamatan itu.") % {"span": duration(quiet)}
        return Row(line, name, _("Lama tidak terdengar"), "warn", said, 1)
    if line.told_seq > line.last_seq:
        count = line.told_seq - line.last_seq
        said = ngettext("%(count)s kiriman masih di jalan.", "%(count)s kiriman masih di jalan.", count)
        return Row(line, name, _("Terdengar"), "ok", said % {"count": number(count)}, 2)
    return Row(line, name, _("Terdengar"), "ok", _("Kiriman lengkap sampai nomor terakhir."), 2)
