"""What the operator says about a sheet."""

from django import forms
from django.utils.translation import gettext_lazy

from dekat.printing.states import Collector, CopyReason, SpoilReason


class AskForm(forms.Form):
    """Print this document; the page made the job's id, so a second click asks for the same sheet."""

    document_id = forms.UUIDField(widget=forms.HiddenInput)
    print_id = forms.UUIDField(widget=forms.HiddenInput)


class CountForm(forms.Form):
    """How many sheets a person counted."""

    sheets = forms.IntegerField(min_value=0, max_value=99)


class CopyForm(forms.Form):
    """Why a resident who has the paper gets it printed again; the page made the job's id."""

    print_id = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=gettext_lazy("Mengapa dicetak lagi?"), choices=CopyReason.choices, widget=forms.RadioSelect
    )


class SpoiledForm(forms.Form):
    """Why a sheet may not be handed over."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Mengapa lembar ini tidak bisa diserahkan?"),
        choices=SpoilReason.choices,
        widget=forms.RadioSelect,
    )


class HandOverForm(forms.Form):
    """Who takes the sheet, and that the officer looked."""

    collector = forms.ChoiceField(
        label=gettext_lazy("Siapa yang mengambil?"), choices=Collector.choices, widget=forms.RadioSelect
    )
    receiver_name = forms.CharField(
        label=gettext_lazy("Nama penerima"),
        help_text=gettext_lazy("Tulis seperti pada KTP-el. Nama ini menjadi tanda terima."),
        max_length=80,
    )
    is_checked = forms.BooleanField(
        label=gettext_lazy("Saya sudah mencocokkan wajah dan KTP-el penerima"),
        error_messages={
            "required": gettext_lazy("Cocokkan dahulu wajah dan KTP-el penerima, lalu beri tanda di sini.")
        },
    )
