"""Pieces of the queue's pages: a press on a ticket, the words about it, bars of the day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from dekat.desk.numbers import Hour
from dekat.desk.queries import TicketCard
from dekat.desk.states import AppointmentState, Service, TicketState
from dekat.faces.clock import now
from dekat.faces.ui.icons import icon_svg
from dekat.faces.ui.templatetags.ui import badge
from dekat.kernel.ids import new_id

register = template.Library()
_ICONS = {Service.RECORD: "face-id", Service.KK: "users", Service.COLLECT: "id", Service.OTHER: "help-circle"}
_TONES = {
    AppointmentState.BOOKED: ("idle", ""),
    AppointmentState.RECEIVED: ("idle", "clock"),
    AppointmentState.ARRIVED: ("ok", "check"),
    AppointmentState.MISSED: ("warn", "user-x"),
    AppointmentState.CANCELLED: ("idle", "x"),
}


@register.filter
def janji(slot_at: datetime) -> str:
    """`Janji 09.40`."""
    return gettext("Janji %s") % f"{slot_at.astimezone(ZoneInfo(settings.TIME_ZONE)):%H.%M}"


@register.filter
def menit(span: timedelta | None) -> str:
    """`6 mnt`, or a dash while nothing was measured."""
    return "–" if span is None else gettext("%s mnt") % max(1, round(span.total_seconds() / 60))


@register.filter
def kira_kira(span: timedelta) -> str:
    """`± 15 menit`: an estimate says no single minutes."""
    minutes = span.total_seconds() / 60
    if minutes < 5:
        return gettext("kurang dari 5 menit")
    return gettext("± %s menit") % (round(minutes / 5) * 5)


@register.simple_tag
def new_press() -> str:
    """The id of the next press, made by the page that shows its button."""
    return str(new_id(now()))


@register.simple_tag
def ticket_words(*, ticket: TicketCard) -> SafeString:
    """Why a ticket goes ahead, if it does."""
    return render_to_string("station/queue/_ticket_words.html", {"ticket": ticket})


@register.simple_tag(takes_context=True)
def ticket_press(
    context: Context, *, ticket: TicketCard, act: str, text: str, back: str, kind: str = "secondary", size: str = "s",
    icon: str = "", shortcut: str = "",
) -> SafeString:  # fmt: skip
    """One button that moves one ticket on."""
    values = {
        "address": reverse("queue-press", args=[ticket.id, act]),
        "move_id": new_press(),
        "look": {"text": text, "kind": kind, "size": size, "icon": icon, "shortcut": shortcut},
        "back": back,
        "csrf_token": context.get("csrf_token"),
    }
    return render_to_string("station/queue/_press.html", values)


@register.simple_tag
def appointment_badge(*, state: AppointmentState) -> SafeString:
    """Where an appointment stands, as the desk says it."""
    tone, icon = _TONES[state]
    text = gettext("Ditunggu") if state == AppointmentState.RECEIVED else state.label
    return badge(text=text, tone=tone, icon=icon)


@register.simple_tag
def service_icon(*, service: Service) -> SafeString:
    """The picture of a service on its big button."""
    return icon_svg(name=_ICONS[service])


@register.simple_tag
def board_word(*, ticket: TicketCard) -> str:
    """What the display says of a number that was called before."""
    if ticket.state in (TicketState.CALLED, TicketState.SERVING):
        return gettext("loket %s") % ticket.counter
    return {TicketState.DONE: gettext("selesai"), TicketState.NO_SHOW: gettext("tidak hadir")}.get(ticket.state, "")


@register.simple_tag
def hour_bars(*, hours: Sequence[Hour]) -> SafeString:
    """One bar for each hour, drawn here: no script, and it prints."""
    most = max(hour.served_count for hour in hours) or 1
    bars = [
        {"hour": f"{one.hour:02}", "count": one.served_count, "height": round(60 * one.served_count / most),
         "x": 46 * place, "top": 78 - round(60 * one.served_count / most)}
        for place, one in enumerate(hours)
    ]  # fmt: skip
    label = ", ".join(gettext("jam %(hour)s: %(count)s") % bar for bar in bars)
    return render_to_string("station/queue/_hours.html", {"bars": bars, "width": 46 * len(bars), "label": label})
