"""The forms of the oversight pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


def calendar_input() -> forms.DateInput:
    """A field that opens the browser's calendar."""
    # A browser's calendar understands this form of a date only, whatever the language.
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class HourForm(forms.Form):
    """One kecamatan and one hour of one day."""

    kecamatan = forms.ChoiceField(label=_("Kecamatan"))
    hari = forms.DateField(label=_("Tanggal"), widget=calendar_input())
    jam = forms.TypedChoiceField(
        label=_("Jam"), coerce=int, choices=[(hour, f"{hour:02}.00-{hour:02}.59") for hour in range(24)]
    )

    def __init__(self, *args: object, places: dict[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["kecamatan"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(places.items())


class DeadlineForm(forms.Form):
    """The Sekda calls one party and sets a deadline."""

    party = forms.ChoiceField(label=_("Siapa yang harus bertindak?"))
    what = forms.CharField(label=_("Apa yang harus dilakukan?"), max_length=300)
    due_on = forms.DateField(
        label=_("Paling lambat tanggal berapa?"),
        widget=calendar_input(),
        help_text=_("Sampai akhir jam kerja hari itu."),
    )

    def __init__(self, *args: object, parties: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["party"]
        if isinstance(field, forms.ChoiceField):
            field.choices = parties
