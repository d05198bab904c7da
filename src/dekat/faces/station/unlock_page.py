"""The page of a locked station: the first officer's password opens the data and logs them in."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt

from dekat.accounts import keyring
from dekat.accounts.passwords import PasswordWrong, TooManyTries, check_patience, note_slip, officer_with
from dekat.accounts.queries import log_in_account
from dekat.faces.account.views import LogInForm
from dekat.faces.clock import now
from dekat.faces.refusals.words import words_for
from dekat.kernel.errors import DekatError


class StationUnfounded(DekatError):
    """This computer has no identity and no data yet."""

    code = "accounts.node.unfounded"


@csrf_exempt
def open_station(request: HttpRequest) -> HttpResponse:
    """Show the form; on a right password open the data and go on to the day's work."""
    if not (settings.ENV.data_dir / "keyring.json").exists():
        words = {"refusal": words_for(StationUnfounded()), "is_station": True, "regency": settings.REGENCY}
        return HttpResponse(render_to_string("account/unfounded.html", words), status=503)
    form = LogInForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            _unlock(**form.cleaned_data)
        except (keyring.PasswordUnknown, TooManyTries) as error:
            refusal = words_for(error)
        else:
            return _logged_in(request, **form.cleaned_data)
    values = {
        "form": form,
        "refusal": refusal,
        "is_sample": settings.ENV.is_sample,
        "is_station": True,
        "regency": settings.REGENCY,
    }
    return HttpResponse(render_to_string("station/unlock.html", values), status=403 if refusal else 200)


def _unlock(*, username: str, password: str) -> None:
    check_patience(username, now=now())
    try:
        keyring.unlock(settings.ENV.data_dir / "keyring.json", username=username, password=password)
    except keyring.PasswordUnknown:
        note_slip(username, now=now())
        raise


def _logged_in(request: HttpRequest, *, username: str, password: str) -> HttpResponse:
    """Log the officer in as well; a keyring name without an account goes to the log-in."""
    try:
        account_id = officer_with(username=username, password=password, now=now())
    except (PasswordWrong, TooManyTries):
        return HttpResponseRedirect(settings.LOGIN_URL)
    # The page stands before the session middleware, which needs the open database: it makes its session itself.
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    login(request, log_in_account(account_id))
    request.session.save()
    response = HttpResponseRedirect("/")
    response.set_cookie(
        settings.SESSION_COOKIE_NAME,
        str(request.session.session_key),
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response
