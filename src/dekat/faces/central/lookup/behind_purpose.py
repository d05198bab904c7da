"""A record behind its purpose: nothing is shown before it is written down who opens it, why and when."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from dekat.accounts.roles import Role
from dekat.faces.access import actor_of, open_to, telling_of_refusals
from dekat.faces.central.lookup.forms import PurposeForm
from dekat.faces.clock import now
from dekat.faces.press import press_id
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.openings import queries, rules, services
from dekat.openings.services import Wish
from dekat.openings.states import Purpose
from dekat.openings.views import Act

View = Callable[[HttpRequest, UUID], HttpResponse]
Shown = Callable[[HttpRequest, UUID, dict[str, object]], HttpResponse]


@dataclass(frozen=True)
class Kind:
    """A kind of record: how its subject is called, whose data it shows, and its masked title."""

    name: str
    people: Callable[[UUID], tuple[UUID, ...]]
    title: Callable[[UUID], str]

    def subject(self, subject_id: UUID) -> str:
        """The subject as openings name it."""
        return f"{self.name}:{subject_id}"

    def note_refused(self, request: HttpRequest, subject_id: UUID) -> None:
        """Write down that an officer of another role tried."""
        try:
            people = self.people(subject_id)
        except DekatError:  # nobody's data lie behind this address
            return
        services.note_refused(subject=self.subject(subject_id), people=people, actor=actor_of(request), now=now())


def behind_purpose(kind: Kind) -> Callable[[Shown], View]:
    """Ask for the purpose, write the opening down, and only then show; who said it minutes ago is not asked again."""

    def wrap(shown: Shown) -> View:
        @telling_of_refusals(kind.note_refused)
        @open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
        @require_http_methods(["GET", "POST"])
        def view(request: HttpRequest, subject_id: UUID) -> HttpResponse:
            act = _open_act(request, kind, subject_id)
            if act is None or request.method == "POST":
                return _ask(request, kind, subject_id)
            is_head = actor_of(request).role == Role.REGISTRY_HEAD
            return shown(request, subject_id, {"act": act, "open_until": act.at + rules.OPEN_FOR, "is_head": is_head})

        return view

    return wrap


def _open_act(request: HttpRequest, kind: Kind, subject_id: UUID) -> Act | None:
    account_id = actor_of(request).account_id
    return queries.open_now(subject=kind.subject(subject_id), account_id=account_id, now=now()) if account_id else None


def _ask(request: HttpRequest, kind: Kind, subject_id: UUID) -> HttpResponse:
    """The question, with the purpose that the officer gave last already chosen; a POST answers it."""
    title, actor = kind.title(subject_id), actor_of(request)
    form = PurposeForm(request.POST or None, initial=_last_said(actor.account_id))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        wish = Wish(kind.subject(subject_id), kind.people(subject_id), Purpose(said["purpose"]), said["note"])
        services.open_record(press_id=press_id(request, "press_id"), wish=wish, actor=actor, now=now())
        return HttpResponseRedirect(request.path)
    values = {"form": form, "title": title, "press_id": new_id(now()), "nav_active": "cari"}
    return render(request, "central/lookup/purpose.html", values)


def _last_said(account_id: UUID | None) -> dict[str, str]:
    last = queries.last_wish(account_id=account_id, now=now()) if account_id else None
    return {"purpose": last[0], "note": last[1]} if last else {}
