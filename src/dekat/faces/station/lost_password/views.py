"""The pages of a forgotten password. They need no database to show themselves: the station may still be locked."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dekat.accounts import keyring, recovery
from dekat.faces.access import open_to_anybody
from dekat.faces.clock import now
from dekat.faces.refusals.words import Words, words_for
from dekat.faces.resident.quota import TooOften, count_request
from dekat.faces.station.lost_password.forms import AnswerForm, AskForm, TwoForm
from dekat.flows import renew_password
from dekat.flows.renew_password import Place
from dekat.kernel.errors import DekatError

# A new request replaces the one that waits, and each answer costs a slow derivation: nobody may spend them for others.
REQUESTS_PER_HOUR, ANSWERS_PER_HOUR = 6, 20
# No session stands behind these forms: each carries the passwords, or the code, that it needs (see `open_station`).


@open_to_anybody
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Two ways, the quick one first."""
    return _page("index")


@csrf_exempt
@open_to_anybody
@require_http_methods(["GET", "POST"])
def by_two(request: HttpRequest) -> HttpResponse:
    """The camat and another officer vouch; the new password works at once."""
    form = TwoForm(request.POST or None)
    refusal: Words | None = None
    if request.method == "POST" and form.is_valid():
        try:
            renew_password.by_two_officers(forgot=form.forgot, vouching=form.vouching, at=_place(), now=now())
        except DekatError as error:
            refusal = words_for(error)
        else:
            return _page("done", {"username": form.forgot.username})
    return _page("two", {"form": form}, refusal)


@csrf_exempt
@open_to_anybody
@require_http_methods(["GET", "POST"])
def by_regency(request: HttpRequest) -> HttpResponse:
    """Take the centre's answer and the code from the telephone."""
    form = AnswerForm(request.POST or None, request.FILES or None)
    refusal: Words | None = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            _count(request, "answer", ANSWERS_PER_HOUR)
            renew_password.by_the_regency(
                answer=form.answer_text(), code=said["code"], password=said["password"], at=_place(), now=now()
            )
        except DekatError as error:
            refusal = words_for(error)
        else:
            return _page("done")
    return _page("regency", {"form": form, "ask_form": AskForm()}, refusal)


@csrf_exempt
@open_to_anybody
@require_POST
def request_file(request: HttpRequest) -> HttpResponse:
    """The request to bring to Dispendukcapil, as a file; it opens nothing by itself."""
    form = AskForm(request.POST)
    place = _place()
    if not form.is_valid() or not (place.folder / renew_password.KEYRING).exists():
        return _page("regency", {"form": AnswerForm(), "ask_form": form})
    try:
        _count(request, "request", REQUESTS_PER_HOUR)
    except DekatError as error:
        return _page("regency", {"form": AnswerForm(), "ask_form": form}, words_for(error))
    asked = recovery.ask(place.folder, node_name=place.node, username=form.cleaned_data["username"], now=now())
    response = HttpResponse(asked.text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="permintaan-{asked.short}.json"'
    return response


def _count(request: HttpRequest, what: str, per_hour: int) -> None:
    try:
        count_request(request, name=f"recovery-{what}", per_hour=per_hour)
    except TooOften as error:
        raise recovery.AskedTooOften from error


def _place() -> Place:
    return Place(settings.ENV.data_dir, settings.NODE_NAME, settings.ENV.kecamatan)


def _page(name: str, more: Mapping[str, object] | None = None, refusal: Words | None = None) -> HttpResponse:
    values = {
        "is_sample": settings.ENV.is_sample,
        "is_station": True,
        "is_locked": keyring.is_locked(),
        "regency": settings.REGENCY,
        "refusal": refusal,
        **(more or {}),
    }
    status = 403 if refusal else 200
    return HttpResponse(render_to_string(f"station/lost_password/{name}.html", values), status=status)
