"""What an operator types in the wizard."""

from django import forms
from django.utils.translation import gettext_lazy

from dekat.enrolment.states import Absence, Reason
from dekat.faces.station.recording.labels import NAMES


class CorrectionsForm(forms.Form):
    """What the resident says is wrong; an empty line is right as it is."""

    full_name = forms.CharField(label=gettext_lazy("Nama lengkap"), required=False, max_length=60)
    birth_place = forms.CharField(label=gettext_lazy("Tempat lahir"), required=False, max_length=60)
    born_on = forms.CharField(label=gettext_lazy("Tanggal lahir"), required=False, max_length=30)
    address = forms.CharField(label=gettext_lazy("Alamat"), required=False, max_length=120)
    marital_status = forms.CharField(label=gettext_lazy("Status perkawinan"), required=False, max_length=40)
    occupation = forms.CharField(label=gettext_lazy("Pekerjaan"), required=False, max_length=60)

    def corrections(self) -> dict[str, str]:
        """The elements that somebody filled."""
        return {name: text for name, text in self.cleaned_data.items() if text}


class ExceptionForm(forms.Form):
    """Which positions, why, for how long, and the second person's name and password."""

    positions = forms.MultipleChoiceField(choices=[(name, name) for name in NAMES])
    reason = forms.ChoiceField(choices=Reason.choices)
    state = forms.ChoiceField(choices=Absence.choices)
    is_permanent = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda text: text == "1")
    username = forms.CharField(label=gettext_lazy("Nama masuk orang kedua"), max_length=60)
    password = forms.CharField(
        label=gettext_lazy("Sandi orang kedua"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )


class SealForm(forms.Form):
    """The resident's yes and the operator's password."""

    is_confirmed = forms.BooleanField(label=gettext_lazy("Warga setuju"), required=False)
    password = forms.CharField(
        label=gettext_lazy("Sandi Anda"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
