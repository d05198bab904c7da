"""What somebody comes for, and when. No name and no number is asked."""

from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy

from dekat.desk.states import Priority, Service
from dekat.faces.clock import now


class BookForm(forms.Form):
    """One appointment. The page made its id, so a second press books once."""

    appointment_id = forms.UUIDField(widget=forms.HiddenInput)
    service = forms.ChoiceField(
        label=gettext_lazy("Keperluan"),
        choices=Service.choices,
        error_messages={
            "required": gettext_lazy("Pilih satu keperluan."),
            "invalid_choice": gettext_lazy("Keperluan itu tidak dilayani di sini hari ini. Pilih yang lain."),
        },
    )
    priority = forms.ChoiceField(label=gettext_lazy("Perlu didahulukan?"), choices=Priority.choices, required=False)
    slot = forms.DateTimeField(
        input_formats=["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z"],
        error_messages={"required": gettext_lazy("Pilih satu jam."), "invalid": gettext_lazy("Pilih satu jam.")},
    )

    def __init__(self, *args: object, services: Sequence[Service], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["service"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.value, one.label) for one in services]

    def clean_slot(self) -> datetime:
        """A time far from ours is none of a page; some have no name in UTC at all."""
        slot: datetime = self.cleaned_data["slot"]
        if abs(slot.year - now().year) > 1:
            raise forms.ValidationError(gettext_lazy("Pilih satu jam."))
        return slot
