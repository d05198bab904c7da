"""The forms of the asset officer."""

from collections.abc import Iterable, Sequence
from datetime import date

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dekat.equipment import list_cells
from dekat.equipment.kinds import Condition, DecreeKind, DeviceKind, Funding, Metric, PaperKind, Purpose
from dekat.equipment.papers import MOST_BYTES
from dekat.equipment.procurement import SERIAL, Item
from dekat.faces.clock import now, today
from dekat.kernel.rupiah import Rupiah


class Calendar(forms.DateInput):
    """A browser's calendar; it understands this form of a date only, whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PastDay(forms.DateField):
    """A day on a paper; it cannot lie ahead."""

    widget = Calendar

    def clean(self, value: object) -> date | None:
        """Refuse a day that has not come."""
        found: date | None = super().clean(value)
        if found and found > today(now()):
            raise forms.ValidationError(_("Hari ini belum tiba. Tulis hari yang ada pada naskahnya."))
        return found


class Money(forms.CharField):
    """An amount as people write it: `128.500.000`."""

    def clean(self, value: object) -> Rupiah | None:
        """Read the amount."""
        written = super().clean(value)
        return read_money(written) if written else None


def read_money(written: str) -> Rupiah:
    """An amount, or the sentence that says what is wrong with it."""
    try:
        return list_cells.price(written, is_thousands=False)
    except list_cells.CellWrong as wrong:
        raise forms.ValidationError(
            _("“%(written)s” bukan jumlah rupiah yang jelas. Tulis seperti 128.500.000."), params={"written": written}
        ) from wrong


def serial_lines(written: str) -> list[str]:
    """Serial numbers, one a line; the first that no label can carry is named."""
    found = [line.strip() for line in written.splitlines() if line.strip()]
    for number in found:
        if not SERIAL.fullmatch(number):
            raise forms.ValidationError(
                _("“%(number)s” bukan nomor seri: pakai huruf, angka, titik, garis, atau garis miring, tanpa spasi."),
                params={"number": number},
            )
    return found


class ContractForm(forms.Form):
    """What stands on the first page of a contract."""

    number = forms.CharField(label=gettext_lazy("Nomor kontrak (SPK)"), max_length=60)
    purpose = forms.ChoiceField(label=gettext_lazy("Untuk apa?"), choices=Purpose.choices, widget=forms.RadioSelect)
    signed_on = PastDay(label=gettext_lazy("Ditandatangani tanggal"))
    supplier = forms.CharField(label=gettext_lazy("Penyedia"), max_length=120)
    budget_year = forms.IntegerField(label=gettext_lazy("Tahun anggaran"), min_value=2000, max_value=2100)
    funding = forms.ChoiceField(label=gettext_lazy("Sumber dana"), choices=Funding.choices, widget=forms.RadioSelect)
    budget_line = forms.CharField(
        label=gettext_lazy("Baris DPA"), max_length=80, help_text=gettext_lazy("Misalnya DPA 2.12.01.5.2.02.10")
    )
    total = Money(label=gettext_lazy("Jumlah kontrak (Rp)"), help_text=gettext_lazy("Seperti pada naskah: 128.500.000"))
    payment_order = forms.CharField(
        label=gettext_lazy("Nomor SP2D"), max_length=60, required=False,
        help_text=gettext_lazy("Kosongkan bila belum dibayar; dapat dicatat nanti."),
    )  # fmt: skip
    paid_on = PastDay(label=gettext_lazy("Dibayar tanggal"), required=False)
    covers = forms.CharField(
        label=gettext_lazy("Nomor seri yang dipelihara"), required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Hanya untuk pemeliharaan. Satu nomor satu baris."),
    )  # fmt: skip
    from_on = forms.DateField(label=gettext_lazy("Berlaku sejak"), required=False, widget=Calendar())
    until_on = forms.DateField(label=gettext_lazy("Berlaku sampai (hari terakhir)"), required=False, widget=Calendar())

    def clean_covers(self) -> list[str]:
        """The serial numbers that are kept going."""
        return serial_lines(self.cleaned_data["covers"])

    def clean(self) -> None:
        """What belongs together comes together."""
        said = super().clean() or self.cleaned_data
        if bool(said.get("payment_order")) != bool(said.get("paid_on")):
            self.add_error("paid_on", _("Nomor dan tanggal SP2D diisi keduanya, atau dikosongkan keduanya."))
        is_upkeep = said.get("purpose") == Purpose.MAINTENANCE
        if is_upkeep and not (said.get("covers") and said.get("from_on") and said.get("until_on")):
            self.add_error("covers", _("Kontrak pemeliharaan menyebut nomor seri, hari pertama, dan hari terakhirnya."))


class ItemForm(forms.Form):
    """One model in a contract."""

    kind = forms.ChoiceField(label=gettext_lazy("Jenis"), choices=DeviceKind.choices)
    model = forms.CharField(label=gettext_lazy("Merk dan tipe"), max_length=120)
    count = forms.IntegerField(label=gettext_lazy("Banyaknya"), min_value=1, max_value=9999)
    unit_price = Money(label=gettext_lazy("Harga satuan (Rp)"))
    components = forms.CharField(
        label=gettext_lazy("Harga per komponen"), widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Satu komponen satu baris: nama, titik koma, harga. Jumlahnya harga satuan."),
    )  # fmt: skip

    def clean_components(self) -> list[tuple[str, Rupiah]]:
        """Names and prices, line by line."""
        found = []
        for line in filter(str.strip, self.cleaned_data["components"].splitlines()):
            name, mark, price = line.replace("\t", ";").rpartition(";")
            if not mark or not name.strip():
                raise forms.ValidationError(
                    _("Baris “%(line)s” tidak punya titik koma di antara nama dan harga."), params={"line": line}
                )
            found.append((name.strip(), read_money(price.strip())))
        return found

    def clean(self) -> None:
        """The components add up to the price of one piece."""
        said = super().clean() or self.cleaned_data
        parts, price = said.get("components"), said.get("unit_price")
        if parts and price and sum(one.sen for _name, one in parts) != price.sen:
            total = Rupiah(sum(one.sen for _name, one in parts))
            self.add_error(
                "components",
                _("Jumlah komponen %(total)s, harga satuan %(price)s.") % {"total": total, "price": price},
            )

    def item(self) -> Item:
        """The item as the contract's terms want it."""
        said = self.cleaned_data
        return Item(DeviceKind(said["kind"]), said["model"], said["count"], said["unit_price"], said["components"])


class DevicesForm(forms.Form):
    """Many devices of one item, and the BAST that delivered them."""

    item = forms.TypedChoiceField(label=gettext_lazy("Barang pada kontrak"), coerce=int)
    serials = forms.CharField(
        label=gettext_lazy("Nomor seri"), widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Satu nomor satu baris; dapat ditempel dari lembar Excel."),
    )  # fmt: skip
    asset_code = forms.CharField(
        label=gettext_lazy("Kode barang"), max_length=40, widget=forms.TextInput(attrs={"list": "kode-barang"}),
        help_text=gettext_lazy("Pilih dari daftar atau ketik kode lain."),
    )  # fmt: skip
    first_register_no = forms.IntegerField(
        label=gettext_lazy("Nomor register pertama"), min_value=1, max_value=9999, required=False,
        help_text=gettext_lazy("Kosong: nomor berikutnya yang belum dipakai pada kode itu."),
    )  # fmt: skip
    bast = forms.CharField(label=gettext_lazy("Nomor BAST dari penyedia"), max_length=60, required=False)
    on = PastDay(label=gettext_lazy("Tanggal BAST"), required=False)

    def __init__(self, *args: object, items: Sequence[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["item"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = list(items)

    def clean_serials(self) -> list[str]:
        """The serial numbers, none twice."""
        found = serial_lines(self.cleaned_data["serials"])
        twice = next((number for number in found if found.count(number) > 1), "")
        if twice:
            raise forms.ValidationError(_("Nomor %(number)s tertulis dua kali."), params={"number": twice})
        return found

    def clean(self) -> None:
        """A BAST has a number and a day."""
        said = super().clean() or self.cleaned_data
        if bool(said.get("bast")) != bool(said.get("on")):
            self.add_error("on", _("Nomor dan tanggal BAST diisi keduanya, atau dikosongkan keduanya."))


class PaymentForm(forms.Form):
    """An SP2D."""

    payment_order = forms.CharField(label=gettext_lazy("Nomor SP2D"), max_length=60)
    paid_on = PastDay(label=gettext_lazy("Dibayar tanggal"))


class PaperForm(forms.Form):
    """A scan."""

    kind = forms.ChoiceField(label=gettext_lazy("Naskah apa?"), choices=PaperKind.choices)
    number = forms.CharField(label=gettext_lazy("Nomor naskah"), max_length=60, required=False)
    file = forms.FileField(
        label=gettext_lazy("Berkas"), help_text=gettext_lazy("PDF, JPEG, atau PNG, paling besar 8 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )  # fmt: skip

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is too large before it is read."""
        return bounded(self.cleaned_data["file"])


def bounded(file: "UploadedFile[bytes]") -> "UploadedFile[bytes]":
    """The upload, unless it is larger than we keep."""
    if (file.size or 0) > MOST_BYTES:
        raise forms.ValidationError(_("Berkas ini lebih besar dari 8 MB. Pindai dengan mutu lebih rendah."))
    return file


class BastForm(forms.Form):
    """A BAST on paper that gives a device to a kecamatan."""

    to = forms.ChoiceField(label=gettext_lazy("Kepada kecamatan"))
    bast = forms.CharField(label=gettext_lazy("Nomor BAST"), max_length=60)
    on = PastDay(label=gettext_lazy("Tanggal BAST"))

    def __init__(self, *args: object, places: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["to"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext_lazy("Pilih kecamatan")), *places]


class DeliveryForm(forms.Form):
    """The supplier's BAST of one device."""

    bast = forms.CharField(label=gettext_lazy("Nomor BAST dari penyedia"), max_length=60)
    on = PastDay(label=gettext_lazy("Tanggal BAST"))


class ConditionForm(forms.Form):
    """What somebody saw today, with a photo."""

    condition = forms.ChoiceField(label=gettext_lazy("Kondisi"), choices=Condition.choices, widget=forms.RadioSelect)
    file = forms.FileField(
        label=gettext_lazy("Foto"), required=False, help_text=gettext_lazy("JPEG atau PNG, paling besar 8 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )  # fmt: skip

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        return bounded(file) if file else None


class DecreeForm(forms.Form):
    """A decree about one or many devices."""

    kind = forms.ChoiceField(label=gettext_lazy("Keputusan apa?"), widget=forms.RadioSelect)
    serials = forms.CharField(
        label=gettext_lazy("Nomor seri"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Satu nomor satu baris."),
    )  # fmt: skip
    decree = forms.CharField(label=gettext_lazy("Nomor keputusan"), max_length=80)
    on = PastDay(label=gettext_lazy("Tanggal keputusan"))
    owner = forms.ChoiceField(
        label=gettext_lazy("Pengguna barang"), required=False,
        help_text=gettext_lazy("Perangkat daerah yang mencatatnya di KIB. Tidak diisi untuk penghapusan."),
    )  # fmt: skip
    bast = forms.CharField(
        label=gettext_lazy("Nomor BAST mutasi"), max_length=80, required=False,
        help_text=gettext_lazy("Hanya untuk mutasi."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Alasan penghapusan"), max_length=300, required=False,
        help_text=gettext_lazy("Hanya untuk penghapusan. Tanpa nama orang."),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("Pindaian keputusan"), required=False,
        help_text=gettext_lazy("PDF, JPEG, atau PNG, paling besar 8 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )  # fmt: skip

    def __init__(
        self, *args: object, kinds: Sequence[DecreeKind], owners: Iterable[tuple[str, str]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, choices in (
            ("kind", [(str(kind), kind.label) for kind in kinds]),
            ("owner", [("", gettext_lazy("Pilih perangkat daerah")), *owners]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean_serials(self) -> list[str]:
        """The serial numbers."""
        return serial_lines(self.cleaned_data["serials"])

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        return bounded(file) if file else None

    def clean(self) -> None:
        """Each kind of decree asks its own fields."""
        said = super().clean() or self.cleaned_data
        wanted = {
            DecreeKind.USE_STATUS: ("owner",),
            DecreeKind.TRANSFER: ("owner", "bast"),
            DecreeKind.WRITE_OFF: ("reason",),
        }.get(said.get("kind", ""), ())
        for name in wanted:
            if not said.get(name):
                self.add_error(name, _("Keputusan ini memerlukannya."))


class TowerForm(forms.Form):
    """The kecamatan whose lines a tower carries."""

    serves = forms.MultipleChoiceField(
        label=gettext_lazy("Menara ini melayani kecamatan"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: object, places: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["serves"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(places)


class ClaimForm(forms.Form):
    """A statement without evidence."""

    metric = forms.ChoiceField(label=gettext_lazy("Tentang apa?"), choices=Metric.choices)
    kind = forms.ChoiceField(label=gettext_lazy("Alat apa?"), choices=DeviceKind.choices)
    value = forms.IntegerField(label=gettext_lazy("Angka yang disebut"), min_value=0, max_value=10**15)
    said_on = PastDay(label=gettext_lazy("Dikatakan tanggal"))
    source = forms.CharField(
        label=gettext_lazy("Sumber"), max_length=300,
        help_text=gettext_lazy("Rapat, surat, atau berita; jabatan, tanpa nama orang."),
    )  # fmt: skip


class ListForm(forms.Form):
    """An older list."""

    file = forms.FileField(
        label=gettext_lazy("Daftar aset"), help_text=gettext_lazy("XLSX atau CSV, paling besar 8 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is too large before it is read."""
        return bounded(self.cleaned_data["file"])
