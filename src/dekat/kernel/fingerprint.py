"""A key as six words that two people compare on the telephone: 48 bits, in words everybody knows."""

from hashlib import sha256

COUNT = 6
# 256 words; their order is part of the format.
_TEXT = """
abu acar adik air ajak akar alam alis aman anak angin antre apel api arus asam asap atap awan ayam badak bahu baju
bakul balai bambu banjir bantal batik batu bawang bayam beban bedug belut benang beras besi biji bintang biru bola
buah bubur bukit buku bulan bumi bunga burung busur cabai cacing cahaya cangkir cat cawan cemara cerita cincin
coklat cuaca cuka dadu dagu dahan dalang danau dapur dasi daun dayung delima desa dinding domba duku duri duren ekor
emas ember empat enam es fajar foto gading gajah galah garam garpu gedung gelas gendang gerobak gigi gitar gua gula
guntur guru gurun halaman handuk harimau hati hijau hitam hujan hutan ibu ijuk ikan intan itik jagung jahe jalan
jambu jamu jarum jati jeruk jurang kabut kaca kain kaki kaldu kambing kampung kapal kapas kapur karang kasur kata
kayu kebun kecap kelapa kemiri kepala kera kereta kertas ketan kilat kincir kipas kolam kopi kota kuah kuda kue kuku
kunci kuning kursi kurma labu lada ladang lampu langit laut lebah lemari lengan leher lilin lima limau lontar
lumbung madu mangga mata meja melati melon merah merak merpati mesin minyak musim mulut naga nanas nangka nasi nenas
nyala obat ombak padi pagar pagi paku pala panah pandan panen pantai papan pasar pasir payung pelangi perahu perak
pinang pintu pisang pohon pulau putih rambut ranting rawa roda roti rotan rumah rumput rusa sabun sagu salak salju
sapi sapu sawah sawo sayur sayap semut senja sisir subuh sungai tahu tali tangga tapir tebu telur teri timun topi
udang ular wayang
"""
WORDS = tuple(_TEXT.split())


def fingerprint(raw: bytes) -> str:
    """Six words of the SHA-256 of a key, in order."""
    return " ".join(WORDS[byte] for byte in sha256(b"dekat/fingerprint/1\x00" + raw).digest()[:COUNT])
