"""One form for each thing that may be asked for; its fields follow the catalogue."""

from django import forms
from django.core.validators import FileExtensionValidator, RegexValidator
from django.utils.translation import gettext_lazy

from dekat.cases.catalogue import Change
from dekat.registry import queries as registry

LARGEST_PICTURE_BYTES = 8 * 1024 * 1024
_SIXTEEN = RegexValidator(r"^[0-9]{16}$", gettext_lazy("Tulis ke-16 angkanya, tanpa spasi dan titik."))
_NUMERIC = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "20"}


class ApplyForm(forms.Form):
    """Who asks, and what for. The page made the application's id, so a second click changes nothing."""

    application_id = forms.UUIDField(widget=forms.HiddenInput)
    nik = forms.CharField(
        label=gettext_lazy("NIK"),
        help_text=gettext_lazy("16 angka pada KTP-el atau KK, milik orang yang datanya berubah"),
        validators=[_SIXTEEN],
        widget=forms.TextInput(attrs=_NUMERIC),
    )
    family_card_no = forms.CharField(
        label=gettext_lazy("Nomor KK"),
        help_text=gettext_lazy("16 angka di bagian atas Kartu Keluarga"),
        validators=[_SIXTEEN],
        widget=forms.TextInput(attrs=_NUMERIC),
    )

    def __init__(self, *args: object, change: Change | None, evidence: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if change:
            self.fields["new_value"] = _value_field(change)
        self.fields.update(self.evidence_fields(evidence))
        self.fields["phone"] = forms.CharField(
            label=gettext_lazy("Nomor HP"),
            help_text=gettext_lazy("Hanya untuk kabar permohonan ini."),
            max_length=20,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        )

    def evidence_fields(self, evidence: str) -> dict[str, forms.Field]:
        """How the original is shown: from home, as a picture."""
        picture = forms.FileField(
            label=gettext_lazy("Foto bukti"),
            help_text=evidence,
            required=False,
            validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])],
            widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        )
        return {"picture": picture}

    def clean_picture(self) -> object:
        """Refuse a picture that would stop a slow line for minutes."""
        picture = self.cleaned_data.get("picture")
        if picture and picture.size > LARGEST_PICTURE_BYTES:
            raise forms.ValidationError(
                gettext_lazy("Foto ini lebih besar dari 8 MB. Kecilkan, atau bawa ke kecamatan.")
            )
        return picture


def _value_field(change: Change) -> forms.Field:
    label = gettext_lazy("Isi yang baru")
    if change.values is None:
        return forms.CharField(label=label, help_text=change.element.label, max_length=120)
    choices = [("", gettext_lazy("Pilih satu")), *((one.code, one.label) for one in registry.choices(change.values))]
    return forms.ChoiceField(label=label, help_text=change.element.label, choices=choices)
