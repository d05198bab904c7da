"""One form for each thing that may be asked for; its fields follow the catalogue."""

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy

from dekat.faces.question_fields import NUMERIC, SIXTEEN, People, answers_in, fields_for, unanswered
from dekat.faces.resident.applying.subjects import Subject
from dekat.kernel.canonical import Json

LARGEST_PICTURE_BYTES = 8 * 1024 * 1024


class ApplyForm(forms.Form):
    """Who asks, and what for. The page made the application's id, so a second click changes nothing."""

    application_id = forms.UUIDField(widget=forms.HiddenInput)
    nik = forms.CharField(
        label=gettext_lazy("NIK"),
        help_text=gettext_lazy("16 angka pada KTP-el atau KK, milik orang yang mengurus"),
        validators=[SIXTEEN],
        widget=forms.TextInput(attrs=NUMERIC),
    )
    family_card_no = forms.CharField(
        label=gettext_lazy("Nomor KK"),
        help_text=gettext_lazy("16 angka di bagian atas Kartu Keluarga"),
        validators=[SIXTEEN],
        widget=forms.TextInput(attrs=NUMERIC),
    )

    def __init__(self, *args: object, subject: Subject, people: People = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.subject = subject
        self.fields.update(fields_for(subject.questions, people))
        self.fields.update(self.evidence_fields("; ".join(subject.requirements)))
        self.fields["phone"] = forms.CharField(
            label=gettext_lazy("Nomor HP"),
            help_text=gettext_lazy("Hanya untuk kabar permohonan ini."),
            max_length=20,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        )

    def clean(self) -> dict[str, object]:
        """Ask again for what became necessary by another answer."""
        cleaned = super().clean() or self.cleaned_data
        for key in unanswered(self.subject.questions, cleaned):
            if key not in self.errors:
                self.add_error(key, forms.ValidationError(gettext_lazy("Wajib diisi."), code="required"))
        return cleaned

    def answers(self) -> dict[str, Json]:
        """What was answered, with what the address already said."""
        return {**answers_in(self.subject.questions, self.cleaned_data), **self.subject.known}

    def evidence_fields(self, evidence: str) -> dict[str, forms.Field]:
        """How the original is shown: from home, as a picture; nothing where nothing is required."""
        if not evidence:
            return {}
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
