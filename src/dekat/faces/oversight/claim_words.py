"""A statement without evidence beside what the register counts: never merged, and what would close the dispute."""

from django.utils.translation import gettext as _

from dekat.equipment import queries as equipment
from dekat.equipment.kinds import Metric
from dekat.equipment.queries import ClaimCard
from dekat.faces.ui.words import money, number
from dekat.kernel.rupiah import Rupiah

Beside = tuple[ClaimCard, str, str, str]


def claim_beside(claim: ClaimCard, by: str) -> Beside:
    """The claim, who made it, both figures in a sentence, and what is missing where they differ."""
    if claim.metric == Metric.TOTAL_PRICE:
        standing = [one for one in equipment.devices(kind=claim.kind) if one.written_off_on is None]
        counted = Rupiah(sum(one.price.sen for one in standing))
        words = {"counted": money(counted), "said": money(Rupiah.of(claim.value))}
        title = _("%(counted)s menurut kontrak, %(said)s menurut pernyataan.") % words
        return claim, by, title, "" if counted == Rupiah.of(claim.value) else _("Yang dipakai adalah kontrak dan SP2D.")
    count = equipment.counted(claim.kind)
    words = {"counted": number(count), "said": number(claim.value)}
    title = _("%(counted)s menurut BAST, %(said)s menurut pernyataan.") % words
    return claim, by, title, _difference(claim, count)


def _difference(claim: ClaimCard, count: int) -> str:
    sets = number(abs(claim.value - count))
    if claim.value == count:
        return ""
    if claim.value < count:
        return _("Selisih %(sets)s set. Hitungan berdasar BAST tetap berlaku.") % {"sets": sets}
    return _(
        "Selisih %(sets)s set, dan pernyataan tidak menyebut kecamatannya. Selisih hanya hilang dengan BAST set itu."
    ) % {"sets": sets}
