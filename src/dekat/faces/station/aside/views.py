"""Each item that stands aside with its sentence, and the button that lets it go again."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.roles import Role
from dekat.enrolment.queries import code_of
from dekat.faces.access import actor_of, open_to
from dekat.faces.aside_words import KECAMATAN, TURNS, AsideWords, about_news, at_station, kind_name
from dekat.faces.clock import now
from dekat.kernel.ids import spaced
from dekat.sync import aside_here, services
from dekat.sync.aside_here import AsideHere


@dataclass(frozen=True)
class Line:
    """One item in words; `name` is the code on the resident's receipt where there is one."""

    one: AsideHere
    name: str
    words: AsideWords

    @property
    def turn(self) -> str:
        return str(TURNS[self.words.turn])

    @property
    def has_button(self) -> bool:
        """Whether the page offers another try: not where its own sentence says that the office comes first."""
        return self.one.may_send and self.words.turn == KECAMATAN


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Everything that stands aside here."""
    news = [(about_news(code), count) for code, count in sorted(aside_here.unread_news().items())]
    values = {"lines": [_line(one) for one in aside_here.asides_here()], "news": news, "now": now()}
    return render(request, "station/aside/index.html", {**values, "nav_active": "beranda"})


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_POST
def send_again(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Let the line take it once more."""
    services.send_again(item_id=item_id, actor=actor_of(request), now=now())
    messages.success(request, gettext("Masuk antrean kirim lagi. Terkirim sendiri begitu jaringan ada."))
    return HttpResponseRedirect(reverse("station-aside"))


def _line(one: AsideHere) -> Line:
    words = at_station(one.code, is_at_office=one.is_at_centre)
    code = code_of(one.id)
    name = f"{kind_name(one.kind)} {spaced(code)}" if code else _plain_name(one)
    return Line(one, name, words)


def _plain_name(one: AsideHere) -> str:
    if not one.seq:
        return gettext("Berkas tersegel tanpa catatan")
    return gettext("%(what)s no. %(seq)s") % {"what": kind_name(one.kind), "seq": one.seq}
