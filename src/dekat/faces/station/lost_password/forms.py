"""What is typed to get a new password."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy

from dekat.accounts.renewal import LEAST_LETTERS
from dekat.faces.another_officer import officer_name, officer_password
from dekat.flows.renew_password import Said

_LARGEST_ANSWER_BYTES = 20_000

_new_password = partial(
    forms.CharField, max_length=200, strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
)


class NewPassword(forms.Form):
    """A new password, typed twice."""

    password = _new_password(
        label=gettext_lazy("Sandi baru"),
        help_text=gettext_lazy("Paling sedikit %(least)s huruf.") % {"least": LEAST_LETTERS},
    )
    again = _new_password(label=gettext_lazy("Sandi baru sekali lagi"))

    def clean_again(self) -> str:
        """Both must be the same."""
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError(gettext_lazy("Dua sandi baru ini tidak sama. Ketik lagi keduanya."))
        return again


class TwoForm(NewPassword):
    """Who forgot, and the two who vouch."""

    username = officer_name(label=gettext_lazy("Nama masuk yang lupa sandi"))
    first_name = officer_name(label=gettext_lazy("Nama masuk camat"))
    first_password = officer_password(label=gettext_lazy("Sandi camat"))
    second_name = officer_name(label=gettext_lazy("Nama masuk petugas lain"))
    second_password = officer_password(label=gettext_lazy("Sandi petugas lain"))
    field_order = ("username", "first_name", "first_password", "second_name", "second_password", "password", "again")

    @property
    def forgot(self) -> Said:
        return Said(self.cleaned_data["username"], self.cleaned_data["password"])

    @property
    def vouching(self) -> tuple[Said, Said]:
        said = self.cleaned_data
        return Said(said["first_name"], said["first_password"]), Said(said["second_name"], said["second_password"])


class AskForm(forms.Form):
    """Whose password is to be renewed by the regency."""

    username = officer_name(label=gettext_lazy("Nama masuk yang akan mendapat sandi baru"))


class AnswerForm(NewPassword):
    """The centre's answer, the code from the telephone, and the new password."""

    answer = forms.FileField(label=gettext_lazy("Berkas jawaban dari Dispendukcapil"))
    code = forms.CharField(
        label=gettext_lazy("Kode dari telepon"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    field_order = ("answer", "code", "password", "again")

    def answer_text(self) -> str:
        """The file as text; what is no text is refused by whoever reads it."""
        return str(self.cleaned_data["answer"].read(_LARGEST_ANSWER_BYTES).decode(errors="replace"))
