"""Words for obligations, hearings and visits."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dekat.duties.hearings import Found
from dekat.duties.obligations import Source, State
from dekat.faces.oversight import words
from dekat.reports.obligations import Duty

Text = str | Promise

SOURCES: dict[Source, Text] = {
    Source.RULE: _("aturan"),
    Source.HEARING: _("rapat"),
    Source.VISIT: _("kunjungan"),
    Source.HAND: _("Sekda"),
}
STATES: dict[State, tuple[Text, str]] = {
    State.OPEN: (_("berjalan"), "warn"),
    State.REPORTED: (_("dilaporkan, menunggu diterima"), "info"),
    State.MISSED: (_("tenggat lewat"), "bad"),
    State.MET: (_("dipenuhi"), "ok"),
    State.REPLACED: (_("diganti tenggat baru"), "idle"),
    State.CLEARED: (_("alat bekerja lagi"), "ok"),
}
STEPS: dict[str, Text] = {
    "set": _("Ditetapkan"),
    "reported": _("Dilaporkan selesai"),
    "sent_back": _("Dikembalikan"),
    "met": _("Diterima, dipenuhi"),
}
FOUND: dict[Found, Text] = {
    Found.WORKING: _("Bekerja"),
    Found.STANDING_IDLE: _("Ada, tidak dipakai"),
    Found.BROKEN: _("Rusak"),
    Found.OTHER_USE: _("Dipakai untuk pekerjaan lain"),
    Found.ABSENT: _("Tidak ada di tempat"),
}


def source(value: Source) -> Text:
    """Where an obligation comes from."""
    return SOURCES[value]


def state(value: State) -> Text:
    """How an obligation stands."""
    return STATES[value][0]


def state_tone(value: State) -> str:
    """The tone of its badge."""
    return STATES[value][1]


def step(verb: str) -> Text:
    """A step in the story of an obligation."""
    return STEPS[verb]


def found(value: Found) -> Text:
    """How a device was found."""
    return FOUND[value]


def what(duty: Duty) -> str:
    """What must be done."""
    if duty.what:
        return duty.what
    if duty.via == "QUESTION":
        return str(_("jawab pertanyaan kecamatan"))
    return str(words.to_do(duty.code))
