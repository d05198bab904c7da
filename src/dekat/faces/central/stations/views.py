"""The list of stations, a one-time code for a new one, one station with what to do about it.

A code needs two officers: the machine it lets in reads the register of a whole kecamatan. Revoking needs one, because
it is urgent, harms nothing that was recorded, and a new code undoes it.
"""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dekat.accounts import enrolment_codes
from dekat.accounts.identity import want_rotation
from dekat.accounts.passwords import officer_with
from dekat.accounts.queries import NodeUnknown, own_identity
from dekat.accounts.roles import Role
from dekat.accounts.services import revoke_node
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.stations.forms import EnrolForm, RevokeForm
from dekat.faces.central.stations.words import Row, row_of
from dekat.faces.clock import now, today
from dekat.faces.refusals.words import Words, words_for
from dekat.kernel.errors import DekatError
from dekat.kernel.fingerprint import fingerprint
from dekat.reports.parties import places
from dekat.sync.lost import lost_items
from dekat.sync.stations import station_line, station_lines


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every kecamatan: its machine or that it has none, what is wrong first."""
    at, names = now(), _places()
    rows = [row_of(line, names.get(line.kecamatan, line.kecamatan), at) for line in station_lines(now=at)]
    known = {row.line.kecamatan for row in rows}
    codes = enrolment_codes.waiting_codes(now=at)
    values = {
        "rows": sorted(rows, key=lambda row: (row.rank, row.name)),
        "without": [(code, name, codes.get(_node(code))) for code, name in names.items() if code not in known],
        "now": at,
    }
    return render(request, "central/stations/index.html", values)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Two officers give one code for one kecamatan; it is shown once."""
    first = {"kecamatan": request.GET.get("kecamatan", "")}
    form = EnrolForm(request.POST or None, places=list(_places().items()), initial=first)
    refusal: Words | None = None
    if request.method == "POST" and form.is_valid():
        try:
            issued = _issued(request, form)
        except DekatError as error:
            refusal = words_for(error)
        else:
            name = _places()[form.cleaned_data["kecamatan"]]
            values = {"issued": issued, "name": name, "words": _own_words(), "url": settings.ENV.public_url}
            return render(request, "central/stations/code.html", values)
    values = {"form": form, "refusal": refusal}
    return render(request, "central/stations/enrol.html", values, status=409 if refusal else 200)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def show(request: HttpRequest, kecamatan: str) -> HttpResponse:
    """One station: its standing, what is missing, where it was seen, and what can be done."""
    row = _row(kecamatan)
    values = {"row": row, "words": _own_words(), "lost": lost_items(row.line.node), "now": now()}
    return render(request, "central/stations/show.html", values)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, kecamatan: str) -> HttpResponse:
    """Say why, see what follows, and stop believing the machine."""
    row = _row(kecamatan)
    form = RevokeForm(request.POST or None, initial={"last_good_seq": row.line.last_seq})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        revoke_node(
            name=row.line.node,
            last_good_seq=said["last_good_seq"],
            reason=said["reason"],
            actor=actor_of(request),
            now=now(),
        )
        messages.success(request, _("Stasiun dicabut. Mulai sekarang komputer itu tidak menerima apa-apa lagi."))
        return redirect("office-station", kecamatan=kecamatan)
    return render(request, "central/stations/revoke.html", {"row": row, "form": form})


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def order_key(request: HttpRequest, kecamatan: str) -> HttpResponse:
    """The station makes new keys at its next contact."""
    want_rotation(name=_row(kecamatan).line.node, actor=actor_of(request), now=now())
    messages.success(request, _("Stasiun mengganti kuncinya sendiri pada kontak berikutnya. Tidak ada yang berhenti."))
    return redirect("office-station", kecamatan=kecamatan)


def _issued(request: HttpRequest, form: EnrolForm) -> enrolment_codes.Issued:
    said, actor = form.cleaned_data, actor_of(request)
    second = officer_with(username=said["username"], password=said["password"], now=now())
    if actor.account_id is None:
        raise enrolment_codes.SecondOfficerNeeded
    return enrolment_codes.issue_code(
        node=_node(said["kecamatan"]),
        kecamatan=said["kecamatan"],
        first=actor.account_id,
        second=second,
        actor=actor,
        now=now(),
    )


def _row(kecamatan: str) -> Row:
    try:
        line = station_line(_node(kecamatan), now=now())
    except NodeUnknown as error:
        raise Http404 from error
    return row_of(line, _places().get(kecamatan, kecamatan), now())


def _node(kecamatan: str) -> str:
    return f"station-{kecamatan}"


def _places() -> dict[str, str]:
    """The kecamatan of this regency by code, as people call them."""
    return places(today(now()))


def _own_words() -> str:
    return fingerprint(own_identity().node.verify_key.raw)
