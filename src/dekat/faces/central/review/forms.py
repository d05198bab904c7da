"""What the reviewer says."""

from django import forms
from django.utils.translation import gettext_lazy

from dekat.cases.questions import Question
from dekat.cases.states import ReturnReason
from dekat.faces.question_fields import answers_in, fields_for
from dekat.kernel.canonical import Json


class ReturnForm(forms.Form):
    """Why it goes back, and what the applicant does now."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Mengapa dikembalikan?"), choices=ReturnReason.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("Apa yang harus dilakukan pemohon?"),
        help_text=gettext_lazy("Satu atau dua kalimat biasa. Pemohon membaca persis tulisan ini."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NoteForm(forms.Form):
    """Something for the colleagues. The page made the note's id, so a second click changes nothing."""

    note_id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Catatan untuk rekan"),
        help_text=gettext_lazy("Pemohon tidak melihatnya."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class BackToReviewForm(forms.Form):
    """Why the head does not sign."""

    note = forms.CharField(
        label=gettext_lazy("Apa yang harus diperiksa lagi?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class DecisionForm(forms.Form):
    """What the office adds to a request before it approves it."""

    def __init__(self, *args: object, questions: tuple[Question, ...], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.questions = questions
        self.fields.update(fields_for(questions))

    def said(self) -> dict[str, Json]:
        """The office's answers."""
        return answers_in(self.questions, self.cleaned_data)
