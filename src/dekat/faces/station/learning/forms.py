"""What the officer who watched a practice types."""

from django import forms
from django.utils.translation import gettext_lazy


class WitnessForm(forms.Form):
    """Their own name and password, at the operator's screen."""

    username = forms.CharField(
        label=gettext_lazy("Nama masuk camat atau operator lain"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Sandi camat atau operator lain"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )
