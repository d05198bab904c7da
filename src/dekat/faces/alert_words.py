"""What an alert says: what happened, whose turn it is, by when, and where the proof is. It is read on a phone."""

from collections.abc import Callable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dekat.alerts.queries import AlertCard
from dekat.alerts.services import Text, Writer
from dekat.alerts.states import Channel, Kind
from dekat.equipment.kinds import Consumable, DeviceKind
from dekat.faces.clock import today
from dekat.faces.oversight import words as reasons
from dekat.faces.ui.words import date_and_time, number
from dekat.kernel.clock import from_iso
from dekat.reports.parties import NAMES, party_name, places

# A digest names so many; the rest is behind the link.
_NAMED = {Channel.EMAIL: 30, Channel.WHATSAPP: 8, Channel.SMS: 2}
_ORDER = (
    Kind.MISSED, Kind.LOST, Kind.NEAR, Kind.TURN, Kind.ASKED, Kind.INSTRUCTION, Kind.HANDOVER, Kind.BLANKS,
    Kind.SUPPLIES, Kind.SILENT, Kind.ANSWERED,
)  # fmt: skip
OFFICES = ("DISKOMINFO", "PUSAT", "PEMASOK")
CHANNELS: dict[Channel, tuple[str, str | Promise]] = {
    Channel.EMAIL: ("mail", gettext_lazy("E-mail")),
    Channel.WHATSAPP: ("brand-whatsapp", gettext_lazy("WhatsApp")),
    Channel.SMS: ("device-mobile", gettext_lazy("SMS")),
}


def writer(*, address: str) -> Writer:
    """How texts are written at a centre with this public address."""

    def write(channel: Channel, alerts: Sequence[AlertCard]) -> Text:
        ordered = sorted(alerts, key=lambda one: (_ORDER.index(one.kind), one.raised_at, str(one.id)))
        names = places(today(max(one.raised_at for one in alerts)))
        if len(ordered) == 1:
            return _single(ordered[0], names, address)
        return _digest(ordered, names, address, _NAMED[channel])

    return write


def sentence(alert: AlertCard, names: dict[str, str]) -> str:
    """What happened and what to do, without the address."""
    return _SENTENCES[alert.kind](alert, names)


def desk_name(party: str, desk: str, names: dict[str, str]) -> str:
    """`Camat, Kecamatan Cermee`; the party alone where the desk adds nothing."""
    office = party_name(party, names)
    if not party.startswith("KECAMATAN:") or not desk:
        return office
    return f"{str(reasons.DESKS.get(desk, desk)).capitalize()}, {office}"


def _single(alert: AlertCard, names: dict[str, str], address: str) -> Text:
    body = f"{sentence(alert, names)} {_link(alert, address)}"
    return Text(f"Dekat: {_subject(alert, names)}"[:160], body)


def _digest(alerts: Sequence[AlertCard], names: dict[str, str], address: str, most: int) -> Text:
    count = len(alerts)
    lines = [f"{place}. {sentence(one, names)}" for place, one in enumerate(alerts[:most], start=1)]
    if count > most:
        lines.append(gettext("… dan %(count)s lagi.") % {"count": number(count - most)})
    head = gettext("%(count)s hal untuk Anda:") % {"count": number(count)}
    link = f"{address.rstrip('/')}/pengawasan/kewajiban/"
    return Text(gettext("Dekat: %(count)s hal untuk Anda") % {"count": number(count)}, "\n".join([head, *lines, link]))


def _link(alert: AlertCard, address: str) -> str:
    base = address.rstrip("/")
    if alert.serial:
        return f"{base}/pengawasan/alat/{alert.serial}/"
    if alert.kind == Kind.ASKED:
        return f"{base}/kantor/petunjuk/"
    if alert.kind == Kind.BLANKS:
        return f"{base}/kantor/kartu/"
    if alert.kind == Kind.SILENT:
        return f"{base}/pengawasan/jaringan/"
    return f"{base}/pengawasan/petunjuk/"


def _subject(alert: AlertCard, names: dict[str, str]) -> str:
    where = _place(alert, names) if alert.kecamatan or alert.serial else NAMES["DISPENDUKCAPIL"]
    return f"{alert.kind.label} – {where}"


def _place(alert: AlertCard, names: dict[str, str]) -> str:
    return names.get(alert.kecamatan, alert.kecamatan) or gettext("gudang Dispendukcapil")


def _device(alert: AlertCard, names: dict[str, str]) -> str:
    """`Set perekaman Cermee (REK-24-15)`."""
    labels = dict(DeviceKind.choices)
    kind = labels.get(str(alert.facts.get("device")), gettext("Alat"))
    return f"{kind} {_place(alert, names)} ({alert.serial})" if alert.kecamatan else f"{kind} ({alert.serial})"


def _idle(alert: AlertCard, names: dict[str, str]) -> str:
    days, code = int(str(alert.facts.get("idle_days", 0))), str(alert.facts.get("code"))
    return gettext("%(device)s menganggur %(days)s hari. %(reason)s") % {
        "device": _device(alert, names),
        "days": number(days),
        "reason": reasons.reason(code),
    }


def _to_do(alert: AlertCard) -> str:
    if alert.facts.get("via") == "QUESTION":
        what: object = gettext("jawab pertanyaan kecamatan")
    elif alert.party == "SEKDA":
        what = gettext("panggil dan tetapkan tenggat baru")
    else:
        what = reasons.to_do(str(alert.facts.get("code")))
    if alert.due_at is None:
        return gettext("Giliran Anda: %(what)s.") % {"what": what}
    due = date_and_time(alert.due_at)
    if alert.due_at <= alert.raised_at:
        return gettext("Giliran Anda: %(what)s. Tenggatnya lewat pada %(due)s.") % {"what": what, "due": due}
    return gettext("Giliran Anda: %(what)s, sebelum %(due)s.") % {"what": what, "due": due}


def _turn(alert: AlertCard, names: dict[str, str]) -> str:
    return f"{_idle(alert, names)} {_to_do(alert)}"


def _near(alert: AlertCard, names: dict[str, str]) -> str:
    return gettext("Tenggat sudah dekat. %(turn)s") % {"turn": _turn(alert, names)}


def _missed(alert: AlertCard, names: dict[str, str]) -> str:
    late = party_name(str(alert.facts.get("late", "")), names)
    return gettext("%(late)s melewati tenggat, giliran naik kepada Anda. %(turn)s") % {
        "late": late,
        "turn": _turn(alert, names),
    }


def _lost(alert: AlertCard, names: dict[str, str]) -> str:
    return gettext("Tenggat Anda lewat, giliran sekarang di %(party)s. %(idle)s Anda tetap dapat menyelesaikannya.") % {
        "party": party_name(str(alert.facts.get("now_with", "")), names),
        "idle": _idle(alert, names),
    }


def _asked(alert: AlertCard, names: dict[str, str]) -> str:
    return gettext("Kecamatan %(place)s bertanya dan menunggu jawaban Anda. Selama itu gilirannya di Anda.") % {
        "place": _place(alert, names)
    }


def _answered(alert: AlertCard, names: dict[str, str]) -> str:
    return gettext("Pertanyaan Kecamatan %(place)s sudah dijawab. Baca jawabannya di halaman Petunjuk stasiun.") % {
        "place": _place(alert, names)
    }


def _instruction(alert: AlertCard, names: dict[str, str]) -> str:
    return gettext("Petunjuk baru untuk Kecamatan %(place)s: %(title)s. Baca dan nyatakan mengerti di stasiun.") % {
        "place": _place(alert, names),
        "title": alert.facts.get("title", ""),
    }


def _blanks(alert: AlertCard, names: dict[str, str]) -> str:
    left, days = int(str(alert.facts["left"])), int(str(alert.facts["days"]))
    return gettext("Blangko tinggal %(left)s keping, cukup sekitar %(days)s hari. Minta kiriman ke pusat sekarang.") % {
        "left": number(left),
        "days": number(days),
    }


def _supplies(alert: AlertCard, names: dict[str, str]) -> str:
    labels = dict(Consumable.choices)
    item = labels.get(str(alert.facts.get("item")), str(alert.facts.get("item")))
    if not alert.serial:
        return gettext("%(item)s di Kecamatan %(place)s cukup sekitar %(days)s hari. Kirim penggantinya.") % {
            "item": item,
            "place": _place(alert, names),
            "days": number(int(str(alert.facts["days"]))),
        }
    return gettext("%(item)s untuk alat %(serial)s habis. Kirim penggantinya.") % {
        "item": item,
        "serial": alert.serial,
    }


def _handover(alert: AlertCard, names: dict[str, str]) -> str:
    return gettext("Serah terima %(bast)s untuk alat %(serial)s belum dijawab penerimanya. Hubungi penerima.") % {
        "bast": alert.facts.get("bast", ""),
        "serial": alert.serial,
    }


def _silent(alert: AlertCard, names: dict[str, str]) -> str:
    since = date_and_time(from_iso(str(alert.facts["since"])))
    return gettext("Stasiun Kecamatan %(place)s tidak terdengar sejak %(since)s. Buka dan laporkan keadaannya.") % {
        "place": _place(alert, names),
        "since": since,
    }


_SENTENCES: dict[Kind, Callable[[AlertCard, dict[str, str]], str]] = {
    Kind.TURN: _turn,
    Kind.NEAR: _near,
    Kind.MISSED: _missed,
    Kind.LOST: _lost,
    Kind.ASKED: _asked,
    Kind.ANSWERED: _answered,
    Kind.INSTRUCTION: _instruction,
    Kind.BLANKS: _blanks,
    Kind.SUPPLIES: _supplies,
    Kind.HANDOVER: _handover,
    Kind.SILENT: _silent,
}
