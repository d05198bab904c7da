"""A statement without evidence beside what the register counts: never merged, and what would close the dispute."""

from django.utils.translation import gettext as _

from dekat.equipment.finding import Dispute
from dekat.equipment.kinds import Metric
from dekat.equipment.queries import ClaimCard
from dekat.faces.ui.words import money, number
from dekat.kernel.rupiah import Rupiah

Beside = tuple[ClaimCard, str, str, str]


def claim_beside(dispute: Dispute, by: str) -> Beside:
    """The claim, who made it, both figures in a sentence, and what is missing where they differ."""
    claim = dispute.claim
    if claim.metric == Metric.TOTAL_PRICE:
        words = {"counted": money(Rupiah.of(dispute.counted)), "said": money(Rupiah.of(claim.value))}
        title = _("%(counted)s menurut kontrak, %(said)s menurut pernyataan.") % words
        return claim, by, title, _("Yang dipakai adalah kontrak dan SP2D.") if dispute.difference else ""
    words = {"counted": number(dispute.counted), "said": number(claim.value)}
    title = _("%(counted)s menurut BAST, %(said)s menurut pernyataan.") % words
    return claim, by, title, _difference(dispute)


def _difference(dispute: Dispute) -> str:
    sets = number(abs(dispute.difference))
    if not dispute.difference:
        return ""
    if dispute.difference < 0:
        return _("Selisih %(sets)s set. Hitungan berdasar BAST tetap berlaku.") % {"sets": sets}
    return _(
        "Selisih %(sets)s set, dan pernyataan tidak menyebut kecamatannya. Selisih hanya hilang dengan BAST set itu."
    ) % {"sets": sets}
