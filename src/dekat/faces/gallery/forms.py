"""Fields of every kind, to look at."""

from django import forms
from django.utils.translation import gettext_lazy


class EveryField(forms.Form):
    """One field of each kind that pages use."""

    nik = forms.CharField(
        label=gettext_lazy("NIK"), min_length=16, max_length=16, help_text=gettext_lazy("16 angka di kartu atau KK")
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("Keperluan"),
        choices=[
            ("first", gettext_lazy("KTP-el pertama")),
            ("broken", gettext_lazy("Rusak")),
            ("lost", gettext_lazy("Hilang")),
        ],
        widget=forms.RadioSelect,
    )
    village = forms.ChoiceField(
        label=gettext_lazy("Desa"), choices=[("", "—"), ("1", "Mangli Wetan"), ("2", "Wonokusumo")], required=False
    )
    papers = forms.MultipleChoiceField(
        label=gettext_lazy("Berkas yang dibawa"),
        choices=[("kk", gettext_lazy("Kartu Keluarga")), ("akta", gettext_lazy("Akta kelahiran"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label=gettext_lazy("Catatan"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agrees = forms.BooleanField(label=gettext_lazy("Warga sudah membaca dan setuju"))
