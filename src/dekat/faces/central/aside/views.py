"""The list of what stands aside, one of them beside its rival, and the decision of one or two officers."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.roles import Role
from dekat.faces.access import actor_of, open_to
from dekat.faces.aside_words import TURNS, AsideWords, at_centre, kind_name
from dekat.faces.central.aside.forms import WishForm
from dekat.faces.clock import now
from dekat.reports.standing_aside import place_of
from dekat.sync import aside
from dekat.sync.aside import Aside
from dekat.sync.rules import InState, Wish


@dataclass(frozen=True)
class Line:
    """One thing that stands aside, in words."""

    one: Aside
    what: str
    place: str
    words: AsideWords
    turn: str


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Everything that stands aside, oldest first, and the numbers that have not come."""
    at = now()
    lines = [_line(one) for one in aside.asides()]
    gaps = [(gap, place_of(gap.node, on=at.date())) for gap in aside.gaps(now=at)]
    return render(
        request, "central/aside/index.html", {"lines": lines, "gaps": gaps, "now": at, "nav_active": "rekaman"}
    )


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def show(request: HttpRequest, digest: str) -> HttpResponse:
    """One of them beside what claims the same place."""
    return _page(request, digest, WishForm())


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def decide(request: HttpRequest, digest: str) -> HttpResponse:
    """Say what should be done with it, and why."""
    form = WishForm(request.POST)
    if not form.is_valid():
        return _page(request, digest, form, status=422)
    state = aside.decide(
        digest=digest,
        wish=Wish(form.cleaned_data["wish"]),
        reason=form.cleaned_data["reason"],
        actor=actor_of(request),
        now=now(),
    )
    return _done(request, state)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def agree(request: HttpRequest, digest: str) -> HttpResponse:
    """Agree as the second officer; it is carried out at once."""
    seen = request.POST.get("wish", ""), request.POST.get("reason", "")
    return _done(request, aside.agree(digest=digest, actor=actor_of(request), now=now(), seen=seen))


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def disagree(request: HttpRequest, digest: str) -> HttpResponse:
    """Take the wish back."""
    aside.disagree(digest=digest, actor=actor_of(request), now=now())
    messages.success(request, gettext("Usul dibatalkan. Kiriman tetap disisihkan."))
    return HttpResponseRedirect(reverse("office-aside-one", args=[digest]))


def _page(request: HttpRequest, digest: str, form: WishForm, *, status: int = 200) -> HttpResponse:
    one = aside.aside(digest)
    values = {
        "line": _line(one),
        "one": one,
        "rivals": [_line(rival) for rival in aside.rivals(one)],
        "form": form,
        "now": now(),
        "is_own_wish": one.asked_by == actor_of(request).label,
        "wish": Wish(one.wish).label if one.wish else "",
        "nav_active": "rekaman",
        "needs_two": aside.needs_two(one, Wish.LET_IN),
    }
    return render(request, "central/aside/show.html", values, status=status)


def _done(request: HttpRequest, state: InState | None) -> HttpResponse:
    if state is None:
        messages.success(request, gettext("Usul tercatat. Sekarang giliran pejabat lain menyetujui."))
    elif state == InState.APPLIED:
        messages.success(request, gettext("Diproses. Kecamatan mendapat kabar sendiri."))
    else:
        messages.success(request, gettext("Tercatat. Isinya tetap disimpan."))
    return HttpResponseRedirect(reverse("office-aside"))


def _line(one: Aside) -> Line:
    words = at_centre(one.code)
    return Line(one, kind_name(one.kind), place_of(one.node, on=now().date()), words, str(TURNS[words.turn]))
