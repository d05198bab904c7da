"""A resident of another kecamatan: their data are copied from the KK in their hand."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from dekat.accounts.roles import Role
from dekat.enrolment.again import AlreadyRecorded
from dekat.enrolment.elsewhere import FamilyCard, NikDoubtful, start_elsewhere
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now
from dekat.faces.refusals.words import Words, words_for
from dekat.faces.station.begun import begun
from dekat.faces.station.learning.lock import closed_page
from dekat.faces.station.place import place_of
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.kernel.partial_date import DayImpossible, PartialDate
from dekat.registry import queries as registry
from dekat.registry.states import ListName

_COMMON = {"autocomplete": "off", "spellcheck": "false"}
_NUMBER = forms.TextInput({**_COMMON, "inputmode": "numeric"})
_WORDS = forms.TextInput(_COMMON)


class FamilyCardForm(forms.Form):
    """The lines of the KK in the order in which they stand on it."""

    family_card_no = forms.CharField(label=gettext_lazy("Nomor KK"), max_length=24, widget=_NUMBER)
    address = forms.CharField(label=gettext_lazy("Alamat"), max_length=160, widget=_WORDS)
    rt = forms.CharField(label=gettext_lazy("RT"), max_length=3, widget=_NUMBER)
    rw = forms.CharField(label=gettext_lazy("RW"), max_length=3, widget=_NUMBER)
    village = forms.CharField(label=gettext_lazy("Desa/Kelurahan"), max_length=80, widget=_WORDS)
    kecamatan = forms.CharField(label=gettext_lazy("Kecamatan"), max_length=80, widget=_WORDS)
    regency = forms.CharField(label=gettext_lazy("Kabupaten/Kota"), max_length=80, widget=_WORDS)
    province = forms.CharField(label=gettext_lazy("Provinsi"), max_length=80, widget=_WORDS)
    full_name = forms.CharField(
        label=gettext_lazy("Nama lengkap"),
        help_text=gettext_lazy("Persis seperti di KK, juga bila hanya satu kata"),
        max_length=120,
        widget=_WORDS,
    )
    nik = forms.CharField(label=gettext_lazy("NIK"), max_length=24, widget=_NUMBER)
    nik_again = forms.CharField(
        label=gettext_lazy("NIK sekali lagi"),
        help_text=gettext_lazy("Baca lagi dari KK, jangan menyalin"),
        max_length=24,
        widget=_NUMBER,
    )
    sex = forms.ChoiceField(label=gettext_lazy("Jenis kelamin"))
    birth_place = forms.CharField(label=gettext_lazy("Tempat lahir"), max_length=80, widget=_WORDS)
    born_on = forms.CharField(
        label=gettext_lazy("Tanggal lahir"),
        help_text=gettext_lazy("Misalnya 17-03-1990; yang tidak diketahui 00"),
        max_length=10,
        widget=_NUMBER,
    )
    religion = forms.ChoiceField(label=gettext_lazy("Agama"))
    blood_type = forms.ChoiceField(label=gettext_lazy("Golongan darah"), required=False)
    marital_status = forms.ChoiceField(label=gettext_lazy("Status perkawinan"))
    occupation = forms.ChoiceField(label=gettext_lazy("Pekerjaan"))
    citizenship = forms.ChoiceField(label=gettext_lazy("Kewarganegaraan"), initial="WNI")
    is_seen = forms.BooleanField(label=gettext_lazy("KK sudah saya lihat dan cocokkan"), required=False)
    is_compared = forms.BooleanField(
        label=gettext_lazy("NIK sudah saya cocokkan sekali lagi angka demi angka"), required=False
    )
    is_meant_again = forms.BooleanField(
        label=gettext_lazy("Rekaman yang dahulu sudah saya lihat; warga ini tetap perlu direkam ulang"), required=False
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        lists = {
            "sex": ListName.SEX,
            "religion": ListName.RELIGION,
            "blood_type": ListName.BLOOD_TYPE,
            "marital_status": ListName.MARITAL_STATUS_CARD,
            "occupation": ListName.OCCUPATION,
            "citizenship": ListName.CITIZENSHIP,
        }
        for name, of in lists.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "–"), *((one.label, one.label) for one in registry.choices(of))]

    def clean_born_on(self) -> str:
        try:
            return PartialDate.parse(self.cleaned_data["born_on"]).iso
        except DayImpossible as error:
            raise forms.ValidationError(gettext_lazy("Tulis tanggal seperti 17-03-1990.")) from error

    def family_card(self) -> FamilyCard:
        """What was copied."""
        said = dict(self.cleaned_data)
        return FamilyCard(is_female=said.pop("sex").strip().upper() == "PEREMPUAN", **said)


@open_to(Role.OPERATOR)
@require_http_methods(["GET", "POST"])
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Copy the KK, then the same wizard as for everybody."""
    if closed := closed_page(request):
        return closed
    form = FamilyCardForm(request.POST or None)
    refusal: Words | None = None
    is_doubtful, is_known = "is_compared" in request.POST, "is_meant_again" in request.POST
    if request.method == "POST" and form.is_valid():
        try:
            return begun(request, _start(request, form))
        except DekatError as error:
            refusal = words_for(error)
            is_again = isinstance(error, AlreadyRecorded)
            is_doubtful, is_known = isinstance(error, NikDoubtful) or (is_doubtful and is_again), is_known or is_again
    if not is_doubtful:
        del form.fields["is_compared"]
    if not is_known:
        del form.fields["is_meant_again"]
    values = {"form": form, "refusal": refusal, "nav_active": "rekam"}
    return render(request, "station/search/elsewhere.html", values, status=409 if refusal else 200)


def _start(request: HttpRequest, form: FamilyCardForm) -> UUID:
    return start_elsewhere(
        recording_id=new_id(now()),
        card=form.family_card(),
        actor=actor_of(request),
        now=now(),
        place=place_of(request),
        supplement_of=_supplement_of(request),
    )


def _supplement_of(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("menyusul", ""))
    except ValueError:
        return None
