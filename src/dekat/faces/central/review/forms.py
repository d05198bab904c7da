"""What the reviewer says."""

from django import forms
from django.utils.translation import gettext_lazy

from dekat.cases.states import ReturnReason


class ReturnForm(forms.Form):
    """Why it goes back, and what the applicant does now."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Mengapa dikembalikan?"), choices=ReturnReason.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("Apa yang harus dilakukan pemohon?"),
        help_text=gettext_lazy("Satu atau dua kalimat biasa. Pemohon membaca persis tulisan ini."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
