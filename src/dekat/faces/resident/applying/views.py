"""Choose what changes; say into what. The answer is the same whether the numbers name somebody or not."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from dekat.cases.catalogue import Change, ServiceCode, service
from dekat.cases.services import Draft
from dekat.cases.states import Channel
from dekat.faces.access import open_to_anybody
from dekat.faces.clock import now
from dekat.faces.resident.applying.forms import ApplyForm
from dekat.faces.resident.applying.subjects import LOST_OR_DAMAGED, change_of, is_subject, subjects
from dekat.faces.resident.quota import count_request
from dekat.flows import submit_application
from dekat.kernel.ids import new_code, new_id


@open_to_anybody
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Which element of the KK, or a KK that was lost."""
    return render(request, "resident/apply_choose.html", {"subjects": subjects(), "lost": LOST_OR_DAMAGED})


@open_to_anybody
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, subject: str) -> HttpResponse:
    """The form of one subject; sending it leads to the tracking page."""
    if not is_subject(subject):
        raise Http404
    change = change_of(subject)
    entry = service(ServiceCode.KK_CHANGE if change else ServiceCode.KK_REPLACE)
    evidence = change.evidence if change else entry.requirements[0]
    if request.method == "GET":
        form = ApplyForm(initial={"application_id": new_id(now())}, change=change, evidence=evidence)
    else:
        count_request(request, name="apply", per_hour=30)
        form = ApplyForm(request.POST, request.FILES, change=change, evidence=evidence)
        if form.is_valid():
            return _submit(form, entry.code, change)
    return render(request, "resident/apply_fill.html", {"form": form, "change": change, "service": entry})


def _submit(form: ApplyForm, code: ServiceCode, change: Change | None) -> HttpResponse:
    said, moment = form.cleaned_data, now()
    draft = Draft(
        application_id=said["application_id"],
        code=new_code(),
        service=code,
        channel=Channel.PORTAL,
        kecamatan="",
        resident_id=None,
        family_id=None,
        stated_nik=said["nik"],
        stated_family_card_no=said["family_card_no"],
        phone=said["phone"],
        element=change.element if change else "",
        new_value=said.get("new_value", ""),
        submitted_at=moment,
    )
    pictures = [said["picture"].read()] if said["picture"] else []
    card = submit_application.submit_from_home(draft=draft, pictures=pictures, node=settings.NODE_NAME, now=moment)
    return HttpResponseRedirect(reverse("track", args=[card.code]))
