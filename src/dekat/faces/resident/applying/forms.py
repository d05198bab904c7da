"""One form for each thing that may be asked for; its fields follow the catalogue."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dekat.faces.question_fields import NUMERIC, SIXTEEN, People, answers_in, fields_for, unanswered
from dekat.faces.resident.applying.subjects import Subject
from dekat.kernel.canonical import Json

LARGEST_PICTURE_BYTES = 8 * 1024 * 1024
MOST_PICTURES = 6


class SeveralFilesInput(forms.ClearableFileInput):
    """Some services ask for more than one letter."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Pictures of letters; a picture that would stop a slow line for minutes is refused."""

    def __init__(self, **facts: object) -> None:
        self.one = forms.FileField(validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])])
        super().__init__(widget=SeveralFilesInput(attrs={"accept": "image/*"}), **facts)  # type: ignore[arg-type]

    def clean(self, data: Any, initial: object = None) -> list[Any]:
        pictures = data if isinstance(data, list) else [data] if data else []
        if len(pictures) > MOST_PICTURES:
            raise forms.ValidationError(gettext_lazy("Paling banyak 6 foto."))
        if any(one.size > LARGEST_PICTURE_BYTES for one in pictures):
            raise forms.ValidationError(
                gettext_lazy("Foto ini lebih besar dari 8 MB. Kecilkan, atau bawa ke kecamatan.")
            )
        return [self.one.clean(one) for one in pictures]


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
        questions = fields_for(subject.questions, people)
        evidence = self.evidence_fields("; ".join(subject.requirements))
        self.fields.update({**questions, **evidence})
        self.fields["phone"] = forms.CharField(
            label=gettext_lazy("Nomor HP"),
            help_text=gettext_lazy("Hanya untuk kabar permohonan ini."),
            max_length=20,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        )
        self._part(gettext_lazy("Siapa yang mengajukan?"), {"nik": self.fields["nik"]})
        self._part(gettext_lazy("Yang diminta"), questions)
        self._part(gettext_lazy("Bukti dan kabar"), {**evidence, "phone": self.fields["phone"]})

    @staticmethod
    def _part(heading: Promise, fields: dict[str, forms.Field]) -> None:
        """Write a heading above the first of these fields, where it has none of its own."""
        for field in list(fields.values())[:1]:
            field.heading = getattr(field, "heading", "") or heading  # type: ignore[attr-defined]

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
        return {"picture": PicturesField(label=gettext_lazy("Foto bukti"), help_text=evidence, required=False)}
