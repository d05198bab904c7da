"""An officer of the kecamatan chooses how to be told."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dekat.accounts.roles import Role
from dekat.alerts import contacts, queries
from dekat.alerts.contacts import AddressWrong
from dekat.faces.access import actor_of, open_to
from dekat.faces.alert_form import ChannelForm, initial_of
from dekat.faces.clock import now
from dekat.faces.refusals.words import words_for


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Channel, address, quiet hours; they travel to the centre with the next connection."""
    actor = actor_of(request)
    card = queries.contact_of_account(actor.account_id) if actor.account_id else None
    form = ChannelForm(request.POST or None, initial=initial_of(card, settings.ENV.telling.quiet))
    if request.method == "POST" and form.is_valid():
        try:
            contacts.tell_centre(choice=form.choice, actor=actor, now=now())
        except AddressWrong as error:
            form.add_error("address", f"{words_for(error).happened} {words_for(error).do_now}")
        else:
            messages.success(request, _("Disimpan. Dispendukcapil memakainya begitu jaringan tersambung."))
            return redirect("alerts-mine")
    return render(request, "station/alerts/mine.html", {"form": form, "card": card})
