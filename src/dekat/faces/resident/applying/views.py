"""Choose what to ask for and answer its questions. The page is the same whether the numbers name somebody or not."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from dekat.cases.services import Draft
from dekat.cases.states import Channel
from dekat.faces.access import open_to_anybody
from dekat.faces.clock import now
from dekat.faces.resident.applying.forms import ApplyForm
from dekat.faces.resident.applying.subjects import subject as subject_of
from dekat.faces.resident.applying.subjects import subjects
from dekat.faces.resident.quota import count_request
from dekat.flows import submit_application
from dekat.kernel.ids import new_code, new_id


@open_to_anybody
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Everything that may be asked for."""
    return render(request, "resident/apply_choose.html", {"shelves": subjects().items()})


@open_to_anybody
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, subject: str) -> HttpResponse:
    """The form of one subject; sending it leads to the tracking page."""
    asked = subject_of(subject)
    if asked is None:
        raise Http404
    if request.method == "GET":
        form = ApplyForm(initial={"application_id": new_id(now())}, subject=asked)
    else:
        count_request(request, name="apply", per_hour=30)
        form = ApplyForm(request.POST, request.FILES, subject=asked)
        if form.is_valid():
            return _submit(form)
    return render(request, "resident/apply_fill.html", {"form": form, "subject": asked})


def _submit(form: ApplyForm) -> HttpResponse:
    said, moment = form.cleaned_data, now()
    draft = Draft(
        application_id=said["application_id"],
        code=new_code(),
        service=form.subject.service.code,
        channel=Channel.PORTAL,
        kecamatan="",
        resident_id=None,
        family_id=None,
        stated_nik=said["nik"],
        stated_family_card_no=said["family_card_no"],
        phone=said["phone"],
        answers=form.answers(),
        submitted_at=moment,
    )
    pictures = [one.read() for one in said.get("picture", [])]
    card = submit_application.submit_from_home(draft=draft, pictures=pictures, node=settings.NODE_NAME, now=moment)
    return HttpResponseRedirect(reverse("track", args=[card.code]))
