"""Who may open a page. Every view says it; a view that says nothing is closed to everybody."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import urlencode

from dekat.accounts.actor import Actor
from dekat.accounts.roles import KECAMATAN_ROLES, Role
from dekat.faces.refusals.page import refused
from dekat.kernel.errors import DekatError

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
ANYBODY = "anybody"
NOBODY: frozenset[Role] = frozenset()
EVERY_ROLE = frozenset(Role)
OFFICE = frozenset({Role.VERIFIER, Role.REGISTRY_HEAD})
STATION = KECAMATAN_ROLES
OVERSIGHT = frozenset({Role.REGIONAL_SECRETARY, Role.INSPECTORATE, Role.PARLIAMENT, Role.REGISTRY_HEAD})


# The first page of each role.
HOMES = {
    Role.OPERATOR: "/",
    Role.DISTRICT_HEAD: "/",
    Role.SECTION_HEAD: "/petunjuk/",
    Role.VERIFIER: "/kantor/",
    Role.REGISTRY_HEAD: "/kantor/",
    Role.REGIONAL_SECRETARY: "/pengawasan/",
    Role.INSPECTORATE: "/pengawasan/",
    Role.PARLIAMENT: "/pengawasan/",
}


class NotYours(DekatError):
    """The officer is logged in, but this page belongs to other roles."""

    code = "faces.access.not_yours"


def open_to(*roles: Role) -> Callable[[View], View]:
    """Let officers with one of these roles open the view."""

    def mark(view: View) -> View:
        view.dekat_access = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


def telling_of_refusals(note: Callable[..., None]) -> Callable[[View], View]:
    """Have `note(request, **places)` write down that an officer whose role may not open the view tried to."""

    def mark(view: View) -> View:
        view.dekat_refused = note  # type: ignore[attr-defined]
        return view

    return mark


def open_to_anybody(view: View) -> View:
    """Let everybody open the view, without log-in; it may show no personal data beyond what its code proves."""
    view.dekat_access = ANYBODY  # type: ignore[attr-defined]
    return view


def home_of(user: object) -> str:
    """Where this officer begins; the public home page for everybody else."""
    role = getattr(user, "role", "")
    return HOMES[Role(role)] if role else "/"


def actor_of(request: HttpRequest) -> Actor:
    """The officer who makes this request, as the domain's commands want them."""
    user = request.user
    if not user.is_authenticated:
        raise NotYours
    return Actor(account_id=user.id, role=Role(user.role), kecamatan=user.kecamatan, node=settings.NODE_NAME)


class ClosedByDefault:
    """Refuse each view that does not say who may open it, and each person it does not name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # No browser and no proxy keeps a page, unless its view said how long: most show somebody's data.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: Mapping[str, object]
    ) -> HttpResponse | None:
        access: object = getattr(view, "dekat_access", NOBODY)
        if access == ANYBODY:
            return None
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'lanjut': request.get_full_path()})}")
        if not isinstance(access, frozenset) or Role(request.user.role) not in access:
            if note := getattr(view, "dekat_refused", None):
                note(request, **kwargs)
            # Django asks no middleware about what is raised here, so the page of the refusal is given at once.
            return refused(request, NotYours())
        return None
