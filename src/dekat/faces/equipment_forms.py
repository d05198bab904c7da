"""Forms about equipment that the office and a station share: offer, answer, condition, scan."""

from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, gettext_lazy

from dekat.accounts.actor import Actor
from dekat.documents.qr import read_qr
from dekat.equipment import photos
from dekat.equipment.custody import Held
from dekat.equipment.drawing import as_svg
from dekat.equipment.handing_over import Receipt, Said, Terms
from dekat.equipment.kinds import Condition
from dekat.equipment.offers import OfferCard, Person
from dekat.equipment.stock_take import LABEL, LabelEmpty, read_label
from dekat.equipment.upkeep_kinds import Refusal

PICTURES = "image/jpeg,image/png,image/webp"
ACCEPTED, DECLINED = "ACCEPTED", "DECLINED"


def day_input() -> forms.DateInput:
    """A date as browsers pick it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OfferForm(forms.Form):
    """A BAST: number, day, receiver, devices, who signs."""

    bast = forms.CharField(label=gettext_lazy("Nomor BAST"), max_length=60)
    on = forms.DateField(label=gettext_lazy("Tanggal BAST"), widget=day_input())
    to = forms.ChoiceField(label=gettext_lazy("Diserahkan kepada"))
    serials = forms.MultipleChoiceField(label=gettext_lazy("Alat"), widget=forms.CheckboxSelectMultiple)
    name = forms.CharField(label=gettext_lazy("Nama yang menyerahkan"), max_length=80)
    nip = forms.CharField(label=gettext_lazy("NIP yang menyerahkan"), max_length=30, required=False)
    strokes = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, places: Sequence[tuple[str, str]], devices: Sequence[Held], **named: object):
        super().__init__(*args, **named)  # type: ignore[arg-type]
        _choices(self, "to", [("", gettext("Pilih penerima")), *places])
        _choices(self, "serials", [(one.serial, f"{one.serial}, {one.model}") for one in devices])

    def terms(self, *, to: str) -> Terms:
        """What the form says, for `handing_over.offer`."""
        given = self.cleaned_data
        signer = Person(given["name"], given["nip"], as_svg(given["strokes"]))
        return Terms(bast=given["bast"], on=given["on"], to=to, given_by=signer)


class AnswerForm(forms.Form):
    """What the receiver says of each device, and who signs for it."""

    name = forms.CharField(label=gettext_lazy("Nama penerima"), max_length=80)
    nip = forms.CharField(label=gettext_lazy("NIP penerima"), max_length=30, required=False)
    head = forms.CharField(label=gettext_lazy("Nama camat"), max_length=80)
    paper = forms.FileField(
        label=gettext_lazy("Foto BAST yang ditandatangani di kertas"),
        help_text=gettext_lazy("Hanya bila layar tidak dapat ditandatangani."),
        required=False,
        widget=forms.FileInput(attrs={"accept": PICTURES}),
    )
    strokes = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, card: OfferCard, **named: object):
        super().__init__(*args, **named)  # type: ignore[arg-type]
        self.card = card
        self.use_required_attribute = False
        if not card.to:
            del self.fields["head"]
        for number, item in enumerate(card.items):
            is_declined = self.data.get(f"answer-{number}") == DECLINED
            self.fields |= _item_fields(number, item.serial, is_declined=is_declined, is_bound=self.is_bound)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        for number, item in enumerate(self.card.items):
            self._check_item(number, item.serial, given)
        return given

    def rows(self) -> list[dict[str, object]]:
        """Each device with its own fields, for the page."""
        parts = ("answer", "label", "condition", "photo", "refusal", "why")
        return [
            {"item": item, "number": number, **{part: self[f"{part}-{number}"] for part in parts}}
            for number, item in enumerate(self.card.items)
        ]

    def said(self, *, actor: Actor, now: datetime) -> list[Said]:
        """The answers, with the photos kept."""
        return [self._said(number, item.serial, actor, now) for number, item in enumerate(self.card.items)]

    def receipt(self, *, actor: Actor, now: datetime) -> Receipt:
        """Who signs, with the photo of the paper kept where there is one."""
        given = self.cleaned_data
        paper = keep_file(given.get("paper"), actor=actor, now=now)
        signer = Person(given["name"], given["nip"], as_svg(given["strokes"]))
        return Receipt(received_by=signer, head_name=given.get("head", ""), paper_sha256=paper[0] if paper else "")

    def _said(self, number: int, serial: str, actor: Actor, now: datetime) -> Said:
        given = self.cleaned_data
        if given[f"answer-{number}"] == DECLINED:
            return Said(serial, refusal=Refusal(given[f"refusal-{number}"]), why=given[f"why-{number}"])
        kept = keep_file(given[f"photo-{number}"], actor=actor, now=now)
        return Said(serial, condition=Condition(given[f"condition-{number}"]), photos=kept)

    def _check_item(self, number: int, serial: str, given: dict[str, object]) -> None:
        if given.get(f"answer-{number}") == DECLINED:
            return
        label, condition = given.get(f"label-{number}"), given.get(f"condition-{number}")
        if label and _serial_in(str(label)) != serial:
            self.add_error(f"label-{number}", gettext("Nomor pada label tidak sama. Pindai atau ketik nomor serinya."))
        if condition and condition != Condition.GOOD and not given.get(f"photo-{number}"):
            self.add_error(f"photo-{number}", gettext("Kondisi rusak perlu foto."))


class ConditionForm(forms.Form):
    """How a device is, with photos."""

    condition = forms.ChoiceField(label=gettext_lazy("Kondisi"), choices=Condition.choices, widget=forms.RadioSelect)
    photo = forms.FileField(
        label=gettext_lazy("Foto"),
        help_text=gettext_lazy("Wajib bila rusak. Foto dikecilkan; tempat dan waktu kameranya dibuang."),
        required=False,
        widget=forms.FileInput(attrs={"accept": PICTURES, "capture": "environment"}),
    )

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("condition") in (Condition.MINOR_DAMAGE, Condition.MAJOR_DAMAGE) and not given.get("photo"):
            self.add_error("photo", gettext_lazy("Kondisi rusak perlu foto."))
        return given


class ScanForm(forms.Form):
    """A label: scanned or typed, or a photo of its code."""

    label = forms.CharField(
        label=gettext_lazy("Nomor seri pada label"),
        max_length=120,
        error_messages={"required": gettext_lazy("Pindai labelnya, atau ketik nomor serinya.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Atau foto kode QR-nya"),
        required=False,
        widget=forms.FileInput(attrs={"accept": PICTURES, "capture": "environment"}),
    )

    def __init__(self, *args: object, **named: object):
        super().__init__(*args, **named)  # type: ignore[arg-type]
        self.use_required_attribute = False
        self.fields["label"].required = not self.files.get("file")

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        file = given.get("file")
        if not given.get("label") and isinstance(file, UploadedFile):
            codes = read_qr(file.read()) if (file.size or 0) <= photos.MOST_UPLOAD_BYTES else []
            given["label"] = next((code for code in codes if code.startswith(LABEL)), next(iter(codes), ""))
            if not given["label"]:
                self.add_error("file", gettext_lazy("Foto itu tidak memperlihatkan kode QR. Ketik nomor serinya."))
        return given


def keep_file(file: object, *, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Keep an uploaded photo; its SHA-256, or nothing when none came.

    Refuses: equipment.photo.not_a_picture.
    """
    if not isinstance(file, UploadedFile):
        return ()
    if (file.size or 0) > photos.MOST_UPLOAD_BYTES:
        raise photos.NotAPhoto
    return (photos.keep_photo(raw=file.read(), actor=actor, now=now),)


def _item_fields(number: int, serial: str, *, is_declined: bool, is_bound: bool) -> dict[str, forms.Field]:
    radio = forms.RadioSelect
    return {
        f"answer-{number}": forms.ChoiceField(
            label=gettext("Jawaban"), choices=[(ACCEPTED, gettext("Terima")), (DECLINED, gettext("Tolak"))],
            initial=ACCEPTED, widget=radio,
        ),
        f"label-{number}": forms.CharField(
            label=gettext("Nomor seri pada label"), max_length=120, required=not is_declined,
            error_messages={"required": gettext("Pindai atau ketik nomor seri pada label alat ini.")},
            widget=forms.TextInput(attrs={"data-serial": serial, "autocomplete": "off"}),
        ),
        f"condition-{number}": forms.ChoiceField(
            label=gettext("Kondisi"), choices=Condition.choices, required=not is_declined, widget=radio,
            error_messages={"required": gettext("Pilih kondisi alat ini.")},
        ),
        f"photo-{number}": forms.FileField(
            label=gettext("Foto alat"), required=False,
            widget=forms.FileInput(attrs={"accept": PICTURES, "capture": "environment"}),
        ),
        f"refusal-{number}": forms.ChoiceField(
            label=gettext("Sebab ditolak"), choices=[("", gettext("Pilih sebab")), *Refusal.choices],
            required=is_declined or not is_bound, error_messages={"required": gettext("Pilih sebab alat ini ditolak.")},
        ),
        f"why-{number}": forms.CharField(label=gettext("Keterangan"), max_length=200, required=False),
    }  # fmt: skip


def _serial_in(label: str) -> str:
    try:
        return read_label(label)
    except LabelEmpty:
        return ""


def _choices(form: forms.Form, field: str, choices: Sequence[tuple[str, str]]) -> None:
    form.fields[field].choices = choices  # type: ignore[attr-defined]
