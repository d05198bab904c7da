"""What the tour says: ten stops, each with where to go and as whom."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from dekat.equipment.sample import recorder
from dekat.faces.sample.regency import OFFICERS, PASSWORD, STATIONS, Layout, Officer


@dataclass(frozen=True)
class Go:
    """A page to open; `username` is who logs in there, empty where nobody must."""

    name: str
    address: str
    username: str = ""


@dataclass(frozen=True)
class Stop:
    """One stop of the tour: what it shows, what to do, where, in this order."""

    title: str
    text: str
    does: tuple[str, ...]
    goes: tuple[Go, ...]


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


SEMPOL = "35.11.19"
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
            (Go("Buka papan pengawasan", f"{centre}/pengawasan/"),),
        ),
        Stop(
            "Rekam warga tanpa jaringan di Cermee",
            "Cabut dahulu kabel Cermee dengan sakelar di bawah. Perekaman tetap jalan dan setiap langkah tersimpan.",
            (
                "Cabut kabel Cermee.",
                "Cari seorang warga, rekam foto, jari, iris, dan tanda tangan.",
                "Simpan kode pada tanda terima.",
            ),
            (Go("Mulai di Cermee", f"{cermee}/rekam/cari", "operator.cermee"),),
        ),
        Stop(
            "Sambungkan lagi, lihat sampai ke pusat",
            "Pasang kembali kabelnya. Rekaman berangkat sendiri, tiba tepat sekali, lalu diperiksa pusat.",
            ("Pasang kabel Cermee.", "Tunggu status Siap cetak.", "Ketik kode tanda terima di halaman Lacak."),
            (
                Go("Lihat rekaman di Dispendukcapil", f"{centre}/kantor/rekaman/", "verifikator"),
                Go("Buka halaman Lacak", f"{centre}/lacak/"),
            ),
        ),
        Stop(
            "Cetak kartu, kemas, serahkan",
            "Kartu dicetak di Dispendukcapil di atas blangko bernomor, dikirim bersegel, dihitung, lalu diserahkan.",
            ("Cetak dan kemas di Dispendukcapil.", "Di Cermee: hitung isi kiriman, lalu serahkan kartunya."),
            (
                Go("Cetak dan kemas", f"{centre}/kantor/kartu/", "verifikator"),
                Go("Hitung dan serahkan di Cermee", f"{cermee}/serah/", "operator.cermee"),
            ),
        ),
        Stop(
            "Buat janji dari rumah, dipanggil di Wringin",
            "Janji dan nomor antrean tidak menyebut nama siapa pun. Yang perlu didahulukan dipanggil lebih dulu.",
            (
                "Buat janji di Wringin dan simpan kodenya.",
                "Di Wringin: ketik kode itu, lalu panggil nomornya.",
                "Lihat nomor itu di layar antrean.",
            ),
            (
                Go("Buat janji", f"{centre}/janji/"),
                Go("Buka antrean Wringin", f"{wringin}/antrean/", "operator.wringin"),
                Go("Lihat layar antrean", f"{wringin}/antrean/layar/"),
            ),
        ),
        Stop(
            "Ubah data pada Kartu Keluarga",
            "Ajukan perubahan, setujui, tanda tangani, cetak di kecamatan, lalu pindai QR-nya.",
            (
                "Ajukan di loket Wringin.",
                "Verifikator menyetujui, lalu Kepala Dinas menandatangani.",
                "Cetak di Wringin, lalu periksa kodenya. Ajukan sekali lagi: KK yang lama menjadi kuning.",
            ),
            (
                Go("Ajukan di loket Wringin", f"{wringin}/permohonan/", "operator.wringin"),
                Go("Setujui, lalu tandatangani", f"{centre}/kantor/permohonan/", "verifikator, lalu kadis"),
                Go("Cetak dan serahkan", f"{wringin}/cetak/", "operator.wringin"),
                Go("Periksa KK", f"{centre}/v"),
            ),
        ),
        Stop(
            "Hidupkan alat Ijen",
            "Terbitkan petunjuk, lalu ikuti gilirannya: Dispendukcapil, operator, camat, sampai rekaman pertama.",
            (
                "Terbitkan petunjuk Merekam KTP-el.",
                "Di Ijen, operator dan camat membaca, menjawab kuis, dan menyatakan mengerti.",
                "Camat menugaskan operator.",
                "Operator belajar: pelajaran, latihan dengan warga contoh, pertanyaan. Camat menyatakan melihatnya.",
                "Rekam satu warga: alatnya bekerja.",
            ),
            (
                Go("Terbitkan petunjuk", f"{centre}/kantor/petunjuk/", "kadis"),
                Go("Baca petunjuk di Ijen", f"{ijen}/petunjuk/", "operator.ijen, lalu camat.ijen"),
                Go("Tugaskan operator", f"{ijen}/alat/petugas/", "camat.ijen"),
                Go("Belajar merekam di Ijen", f"{ijen}/belajar/", "operator.ijen"),
                Go("Nyatakan melihat latihannya", f"{ijen}/alat/petugas/", "camat.ijen"),
                Go("Lihat giliran alat Ijen", f"{centre}/pengawasan/alat/{recorder(SEMPOL)}/"),
            ),
        ),
        Stop(
            "Terima barang di loket, hitung barang",
            "Set cetak untuk Ijen ditawarkan dengan BAST: sampai dijawab, gilirannya pada Ijen. Opname juga berjalan.",
            (
                "Di Ijen: terima set cetaknya dengan kondisi dan tanda tangan.",
                "Di Wringin: ketik atau pindai nomor seri alat pada opname, lalu tutup.",
                "Di Dispendukcapil: lihat serah terima yang terjawab dan hasil opname.",
            ),
            (
                Go("Jawab serah terima di Ijen", f"{ijen}/alat/serah-terima/", "camat.ijen"),
                Go("Opname di Wringin", f"{wringin}/alat/opname/", "operator.wringin"),
                Go("Lihat di Dispendukcapil", f"{centre}/kantor/alat/serah-terima/", "kadis"),
            ),
        ),
        Stop(
            "Siapkan rapat dengar pendapat",
            "Agenda terisi sendiri: giliran terbuka, tenggat lewat, pertanyaan tanpa jawaban, keputusan rapat lalu.",
            (
                "Sekda: panggil satu pihak dari Daftar Senin.",
                "DPRD: buka rapat yang akan datang, lihat apa jadinya keputusan rapat lalu, unduh berkasnya.",
                "Siapa saja: lihat kecamatan mana yang warganya masih harus ke kota, dan mengapa.",
            ),
            (
                Go("Buka Daftar Senin", f"{centre}/pengawasan/senin/", "sekda"),
                Go("Buka rapat", f"{centre}/pengawasan/rapat/", "dprd"),
                Go("Masih ke kota?", f"{centre}/pengawasan/perjalanan/"),
            ),
        ),
        Stop(
            "Periksa catatan yang tidak bisa diubah",
            "Semua langkah tadi tertulis dan ditandatangani komputernya masing-masing.",
            ("Periksa rantai catatan.", "Atau jalankan: dekat verify-log."),
            (Go("Buka catatan", f"{centre}/pengawasan/catatan/"),),
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
