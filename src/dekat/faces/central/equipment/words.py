"""What the register's pages say: the answer in one sentence, what is missing, what is wrong in a list."""

from collections.abc import Mapping, Sequence
from datetime import time

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dekat.areas.working_calendar import regency_calendar
from dekat.equipment.finding import Dispute, Found, FoundContract, Missing
from dekat.equipment.kinds import DeviceKind, Metric
from dekat.equipment.list_cells import Why
from dekat.equipment.list_import import Fault
from dekat.equipment.register_cards import DeviceCard
from dekat.faces.ui.words import date_and_time, long_date, money, number
from dekat.kernel.rupiah import Rupiah
from dekat.ledger.rules import SignedEvent
from dekat.reports.parties import party_name

_MISSING: Mapping[str, str | Promise] = {
    "PAYMENT_ORDER": gettext_lazy("SP2D kontrak %(subject)s"),
    "DEVICES": gettext_lazy("nomor seri sebagian alat pada kontrak %(subject)s"),
    "CONTRACT_SCAN": gettext_lazy("pindaian kontrak %(subject)s"),
    "PAYMENT_SCAN": gettext_lazy("pindaian SP2D kontrak %(subject)s"),
    "CONTRACT": gettext_lazy("kontrak untuk %(serials)s"),
    "DELIVERY_BAST": gettext_lazy("BAST dari penyedia untuk %(serials)s"),
    "HANDOVER_BAST": gettext_lazy("BAST ke kecamatan untuk %(serials)s"),
    "USE_STATUS": gettext_lazy("keputusan status penggunaan untuk %(serials)s"),
    "ASSET_CODE": gettext_lazy("kode barang atau nomor register untuk %(serials)s"),
}

WHY: Mapping[Why, str | Promise] = {
    Why.EMPTY: gettext_lazy("Kolom ini kosong. Isi, lalu unggah lagi."),
    Why.TOO_LONG: gettext_lazy("Terlalu panjang. Singkatkan."),
    Why.NOT_A_SERIAL: gettext_lazy(
        "“%(value)s” bukan nomor seri. Pakai huruf, angka, titik, garis, atau garis miring, tanpa spasi."
    ),
    Why.SERIAL_ROUNDED: gettext_lazy(
        "Excel membulatkan nomor seri “%(value)s”. Ubah kolomnya menjadi Teks, lalu ketik lagi dari label alat."
    ),
    Why.SERIAL_AS_NUMBER: gettext_lazy(
        "Excel menyimpan “%(value)s” sebagai angka. Bila pada label ada nol di depannya, ubah kolomnya menjadi Teks."
    ),
    Why.SERIAL_TWICE: gettext_lazy("Nomor seri %(value)s tertulis dua kali di daftar ini."),
    Why.UNKNOWN_KIND: gettext_lazy(
        "“%(value)s” tidak dikenal. Tulis Set perekaman, Set cetak KK, atau Menara jaringan; alat lain tidak dicatat "
        "di sini."
    ),
    Why.UNKNOWN_CONDITION: gettext_lazy("“%(value)s” bukan kondisi. Tulis B, RR, atau RB."),
    Why.UNKNOWN_SOURCE: gettext_lazy(
        "“%(value)s” bukan asal usul. Tulis Pembelian, Hibah, Pinjam pakai, atau Lainnya."
    ),
    Why.UNKNOWN_PLACE: gettext_lazy("“%(value)s” bukan kecamatan di sini. Tulis namanya, atau kode seperti 35.11.19."),
    Why.UNKNOWN_CONTRACT: gettext_lazy("Kontrak %(value)s belum dicatat. Catat dahulu, atau kosongkan kolomnya."),
    Why.NOT_A_PRICE: gettext_lazy("“%(value)s” bukan harga. Tulis seperti 128.500.000."),
    Why.PRICE_UNCLEAR: gettext_lazy(
        "“%(value)s” dapat dibaca dengan dua cara. Tulis tanpa desimal, dengan titik tiap tiga angka: 128.500.000."
    ),
    Why.NOT_A_YEAR: gettext_lazy("“%(value)s” bukan tahun. Tulis empat angka, misalnya 2019."),
    Why.NOT_A_DATE: gettext_lazy("“%(value)s” bukan tanggal. Tulis hari/bulan/tahun, misalnya 05/02/2021."),
    Why.IN_THE_FUTURE: gettext_lazy("“%(value)s” belum tiba. Periksa tahunnya."),
    Why.DATE_WITHOUT_BAST: gettext_lazy(
        "Tanggal %(value)s tidak punya nomor BAST. Isi nomornya, atau kosongkan tanggalnya."
    ),
    Why.BAST_WITHOUT_DATE: gettext_lazy("BAST %(value)s tidak punya tanggal. Isi tanggal yang ada pada naskahnya."),
    Why.BAST_WITHOUT_PLACE: gettext_lazy("BAST %(value)s tidak menyebut kecamatan penerimanya."),
    Why.PLACE_WITHOUT_BAST: gettext_lazy(
        "Alat disebut ada di %(value)s, tetapi tanpa BAST. Ia dicatat sebagai belum diserahkan sampai BAST-nya ada."
    ),
    Why.DIFFERS: gettext_lazy(
        "Alat ini sudah tercatat dengan isi lain: %(value)s. Daftar tidak mengubah catatan lama."
    ),
}  # fmt: skip


def fault_text(fault: Fault) -> str:
    """What is wrong in a cell, as a sentence."""
    return str(WHY[fault.why]) % {"value": fault.value}


def missing_text(missing: Missing) -> str:
    """The name of a missing piece of evidence."""
    shown = ", ".join(missing.serials[:6])
    if len(missing.serials) > 6:
        shown = _("%(count)s alat (%(first)s, …)") % {"count": number(len(missing.serials)), "first": shown}
    return str(_MISSING[missing.code]) % {"subject": missing.subject, "serials": shown}


def where(card: DeviceCard, names: Mapping[str, str]) -> str:
    """Where a device is, as its BAST say."""
    if card.written_off_on:
        return _("dihapus %(day)s") % {"day": long_date(card.written_off_on)}
    if card.bast:
        return party_name(f"KECAMATAN:{card.kecamatan}", dict(names))
    return _("gudang Dispendukcapil") if card.delivery else _("belum ada BAST")


def sentence(found: Found, names: Mapping[str, str], *, places: Sequence[str] = ()) -> str:
    """The answer in words; about one device where exactly one was named, about a place where one was meant."""
    every = {card.serial: (card, one) for one in found.contracts for card in one.devices}
    if len(found.wanted) == 1 and (named := every.get(next(iter(found.wanted)))):
        return _of_device(*named, names)
    if places and found.wanted:
        return _of_places(found, names, places)
    if found.contracts:
        return " ".join(_of_contract(one) for one in found.contracts[:2])
    if found.loose:
        return _("%(count)s alat cocok, dan tidak satu pun punya kontrak di sini.") % {"count": len(found.loose)}
    return ""


def _of_places(found: Found, names: Mapping[str, str], places: Sequence[str]) -> str:
    return _("%(count)s alat ada di %(place)s menurut BAST: %(serials)s. Kontrak dan harganya di bawah ini.") % {
        "count": number(len(found.wanted)),
        "place": _(" dan ").join(party_name(f"KECAMATAN:{code}", dict(names)) for code in places),
        "serials": ", ".join(sorted(found.wanted)),
    }


def _of_device(card: DeviceCard, one: FoundContract, names: Mapping[str, str]) -> str:
    return _(
        "%(serial)s (%(model)s) berharga %(price)s, dibeli %(when)s dengan kontrak %(contract)s dari %(money)s; "
        "sekarang di %(where)s, pengguna barangnya %(owner)s, kondisi %(condition)s."
    ) % {
        "serial": card.serial, "model": card.model, "price": money(card.price), "contract": one.contract.number,
        "when": long_date(one.contract.signed_on), "money": _money(one), "where": where(card, names),
        "owner": party_name(card.owner, dict(names)), "condition": card.condition_label.lower(),
    }  # fmt: skip


def _of_contract(one: FoundContract) -> str:
    prices = _(" dan ").join(
        _("satu %(model)s %(price)s") % {"model": item.model, "price": money(item.unit_price)}
        for item in one.contract.items
    )
    start = prices[:1].upper() + prices[1:]
    facts = {
        "start": start, "count": number(one.contract.piece_count), "contract": one.contract.number,
        "when": long_date(one.contract.signed_on), "money": _money(one), "paid": _paid(one),
    }  # fmt: skip
    if one.contract.is_upkeep:
        return (
            _("%(start)s: pemeliharaan dengan kontrak %(contract)s tanggal %(when)s dari %(money)s, %(paid)s.") % facts
        )
    bought = (
        _("%(start)s. %(count)s dibeli dengan kontrak %(contract)s tanggal %(when)s dari %(money)s, %(paid)s.") % facts
    )
    return f"{bought} {_places(one)}"


def _places(one: FoundContract) -> str:
    facts = {"held": number(one.held), "stored": number(one.stored)}
    if any(card.kind == DeviceKind.TOWER for card in one.devices):
        return _("%(count)s menara ada di daftar.") % {"count": number(len(one.devices))}
    if one.stored:
        return _("Menurut BAST %(held)s ada di kecamatan dan %(stored)s belum diserahkan.") % facts
    return _("Menurut BAST %(held)s ada di kecamatan.") % facts


def _money(one: FoundContract) -> str:
    return f"{one.contract.funding} {one.contract.budget_year} ({one.contract.budget_line})"


def _paid(one: FoundContract) -> str:
    if not one.contract.payments:
        return _("SP2D belum ada buktinya")
    return _("dibayar dengan %(number)s") % {"number": one.contract.payment_order}


def occurred(event: SignedEvent) -> str:
    """When it happened: the instant a machine saw, or the day that a paper bears."""
    local = event.occurred_at.astimezone(regency_calendar().zone)
    return long_date(local.date()) if local.time() == time() else date_and_time(event.occurred_at)


def total_text(one: FoundContract) -> str:
    """Whether the devices on the register add up to the contract's sum."""
    contract, difference = one.contract, one.contract.difference
    if contract.is_upkeep:
        return ""
    if not difference.sen:
        return _("Harga %(count)s alat di daftar sama dengan jumlah kontrak.") % {"count": contract.device_count}
    short = contract.piece_count - contract.device_count
    return _(
        "Harga alat di daftar %(listed)s, jumlah kontrak %(total)s: selisih %(difference)s, "
        "karena %(short)s dari %(count)s alat belum tercatat menurut nomor seri."
    ) % {
        "listed": money(contract.devices_total), "total": money(contract.total), "difference": money(difference),
        "short": short, "count": contract.piece_count,
    }  # fmt: skip


def dispute_text(dispute: Dispute) -> str:
    """A claim beside the count, and what would settle it."""
    if dispute.claim.metric == Metric.TOTAL_PRICE:
        amounts = {
            "counted": money(Rupiah.of(dispute.counted)), "claimed": money(Rupiah.of(dispute.claim.value)),
            "difference": money(Rupiah.of(abs(dispute.difference))),
        }  # fmt: skip
        return (
            _(
                "%(counted)s menurut daftar alat, %(claimed)s menurut pernyataan: selisih %(difference)s. "
                "Yang menyelesaikannya: kontrak dan SP2D untuk selisih itu."
            )
            % amounts
        )
    figures = {"counted": dispute.counted, "claimed": dispute.claim.value, "difference": abs(dispute.difference)}
    facts = {name: number(value) for name, value in figures.items()}
    if not dispute.difference:
        return _("%(counted)s menurut BAST, sama dengan pernyataan.") % facts
    if dispute.difference < 0 or dispute.claim.kecamatan:
        return _("%(counted)s menurut BAST, %(claimed)s menurut pernyataan. BAST yang berlaku.") % facts
    return (
        _(
            "%(counted)s menurut BAST, %(claimed)s menurut pernyataan: selisih %(difference)s, dan pernyataan itu "
            "tidak menyebut kecamatannya. Yang menyelesaikannya: BAST untuk %(difference)s nomor seri itu."
        )
        % facts
    )
