"""What a resident types to prove who they are."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy

_SIXTEEN = RegexValidator(r"^[0-9]{16}$", gettext_lazy("Tulis ke-16 angkanya, tanpa spasi dan titik."))
_NUMERIC = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "20"}
_CODE = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}


class ProofForm(forms.Form):
    """Both numbers, and a code that an officer gave them."""

    nik = forms.CharField(label="NIK", validators=[_SIXTEEN], widget=forms.TextInput(attrs=_NUMERIC))
    family_card_no = forms.CharField(
        label=gettext_lazy("Nomor KK"), validators=[_SIXTEEN], widget=forms.TextInput(attrs=_NUMERIC)
    )
    code = forms.CharField(
        label=gettext_lazy("Kode pada bukti dari petugas"),
        help_text=gettext_lazy("Bukti perekaman, atau bukti permohonan yang dibuat di kecamatan: 10 huruf dan angka"),
        max_length=20,
        widget=forms.TextInput(attrs=_CODE),
    )
