"""What the operator reads when a picture is not good yet: one thing to do now, and a little more for whoever wonders.

Left and right are those of the picture on the screen, which is not mirrored.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dekat.enrolment.quality import Check, Look


@dataclass(frozen=True)
class Advice:
    """Facts: `title` is the one thing to do now, read at a glance; `more` says how."""

    title: str | Promise
    more: str | Promise


GOOD = Advice(_("Sudah bagus"), _("Tahan sebentar, jangan bergerak."))
UNKNOWN = Advice(_("Ambil sekali lagi"), _("Gambar ini belum cukup baik."))

ADVICE: dict[tuple[str, str], Advice] = {
    ("picture.readable", "unreadable"): Advice(
        _("Ambil sekali lagi"), _("Gambar dari kamera tidak terbaca. Bila terus terjadi, cabut lalu pasang kameranya.")
    ),
    ("face.count", "none"): Advice(
        _("Minta warga duduk di depan kamera"), _("Wajah belum terlihat. Lepas masker dan kacamata hitam.")
    ),
    ("face.count", "many"): Advice(
        _("Satu orang saja di depan kamera"), _("Minta yang lain mundur sampai tidak terlihat di layar.")
    ),
    ("face.size", "too_far"): Advice(
        _("Majukan kursi sedikit"), _("Wajah masih terlalu kecil di layar; isi bingkai dengan wajah.")
    ),
    ("face.size", "too_near"): Advice(
        _("Mundurkan kursi sedikit"), _("Wajah terlalu besar; kepala dan bahu harus terlihat.")
    ),
    ("face.across", "move_left"): Advice(
        _("Geser warga ke kiri sedikit"), _("Ke kiri menurut layar, sampai wajah di tengah bingkai.")
    ),
    ("face.across", "move_right"): Advice(
        _("Geser warga ke kanan sedikit"), _("Ke kanan menurut layar, sampai wajah di tengah bingkai.")
    ),
    ("face.height", "too_high"): Advice(
        _("Naikkan kamera sedikit"), _("Wajah terlalu tinggi di layar; atau turunkan kursi.")
    ),
    ("face.height", "too_low"): Advice(
        _("Turunkan kamera sedikit"), _("Wajah terlalu rendah di layar; atau naikkan kursi.")
    ),
    ("face.roll", "lean_left"): Advice(
        _("Tegakkan kepala: miringkan ke kiri sedikit"), _("Ke kiri menurut layar, sampai kedua mata sama tinggi.")
    ),
    ("face.roll", "lean_right"): Advice(
        _("Tegakkan kepala: miringkan ke kanan sedikit"), _("Ke kanan menurut layar, sampai kedua mata sama tinggi.")
    ),
    ("face.turn", "turn_left"): Advice(
        _("Minta warga melihat ke kamera"), _("Wajah menoleh. Palingkan sedikit ke kiri menurut layar.")
    ),
    ("face.turn", "turn_right"): Advice(
        _("Minta warga melihat ke kamera"), _("Wajah menoleh. Palingkan sedikit ke kanan menurut layar.")
    ),
    ("face.light", "too_dark"): Advice(
        _("Nyalakan lampu di depan warga"), _("Wajah terlalu gelap. Jangan duduk membelakangi jendela.")
    ),
    ("face.light", "too_bright"): Advice(
        _("Jauhkan lampu sedikit"), _("Wajah terlalu terang. Tutup tirai bila matahari mengenai wajah.")
    ),
    ("face.evenness", "dark_left"): Advice(
        _("Nyalakan lampu di sebelah kiri"), _("Sisi kiri wajah di layar gelap. Geser lampu ke sisi kiri layar.")
    ),
    ("face.evenness", "dark_right"): Advice(
        _("Nyalakan lampu di sebelah kanan"), _("Sisi kanan wajah di layar gelap. Geser lampu ke sisi kanan layar.")
    ),
    ("face.glare", "glare"): Advice(
        _("Usap wajah atau geser lampu"), _("Ada pantulan putih di wajah atau kacamata. Lepas kacamata bila perlu.")
    ),
    ("face.sharp", "blurred"): Advice(
        _("Minta warga diam sebentar"), _("Gambar kabur. Bila tetap kabur, lap kaca kamera dengan kain lembut.")
    ),
    ("face.eyes", "closed"): Advice(_("Minta warga membuka mata"), _("Mata tertutup atau tertutup rambut.")),
    ("face.detail", "too_coarse"): Advice(
        _("Majukan kursi sedikit"), _("Wajah terlalu kecil untuk dicetak di kartu.")
    ),
    ("face.cloth", "want_red"): Advice(
        _("Pasang kain merah"), _("Tahun lahir ganjil: kain di belakang warga harus merah, rata, tanpa barang lain.")
    ),
    ("face.cloth", "want_blue"): Advice(
        _("Pasang kain biru"), _("Tahun lahir genap: kain di belakang warga harus biru, rata, tanpa barang lain.")
    ),
    ("face.cloth", "want_orange"): Advice(
        _("Pasang kain oranye"), _("Orang asing: kain di belakang harus oranye, rata, tanpa barang lain.")
    ),
    ("finger.clear", "unclear"): Advice(
        _("Tekan jari sedikit lebih kuat"),
        _("Garis jari belum jelas. Lap kaca; jari kering digosokkan ke dahi, jari basah dilap dulu."),
    ),
    ("finger.good", "faint"): Advice(
        _("Letakkan jari lebih rata"), _("Terlalu sedikit garis jari terbaca. Seluruh ruas ujung jari di atas kaca.")
    ),
    ("hand.light", "too_dark"): Advice(
        _("Bersihkan kaca alat"), _("Kaca terlalu gelap. Bila tetap gelap, cabut lalu pasang alatnya.")
    ),
    ("hand.light", "dirty"): Advice(
        _("Lap kaca alat"), _("Ada bekas jari atau air di kaca. Lap dengan kain kering, lalu coba lagi.")
    ),
    ("hand.count", "empty"): Advice(
        _("Letakkan jari di atas kaca"), _("Belum ada jari yang terlihat. Tekan rata, jangan digeser.")
    ),
    ("hand.count", "fewer"): Advice(
        _("Rapatkan semua jari ke kaca"), _("Belum semua jari terlihat. Geser tangan ke tengah kaca.")
    ),
    ("hand.count", "more"): Advice(
        _("Empat jari saja di atas kaca"), _("Angkat jempol dan tangan lain dari kaca.")
    ),
    ("hand.side", "other"): Advice(
        _("Tukar tangan"), _("Ini tangan yang satunya. Letakkan tangan seperti pada gambar.")
    ),
    ("hand.clear", "unclear"): Advice(
        _("Tekan jari sedikit lebih kuat"), _("Garis jari belum jelas. Jari harus kering dan menempel rata.")
    ),
    ("iris.found", "none"): Advice(
        _("Minta warga membuka mata lebar"), _("Mata belum terlihat oleh alat. Lepas kacamata dan lensa kontak.")
    ),
    ("iris.focus", "blurred"): Advice(
        _("Maju atau mundur sedikit sampai tajam"), _("Gambar mata kabur. Minta warga menatap cermin alat, diam.")
    ),
    ("iris.usable", "covered"): Advice(
        _("Minta warga membuka mata lebar"), _("Kelopak atau bulu mata menutupi iris. Angkat kelopak bila perlu.")
    ),
    ("iris.diameter", "too_far"): Advice(_("Dekatkan alat ke mata"), _("Mata terlalu kecil di gambar.")),
    ("iris.pupil", "too_small"): Advice(
        _("Redupkan lampu sedikit"), _("Pupil sangat kecil karena silau. Jauhkan lampu dari wajah.")
    ),
    ("iris.pupil", "too_large"): Advice(
        _("Nyalakan lampu ruangan"), _("Pupil sangat lebar karena gelap.")
    ),
    ("signature.ink", "faint"): Advice(
        _("Minta warga menulis ulang"), _("Garisnya terlalu sedikit. Tekan pena lebih kuat.")
    ),
    ("signature.extent", "tiny"): Advice(
        _("Minta warga menulis lebih besar"), _("Tanda tangan terlalu kecil untuk dibaca di kartu.")
    ),
    ("signature.strokes", "short"): Advice(
        _("Minta warga menulis ulang"), _("Baru satu titik atau garis pendek. Tanda tangan seperti di surat lain.")
    ),
}  # fmt: skip


def advice_for(check: Check | None) -> Advice:
    """The words for one wrong thing; None is a picture without any."""
    if check is None or check.is_good:
        return GOOD
    return ADVICE.get((check.key, check.advice), UNKNOWN)


def plain_of(look: Look) -> dict[str, object]:
    """A look with its words, as a page's script reads it."""
    first = advice_for(look.wrong)
    checks = [
        {"key": one.key, "is_good": one.is_good, "advice": one.advice, "value": one.value, "say": str(words.title)}
        for one, words in ((one, advice_for(one)) for one in look.checks)
    ]
    plain = {"is_good": look.is_good, "score": look.score, "checks": checks}
    return {**plain, "say": str(first.title), "more": str(first.more)}
