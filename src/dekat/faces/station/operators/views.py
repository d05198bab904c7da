"""The camat says who operates the devices of the kecamatan."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts import queries as accounts
from dekat.accounts.queries import AccountCard
from dekat.accounts.roles import Role
from dekat.duties import queries as duties
from dekat.duties import services
from dekat.duties.competence import PRINT, standing_of
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now
from dekat.faces.station.learning.learner import learning_by
from dekat.faces.station.learning.words import STANDINGS
from dekat.training.queries import Learning, Next, PracticeResult


@dataclass(frozen=True)
class Row:
    """One operator: on duty since, what they may do until when, and a practice that waits for a witness."""

    card: AccountCard
    since: datetime | None
    standing: str
    tone: str
    learner: Learning
    may_print: bool

    @property
    def to_sign_off(self) -> PracticeResult | None:
        return self.learner.practice if self.learner.next == Next.SIGN_OFF else None


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every operator of the kecamatan, since when on duty, and which test was passed."""
    kecamatan = actor_of(request).kecamatan
    on_duty = duties.operators(kecamatan)
    found = accounts.accounts_of(kecamatan=kecamatan, role=Role.OPERATOR)
    rows = [_row(card, on_duty.get(str(card.id))) for card in found]
    values = {"rows": rows, "has_operator": bool(on_duty), "nav_active": "alat"}
    return render(request, "station/operators/index.html", values)


@open_to(Role.DISTRICT_HEAD)
@require_POST
def assign(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Put an operator on duty."""
    card = _own_operator(request, account_id)
    services.assign_operator(kecamatan=card.kecamatan, operator=card.id, actor=actor_of(request), now=now())
    messages.success(request, _("%(name)s bertugas mulai sekarang.") % {"name": card.full_name})
    return redirect("operators")


@open_to(Role.DISTRICT_HEAD)
@require_POST
def release(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Take an operator off duty."""
    card = _own_operator(request, account_id)
    services.release_operator(kecamatan=card.kecamatan, operator=card.id, actor=actor_of(request), now=now())
    words = _("Tugas %(name)s berakhir. Tanpa operator lain, giliran ada pada kecamatan.")
    messages.success(request, words % {"name": card.full_name})
    return redirect("operators")


def _row(card: AccountCard, since: datetime | None) -> Row:
    learner = learning_by(card.id, card.kecamatan)
    words, tone = STANDINGS[learner.standing]
    printing = standing_of(
        kecamatan=card.kecamatan, operator=card.id, task=PRINT, months=settings.ENV.competence_months, now=now()
    )
    return Row(card, since, str(words), tone, learner, printing.is_open)


def _own_operator(request: HttpRequest, account_id: UUID) -> AccountCard:
    card = accounts.account(account_id)
    if card is None or card.role != Role.OPERATOR or card.kecamatan != actor_of(request).kecamatan:
        raise Http404
    return card
