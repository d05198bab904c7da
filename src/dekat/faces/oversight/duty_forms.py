"""The forms of obligations, hearings, visits and replies."""

from collections.abc import Sequence
from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from dekat.duties.hearings import Found
from dekat.faces.oversight.duty_words import FOUND, SOURCES, STATES
from dekat.faces.oversight.forms import calendar_input

Choices = Sequence[tuple[str, object]]
PUBLIC = _("Dibaca umum: jangan tulis nama atau NIK warga.")


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _fill(form: forms.Form, **choices: object) -> None:
    for name, given in choices.items():
        field = form.fields[name]
        if isinstance(field, forms.ChoiceField) and isinstance(given, list):
            field.choices = given


class FilterForm(forms.Form):
    """Which obligations to show."""

    pihak = forms.ChoiceField(label=_("Pihak"), required=False)
    kecamatan = forms.ChoiceField(label=_("Kecamatan"), required=False)
    sumber = forms.ChoiceField(label=_("Asal"), required=False)
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False)

    def __init__(self, *args: object, parties: Choices, places: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        everything = ("", _("Semua"))
        _fill(
            self,
            pihak=[everything, *parties],
            kecamatan=[everything, *places],
            sumber=[everything, *((str(key), label) for key, label in SOURCES.items())],
            keadaan=[everything, *((str(key), label) for key, (label, _tone) in STATES.items())],
        )


class ResolutionForm(forms.Form):
    """One thing, one party, one deadline."""

    party = forms.ChoiceField(label=_("Siapa yang wajib?"))
    about = forms.ChoiceField(label=_("Tentang apa?"))
    what = forms.CharField(label=_("Apa yang harus dilakukan?"), max_length=300, help_text=PUBLIC)
    due_on = forms.DateField(
        label=_("Paling lambat tanggal berapa?"),
        widget=calendar_input(),
        help_text=_("Sampai akhir jam kerja hari itu; pada hari libur, hari kerja berikutnya."),
    )

    def __init__(self, *args: object, parties: Choices, abouts: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _fill(self, party=list(parties), about=list(abouts))


class ReportForm(forms.Form):
    """It is done, and this shows it."""

    text = forms.CharField(label=_("Apa yang sudah dilakukan?"), widget=_lines(3), max_length=2000, help_text=PUBLIC)
    proof = forms.MultipleChoiceField(
        label=_("Kejadian yang membuktikannya"), required=False, widget=forms.CheckboxSelectMultiple
    )
    file = forms.FileField(label=_("Foto atau PDF sebagai bukti"), required=False)

    def __init__(self, *args: object, events: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if events:
            _fill(self, proof=list(events))
        else:
            del self.fields["proof"]


class WhyForm(forms.Form):
    """Why a report is sent back."""

    why = forms.CharField(label=_("Mengapa dikembalikan?"), max_length=1000, help_text=PUBLIC)


class HearingForm(forms.Form):
    """A hearing is called."""

    title = forms.CharField(label=_("Judul rapat"), max_length=160, help_text=PUBLIC)
    on = forms.DateField(label=_("Tanggal"), widget=calendar_input())
    hour = forms.TimeField(
        label=_("Jam"), initial=time(9), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    parties = forms.MultipleChoiceField(label=_("Siapa yang dipanggil?"), widget=forms.CheckboxSelectMultiple)
    questions = forms.CharField(
        label=_("Pertanyaan"), required=False, widget=_lines(5), help_text=_("Satu pertanyaan satu baris.")
    )

    def __init__(self, *args: object, parties: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _fill(self, parties=list(parties))


class MinutesForm(forms.Form):
    """What was said at a hearing."""

    minutes = forms.CharField(label=_("Risalah singkat"), widget=_lines(6), max_length=8000, help_text=PUBLIC)


class VisitForm(forms.Form):
    """When somebody went there, and how each device was found."""

    who = forms.CharField(
        label=_("Siapa yang datang?"),
        max_length=200,
        help_text=_("Kantor dan jumlah orangnya, misalnya: Komisi I, 6 orang."),
    )
    on = forms.DateField(label=_("Tanggal"), widget=calendar_input())
    hour = forms.TimeField(label=_("Jam"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))

    def __init__(self, *args: object, devices: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.serials = [serial for serial, _model in devices]
        states = [("", _("tidak dilihat")), *((str(key), label) for key, label in FOUND.items())]
        for serial, model in devices:
            self.fields[f"state-{serial}"] = forms.ChoiceField(
                label=f"{model}, {serial}", required=False, choices=states
            )
            note = forms.CharField(
                label=_("Catatan tentang alat ini"), required=False, max_length=500, help_text=PUBLIC
            )
            self.fields[f"note-{serial}"] = note
            self.fields[f"photo-{serial}"] = forms.FileField(label=_("Foto alat ini"), required=False)

    def seen(self) -> list[tuple[str, Found, str, object]]:
        """What was filled in: serial number, state, note, file."""
        said = self.cleaned_data
        return [
            (serial, Found(said[f"state-{serial}"]), said[f"note-{serial}"], said[f"photo-{serial}"])
            for serial in self.serials
            if said[f"state-{serial}"]
        ]


class ReplyForm(forms.Form):
    """What a party answers."""

    party = forms.ChoiceField(label=_("Atas nama"))
    text = forms.CharField(label=_("Hak jawab"), widget=_lines(5), max_length=4000, help_text=PUBLIC)

    def __init__(self, *args: object, parties: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _fill(self, party=list(parties))
