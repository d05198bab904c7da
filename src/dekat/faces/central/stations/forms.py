"""Letting a machine in needs a colleague; revoking one needs a reason and a number."""

from django import forms
from django.utils.translation import gettext_lazy

from dekat.accounts.roles import RevokeReason
from dekat.faces.another_officer import officer_name, officer_password


class EnrolForm(forms.Form):
    """Which kecamatan, and a colleague who sees the same."""

    kecamatan = forms.ChoiceField(label=gettext_lazy("Kecamatan"))
    username = officer_name(label=gettext_lazy("Nama masuk rekan"))
    password = officer_password(label=gettext_lazy("Sandi rekan"))

    def __init__(self, *args: object, places: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["kecamatan"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext_lazy("Pilih kecamatan")), *places]


class RevokeForm(forms.Form):
    """Why, and up to which packet the station is still believed."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Apa yang terjadi?"), choices=RevokeReason.choices, widget=forms.RadioSelect
    )
    last_good_seq = forms.IntegerField(
        label=gettext_lazy("Nomor kiriman terakhir yang masih dipercaya"),
        min_value=0,
        max_value=2**62,
        help_text=gettext_lazy(
            "Sudah terisi nomor tertinggi yang ada di sini. Turunkan bila komputer itu sudah di tangan orang lain "
            "sebelumnya."
        ),
    )
    is_sure = forms.BooleanField(label=gettext_lazy("Saya mengerti akibatnya di atas"))
