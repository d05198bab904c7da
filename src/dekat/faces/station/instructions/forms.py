"""The form of a question back."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _


class QuestionForm(forms.Form):
    """What is not clear, and about which device if about one; the page made the id, so a second press asks once."""

    question_id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Apa yang belum jelas?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Jangan menulis NIK atau nama warga."),
    )
    device = forms.CharField(
        label=_("Nomor seri alat"),
        help_text=_("Isi hanya bila pertanyaan ini tentang satu alat."),
        required=False,
        max_length=60,
        validators=[RegexValidator(r"^[A-Za-z0-9._/-]+$", _("Tulis nomor seri seperti pada label alat."))],
    )
