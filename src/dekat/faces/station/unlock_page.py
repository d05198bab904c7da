"""The page of a locked station: the first officer's password opens the data."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt

from dekat.accounts import keyring
from dekat.faces.refusals.words import words_for


@csrf_exempt
def open_station(request: HttpRequest) -> HttpResponse:
    """Show the form; on a right password open the data and go on to the log-in."""
    refusal = None
    if request.method == "POST":
        try:
            keyring.unlock(
                settings.ENV.data_dir / "keyring.json",
                username=request.POST.get("username", ""),
                password=request.POST.get("password", ""),
            )
        except keyring.PasswordUnknown as error:
            refusal = words_for(error)
        else:
            return HttpResponseRedirect(settings.LOGIN_URL)
    return HttpResponse(
        render_to_string("station/unlock.html", {"refusal": refusal, "is_sample": settings.ENV.is_sample})
    )
