"""What a resident types to follow an application, and sends when asked for something."""

from django import forms
from django.utils.translation import gettext_lazy


class CodeForm(forms.Form):
    """The code on the receipt."""

    kode = forms.CharField(
        label=gettext_lazy("Kode pada bukti"),
        help_text=gettext_lazy("10 huruf dan angka"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )


class AnswerForm(forms.Form):
    """The picture that was asked for."""

    picture = forms.FileField(
        label=gettext_lazy("Foto bukti"),
        help_text=gettext_lazy("Foto surat aslinya di tempat terang. JPG atau PNG, paling besar 8 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )
