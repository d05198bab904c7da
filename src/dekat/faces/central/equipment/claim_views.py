"""Statements without evidence, beside what is counted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dekat.equipment.finding import disputes
from dekat.equipment.kinds import DeviceKind, Metric
from dekat.equipment.services import make_claim
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.equipment.forms import ClaimForm
from dekat.faces.central.equipment.roles import READS, frame
from dekat.faces.central.equipment.words import dispute_text
from dekat.faces.clock import now, today
from dekat.kernel.ids import new_id
from dekat.reports.parties import party_name, places


@open_to(*READS)
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Every claim with the count, the difference and what would settle it; and a form for one's own office."""
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said, moment = form.cleaned_data, now()
        make_claim(
            claim_id=new_id(moment), metric=Metric(said["metric"]), kind=DeviceKind(said["kind"]), value=said["value"],
            source=said["source"], said_on=said["said_on"], actor=actor_of(request), now=moment,
        )  # fmt: skip
        messages.success(request, _("Pernyataan dicatat di samping hitungan. Hitungan tidak berubah."))
        return redirect("office-claims")
    names = places(today(now()))
    rows = [(one, party_name(one.claim.by, names), dispute_text(one)) for one in disputes()]
    return render(request, "central/equipment/claims.html", {**frame(request), "form": form, "rows": rows})
