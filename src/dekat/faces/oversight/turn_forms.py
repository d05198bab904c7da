"""The forms of the pages that move a turn or its clock."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from dekat.duties.waiting import Awaited

_LONGEST_DAYS = 31


def _calendar() -> forms.DateInput:
    # A browser's calendar understands this form of a date only, whatever the language.
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class WaitingForm(forms.Form):
    """For whom and for what the holder of a turn waits."""

    on_party = forms.ChoiceField(label=_("Siapa yang ditunggu?"))
    why = forms.ChoiceField(label=_("Apa yang ditunggu?"), choices=Awaited.choices)

    def __init__(self, *args: object, parties: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["on_party"]
        if isinstance(field, forms.ChoiceField):
            field.choices = parties


class ClosureForm(forms.Form):
    """Days on which the offices are closed, or work after all."""

    decree = forms.CharField(label=_("Nomor surat keputusan atau edaran"), max_length=80)
    first = forms.DateField(label=_("Hari pertama"), widget=_calendar())
    last = forms.DateField(
        label=_("Hari terakhir"),
        widget=_calendar(),
        required=False,
        help_text=_("Kosongkan bila hanya satu hari. Hari yang sudah lewat tidak dapat diubah."),
    )
    is_withdrawn = forms.BooleanField(label=_("Batal: kantor tetap bekerja pada hari itu"), required=False)

    @property
    def days(self) -> list[date]:
        """Every day from the first to the last."""
        first: date = self.cleaned_data["first"]
        last: date = self.cleaned_data["last"] or first
        return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]

    def clean_last(self) -> date | None:
        """The last day comes after the first, and not months later."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and not first <= last < first + timedelta(days=_LONGEST_DAYS):
            raise forms.ValidationError(_("Hari terakhir harus sama dengan atau sesudah hari pertama, dalam sebulan."))
        return last
