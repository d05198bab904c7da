"""What an officer decides about something that stands aside."""

from django import forms
from django.utils.translation import gettext_lazy

from dekat.sync.rules import Wish


class WishForm(forms.Form):
    """Process it or close it, and why."""

    wish = forms.ChoiceField(label=gettext_lazy("Apa yang dilakukan?"), choices=Wish.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        help_text=gettext_lazy("Satu kalimat: apa yang sudah diperiksa. Jangan menulis nama atau NIK."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
