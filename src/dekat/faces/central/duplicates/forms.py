"""What an officer types about two records."""

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class Finding(TextChoices):
    """What an officer finds about two records."""

    KEEP_FIRST = "KEEP_FIRST", gettext_lazy("Satu orang: data pertama dipertahankan, data kedua berakhir")
    KEEP_SECOND = "KEEP_SECOND", gettext_lazy("Satu orang: data kedua dipertahankan, data pertama berakhir")
    TWO_PEOPLE = "TWO_PEOPLE", gettext_lazy("Dua orang yang berbeda")


class TwoNiksForm(forms.Form):
    """Whose records are to be compared."""

    first = forms.CharField(label=gettext_lazy("NIK pertama"), max_length=24, widget=forms.TextInput(_DIGITS))
    second = forms.CharField(label=gettext_lazy("NIK kedua"), max_length=24, widget=forms.TextInput(_DIGITS))


class FindingForm(forms.Form):
    """One human or two, which record goes on, and why."""

    finding = forms.ChoiceField(
        label=gettext_lazy("Apa yang Anda temukan?"), choices=Finding.choices, widget=forms.RadioSelect
    )
    takes_place = forms.BooleanField(
        label=gettext_lazy("Data yang dipertahankan menempati KK data yang berakhir"),
        help_text=gettext_lazy(
            "Centang bila orangnya tinggal bersama keluarga di KK itu, misalnya sebagai kepala keluarga."
        ),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        help_text=gettext_lazy("Satu kalimat: bukti apa yang sudah diperiksa. Jangan menulis nama atau NIK."),
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["finding"].error_messages["required"] = gettext_lazy("Pilih salah satu.")
