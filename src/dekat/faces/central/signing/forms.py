"""What signing asks of an official: a passphrase where a person signs, nothing where the office's own key does."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy

from dekat.documents import queries
from dekat.documents.ports import Passphrase


class PassphraseForm(forms.Form):
    """The official's passphrase; it is never shown again, not even to the one who typed it."""

    passphrase = forms.CharField(
        label=gettext_lazy("Frasa sandi tanda tangan elektronik Anda"),
        help_text=gettext_lazy("Dikirim hanya ke layanan tanda tangan BSrE. Tidak disimpan di sini."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )


def sign_form(said: Mapping[str, object] | None = None) -> forms.Form:
    """The form that this office's signer needs; without fields it is valid as it comes."""
    return (PassphraseForm if queries.signer().needs_passphrase else forms.Form)(said)


def passphrase_in(form: forms.Form) -> Passphrase | None:
    """What a valid form holds."""
    text = form.cleaned_data.get("passphrase")
    return Passphrase(text) if text else None
