"""Typed component tags, available in every template; each has one `.html` and one `.css` of the same name."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from dekat.faces.ui import fields, icons, navigation, words
from dekat.faces.ui.pieces import Moment, Step
from dekat.kernel.ids import spaced

register = template.Library()

FILTERS: dict[str, Callable[..., object]] = {
    "tanggal": words.long_date,
    "hari_tanggal": words.weekday_date,
    "jam": words.clock_time,
    "tanggal_jam": words.date_and_time,
    "days": words.duration,
    "working_time": words.working_time,
    "rupiah": words.money,
    "rupiah_singkat": words.short_money,
    "angka": words.number,
    "masked_nik": words.masked_nik,
    "kode": spaced,
    "initials": words.initials,
    "is_choice_list": fields.is_choice_list,
    "choice_block": fields.choice_block,
    "choice_input": fields.choice_input,
    "govuk_widget": fields.govuk_widget,
    "first_input_id": fields.first_input_id,
}
for _name, _function in FILTERS.items():
    register.filter(_name, _function)


TONE_ICONS = {"ok": "check", "warn": "alert-triangle", "bad": "alert-circle", "idle": "", "info": ""}
NOTICE_ICONS = {"ok": "circle-check", "warn": "alert-triangle", "bad": "alert-circle", "info": "info-circle"}


def _show(component: str, **values: object) -> SafeString:
    return render_to_string(f"ui/components/{component}.html", values)


@register.filter
def message_tone(level: str) -> str:
    """The tone of one of Django's messages."""
    return {"success": "ok", "warning": "warn", "error": "bad"}.get(level.split()[-1] if level else "", "info")


@register.simple_tag
def ago(*, since: datetime, now: datetime) -> str:
    """How long ago, or how long until: `2 hari 4 jam lalu`."""
    return words.since(since, now=now)


@register.simple_tag
def icon(*, name: str, label: str = "") -> SafeString:
    """An inlined icon; give a label only where no text says the same."""
    return icons.icon_svg(name=name, label=label)


@register.simple_tag
def badge(*, text: object, tone: str = "idle", icon: str | None = None) -> SafeString:
    """A short state in words; the tone adds its icon unless `icon` names another or is empty."""
    return _show("badge", text=text, tone=tone, icon=TONE_ICONS[tone] if icon is None else icon)


@register.simple_tag
def button(
    *, text: str, kind: str = "primary", size: str = "m", icon: str = "", icon_after: str = "", name: str = "",
    value: str = "", type: str = "submit", shortcut: str = "", id: str = "", is_full: bool = False, form: str = "",
    is_disabled: bool = False,
) -> SafeString:  # fmt: skip
    """A button that does something here: kinds primary, secondary, ghost, danger, light, on-blue; sizes s, m, l."""
    return _show("button", **locals())


@register.simple_tag
def link_button(
    *, text: str, href: str, kind: str = "primary", size: str = "m", icon: str = "", icon_after: str = "",
    shortcut: str = "", id: str = "", is_full: bool = False, is_download: bool = False,
) -> SafeString:  # fmt: skip
    """A link that looks like a button: it goes somewhere and changes nothing."""
    return _show("button", **locals())


@register.simple_block_tag
def card(
    content: str, *, title: str = "", tone: str = "", icon: str = "", note: str = "", badge: str = "",
    badge_tone: str = "idle", href: str = "", link: str = "", level: int = 2, is_flush: bool = False, id: str = "",
) -> SafeString:  # fmt: skip
    """A surface with a title; `is_flush` lets a table reach its edges."""
    return _show("card", **locals())


@register.simple_block_tag
def stats(content: str, *, label: str) -> SafeString:
    """A row of `stat` pieces on one surface."""
    return _show("stats", content=content, label=label)


@register.simple_tag
def stat(*, value: object, label: str, note: str = "", tone: str = "", href: str = "") -> SafeString:
    """One number with what it counts; only inside `stats`."""
    return _show("stat", value=value, label=label, note=note, tone=tone, href=href)


@register.simple_tag
def step_list(*, steps: Sequence[Step], label: str) -> SafeString:
    """The steps of a task: done, current, to do."""
    return _show("step_list", steps=steps, label=label)


@register.simple_tag
def timeline(*, moments: Sequence[Moment], label: str) -> SafeString:
    """What happened, in order, and what is awaited."""
    return _show("timeline", moments=moments, label=label)


@register.simple_tag
def progress(*, value: int, maximum: int, label: str, note: str = "", tone: str = "") -> SafeString:
    """How much of a whole, with the words above the bar."""
    return _show("progress", value=value, maximum=maximum, label=label, note=note, tone=tone)


@register.simple_block_tag
def empty_state(content: str, *, title: str, text: str = "", icon: str = "circle-check", level: int = 2) -> SafeString:
    """What a page says when there is nothing to show, and the way on."""
    return _show("empty_state", content=content, title=title, text=text, icon=icon, level=level)


@register.simple_block_tag
def data_table(content: str, *, caption: str, is_caption_shown: bool = False, is_dense: bool = False) -> SafeString:
    """A table that scrolls by itself on a phone; inside go `<thead>` and `<tbody>`."""
    return _show("data_table", **locals())


@register.simple_block_tag
def facts(content: str, *, is_wide: bool = False) -> SafeString:
    """A list of `fact` pieces."""
    return _show("facts", content=content, is_wide=is_wide)


@register.simple_tag
def fact(*, label: str, value: object, note: str = "") -> SafeString:
    """One name and its value; only inside `facts`."""
    return _show("fact", label=label, value=value, note=note)


@register.simple_block_tag
def notice(content: str, *, tone: str = "info", title: str = "", role: str = "") -> SafeString:
    """Something the reader must know before going on."""
    return _show("notice", content=content, tone=tone, title=title, role=role, icon=NOTICE_ICONS[tone])


@register.simple_block_tag
def page_head(content: str, *, title: str, lead: str = "", note: str = "") -> SafeString:
    """The page's one `h1`, its lead, and at the right what can be done."""
    return _show("page_head", content=content, title=title, lead=lead, note=note)


@register.simple_block_tag
def breadcrumbs(content: str) -> SafeString:
    """Where this page lies: `crumb` pieces, the last without an address."""
    return _show("breadcrumbs", content=content)


@register.simple_tag
def crumb(*, text: str, href: str = "") -> SafeString:
    """One step of the way here."""
    return _show("crumb", text=text, href=href)


@register.simple_tag
def tile(*, href: str, title: str, icon: str, note: str = "") -> SafeString:
    """A large target that leads to a task."""
    return _show("tile", href=href, title=title, icon=icon, note=note)


@register.simple_tag(takes_context=True)
def main_nav(context: Context, *, face: str) -> SafeString:
    """The main menu of a face; the page names its place as `nav_active`, else its address does."""
    request = context.get("request")
    path = request.path if request else ""
    items = navigation.menu(face=face, active=str(context.get("nav_active") or ""), path=path, user=context.get("user"))
    return _show("main_nav", items=items)
