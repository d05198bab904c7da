"""Why a record is opened."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dekat.openings.states import ASKED, Purpose


class RadioSelect(forms.RadioSelect):
    """The list with the keyboard on it: on what was said last, else on the first.

    It keeps the name of Django's own, by which the field templates know radio buttons.
    """

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """The options, one of them with the focus."""
        groups = super().optgroups(name, value, attrs)
        options = [option for _, group, _ in groups for option in group]
        next((one for one in options if one["selected"]), options[0])["attrs"]["autofocus"] = True
        return groups


class PurposeForm(forms.Form):
    """One purpose of the list; what is none of them is said in words."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("Untuk keperluan apa?"),
        choices=[(one.value, one.label) for one in ASKED],
        widget=RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Keterangan"),
        help_text=gettext_lazy("Misalnya nomor surat. Wajib untuk “Lainnya”. Jangan menulis NIK atau nama."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, object]:
        """Refuse `Lainnya` without words."""
        said = self.cleaned_data
        if said.get("purpose") == Purpose.OTHER and not said.get("note", "").strip():
            self.add_error("note", gettext_lazy("Tulis untuk apa data ini dibuka."))
        return said
