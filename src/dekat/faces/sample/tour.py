"""What the tour says: seven stops, each with where to go and as whom."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from dekat.faces.sample.regency import OFFICERS, PASSWORD, STATIONS, Layout, Officer


@dataclass(frozen=True)
class Stop:
    """One stop of the tour."""

    title: str
    text: str
    does: tuple[str, ...]
    address: str
    address_name: str
    username: str


@dataclass(frozen=True)
class StationCard:
    """A station with its switches."""

    key: str
    name: str
    story: str
    address: str
    is_pulled: bool
    is_up: bool
    is_off: bool


_STORIES = {
    "wringin": "Satu-satunya kecamatan yang alatnya dipakai setiap hari kerja.",
    "cermee": "Alatnya lengkap dan operatornya cakap, tetapi jaringannya putus-sambung.",
    "ijen": "Alat sudah diserahterimakan, tetapi petunjuknya tidak pernah dikirim.",
}


def steps() -> list[Stop]:
    """The stops in order."""
    centre = _layout().url(_layout().base)
    cermee, wringin, ijen = (_address(key) for key in ("cermee", "wringin", "ijen"))
    return [
        Stop(
            "Satu dari empat belas alat bekerja",
            "Papan pengawasan menghitung sendiri dari bukti: alat mana menganggur, sejak kapan, dan giliran siapa.",
            ("Buka satu kecamatan pada peta.", "Lihat siapa memegang giliran hari demi hari, dan buktinya."),
            f"{centre}/pengawasan/",
            "Buka papan pengawasan",
            "sekda",
        ),
        Stop(
            "Rekam warga tanpa jaringan di Cermee",
            "Cabut dahulu kabel Cermee dengan sakelar di bawah. Perekaman tetap jalan dan setiap langkah tersimpan.",
            (
                "Cabut kabel Cermee.",
                "Cari seorang warga, rekam foto, jari, iris, dan tanda tangan.",
                "Simpan kode pada tanda terima.",
            ),
            f"{cermee}/rekam/cari",
            "Mulai di Cermee",
            "operator.cermee",
        ),
        Stop(
            "Sambungkan lagi, lihat sampai ke pusat",
            "Pasang kembali kabelnya. Rekaman berangkat sendiri, tiba tepat sekali, lalu diperiksa pusat.",
            ("Pasang kabel Cermee.", "Tunggu status Siap cetak.", "Periksa dengan kode tanda terima di halaman Lacak."),
            f"{centre}/kantor/rekaman/",
            "Lihat rekaman di Dispendukcapil",
            "verifikator",
        ),
        Stop(
            "Cetak kartu, kemas, serahkan",
            "Kartu dicetak di Dispendukcapil di atas blangko bernomor, dikirim bersegel, dihitung, lalu diserahkan.",
            ("Cetak dan kemas di Dispendukcapil.", "Di Cermee: hitung isi kiriman, lalu serahkan kartunya."),
            f"{centre}/kantor/kartu/",
            "Buka cetak kartu",
            "verifikator",
        ),
        Stop(
            "Ubah data pada Kartu Keluarga",
            "Ajukan perubahan, setujui, tanda tangani, cetak di kecamatan, lalu pindai QR-nya.",
            ("Ajukan di loket Wringin.", "Setujui di Dispendukcapil.", "Cetak di Wringin; KK lama menjadi kuning."),
            f"{wringin}/permohonan/",
            "Mulai di loket Wringin",
            "operator.wringin",
        ),
        Stop(
            "Hidupkan alat Ijen",
            "Terbitkan petunjuk, lalu ikuti gilirannya: Dispendukcapil, camat, operator, sampai rekaman pertama.",
            ("Terbitkan petunjuk untuk Sempol.", "Di Ijen: baca, jawab kuis, nyatakan mengerti.", "Rekam satu warga."),
            f"{ijen}/petunjuk/",
            "Buka petunjuk di Ijen",
            "operator.ijen",
        ),
        Stop(
            "Periksa catatan yang tidak bisa diubah",
            "Semua langkah tadi tertulis dan ditandatangani komputernya masing-masing.",
            ("Periksa rantai catatan.", "Atau jalankan: dekat verify-log."),
            f"{centre}/pengawasan/catatan/",
            "Buka catatan",
            "inspektorat",
        ),
    ]


def stations(state: dict[str, Any]) -> list[StationCard]:
    """The three stations with how their switches stand."""
    return [
        StationCard(
            key=station.key,
            name=station.name,
            story=_STORIES[station.key],
            address=_address(station.key),
            is_pulled=state["lines"][station.key]["is_pulled"],
            is_up=state["lines"][station.key]["is_up"],
            is_off=station.key in state["powered_off"],
        )
        for station in STATIONS
    ]


def logins() -> list[tuple[Officer, str]]:
    """Every sample officer and where the person logs in."""
    centre = _layout().url(_layout().base)
    return [(who, centre if who.where == "centre" else _address(who.where)) for who in OFFICERS]


def password() -> str:
    """The public password of the sample's officers."""
    return PASSWORD


def _layout() -> Layout:
    return Layout(settings.ENV.data_dir.parent, settings.ENV.port)


def _address(key: str) -> str:
    station = next(station for station in STATIONS if station.key == key)
    return _layout().url(_layout().pages(station))
