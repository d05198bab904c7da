"""The form of an instruction."""

from django import forms
from django.utils.translation import gettext_lazy as _


class InstructionForm(forms.Form):
    """Text, quiz and addressees."""

    title = forms.CharField(label=_("Judul"), max_length=160)
    body = forms.CharField(
        label=_("Isi petunjuk"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Tulis dengan Markdown: ## judul bagian, 1. langkah, **tebal**."),
    )
    quiz = forms.CharField(
        label=_("Pertanyaan"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Satu baris pertanyaan, lalu pilihan: - salah, + benar. Kosongkan satu baris di antaranya."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Untuk alat apa?"),
        choices=[("RECORDER", _("Set perekaman")), ("KK_PRINTER", _("Set cetak KK"))],
        widget=forms.CheckboxSelectMultiple,
    )
    legal_basis = forms.CharField(label=_("Dasar hukum"), required=False, max_length=200)
    kecamatan = forms.MultipleChoiceField(label=_("Untuk kecamatan mana?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: object, places: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["kecamatan"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = places
