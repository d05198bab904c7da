"""What an operator types in the wizard."""

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext, gettext_lazy

from dekat.enrolment.states import Absence, Reason
from dekat.faces.another_officer import officer_name, officer_password
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


class HowLong(TextChoices):
    """For how long something cannot be recorded; the three ways in which the rule knows it."""

    NEVER = Absence.NOT_COLLECTABLE.value, gettext_lazy("Tetap tidak bisa")
    NOT_NOW = "NOT_COLLECTABLE_NOW", gettext_lazy("Kali ini tidak bisa")
    LATER = Absence.SKIPPED_PENDING.value, gettext_lazy("Menyusul, datang lagi")

    @property
    def state(self) -> Absence:
        return Absence.SKIPPED_PENDING if self is HowLong.LATER else Absence.NOT_COLLECTABLE

    @property
    def is_permanent(self) -> bool:
        return self is HowLong.NEVER


class SecondPersonForm(forms.Form):
    """The second person's own name and password."""

    username = officer_name(label=gettext_lazy("Nama masuk orang kedua"), required=False)
    password = officer_password(label=gettext_lazy("Sandi orang kedua"), required=False)

    def is_somebody(self) -> bool:
        """Whether a second person gave a name and a password."""
        return bool(self.cleaned_data["username"] and self.cleaned_data["password"])


class ExceptionForm(SecondPersonForm):
    """Which positions, why, for how long, and who else saw it, or that nobody is here who could."""

    positions = forms.MultipleChoiceField(choices=[(name, name) for name in NAMES], required=False)
    is_pose_free = forms.BooleanField(required=False)
    reason = forms.ChoiceField(choices=Reason.choices, required=False)
    state = forms.ChoiceField(choices=HowLong.choices)
    due_on = forms.DateField(required=False)
    is_alone = forms.BooleanField(required=False)

    def clean(self) -> dict[str, object]:
        said: dict[str, object] = super().clean() or self.cleaned_data
        if not said.get("positions") and not said.get("is_pose_free"):
            raise forms.ValidationError(gettext("Centang dahulu yang tidak bisa direkam."))
        if said.get("positions") and not said.get("reason"):
            raise forms.ValidationError(gettext("Pilih dahulu alasannya."))
        if not said.get("is_alone") and not (said.get("username") and said.get("password")):
            raise forms.ValidationError(
                gettext("Isi nama dan sandi orang kedua. Kalau tidak ada siapa pun, centang Belum ada orang kedua.")
            )
        return said


class SealForm(forms.Form):
    """The resident's yes and the operator's password."""

    is_confirmed = forms.BooleanField(label=gettext_lazy("Warga setuju"), required=False)
    password = forms.CharField(
        label=gettext_lazy("Sandi Anda"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
