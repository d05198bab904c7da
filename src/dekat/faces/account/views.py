"""Log in, log out, lock the session."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib.auth import get_user, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from dekat.accounts import keyring
from dekat.accounts.passwords import PasswordWrong, TooManyTries, officer_with
from dekat.accounts.queries import log_in_account
from dekat.accounts.renewal import mark_of
from dekat.faces import session_lock
from dekat.faces.access import EVERY_ROLE, home_of, open_to, open_to_anybody
from dekat.faces.clock import now
from dekat.faces.refusals.words import Words, words_for


class LogInForm(forms.Form):
    """A name and a password."""

    username = forms.CharField(
        label=gettext_lazy("Nama masuk"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Sandi"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    """The password alone, of the officer whose session is locked."""

    password = forms.CharField(
        label=gettext_lazy("Sandi"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password", "autofocus": True}),
    )


@open_to_anybody
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Let a named officer in; the answer never says whether the name or the password was wrong."""
    form = LogInForm(request.POST or None)
    refusal: Words | None = None
    if request.method == "POST" and form.is_valid():
        try:
            account_id = officer_with(**form.cleaned_data, now=now())
        except (PasswordWrong, TooManyTries) as error:
            refusal = words_for(error)
        else:
            account = log_in_account(account_id)
            login(request, account)
            _let_open_the_station(account_id, **form.cleaned_data)
            return HttpResponseRedirect(_way_on(request) or home_of(account))
    values = {"form": form, "refusal": refusal, "way_on": _way_on(request)}
    return render(request, "account/log_in.html", values, status=403 if refusal else 200)


@open_to_anybody
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect("/masuk/")


@open_to(*EVERY_ROLE)
@require_http_methods(["GET", "POST"])
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the session at once; the same officer's password opens it where they were."""
    session_lock.lock(request)
    form = PasswordForm(request.POST if "password" in request.POST else None)
    refusal: Words | None = None
    if form.is_bound and form.is_valid():
        try:
            officer_with(username=get_user(request).get_username(), now=now(), **form.cleaned_data)
        except (PasswordWrong, TooManyTries) as error:
            refusal = words_for(error)
        else:
            session_lock.unlock(request, now=now())
            return HttpResponseRedirect(_way_on(request) or "/")
    values = {"form": form, "refusal": refusal, "way_on": _way_on(request)}
    return render(request, "account/lock.html", values, status=403 if refusal else 200)


def _let_open_the_station(account_id: UUID, *, username: str, password: str) -> None:
    """Whoever may log in at a station may also be its first officer of the day."""
    if settings.IS_STATION:
        ring = settings.ENV.data_dir / "keyring.json"
        keyring.keep_in_step(ring, username=username.strip(), password=password, mark=mark_of(account_id))


def _way_on(request: HttpRequest) -> str:
    """Where the officer was going, when that is a page of ours."""
    wanted = request.POST.get("lanjut") or request.GET.get("lanjut") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""
