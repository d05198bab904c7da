"""Words for the refusals of a machine's identity: codes, keys, lives, the lease of the extract, the recovery key."""

from dekat.faces.refusals.words import Words

_NEW_CODE = "Minta Dispendukcapil membuat kode baru di halaman Stasiun, lalu ulangi dengan kode itu."
_CALL = "Hubungi Dispendukcapil dan sebutkan kode ini; data di komputer ini tidak hilang."

WORDS = {
    "accounts.enrolment_code.second_officer_needed": Words(
        "Dua pejabat Dispendukcapil yang berbeda harus menyetujui.",
        "Minta rekan dari Dispendukcapil mengetik nama dan sandinya sendiri.",
    ),
    "accounts.enrolment_code.wrong": Words(
        "Kode pendaftaran itu tidak cocok untuk kecamatan ini. Sisa {left} percobaan.",
        "Minta Dispendukcapil membacakan kodenya lagi, pelan-pelan, dan periksa kode kecamatan pada pengaturan.",
    ),
    "accounts.enrolment_code.used": Words("Kode pendaftaran itu sudah dipakai komputer lain.", _NEW_CODE),
    "accounts.enrolment_code.expired": Words(
        "Kode pendaftaran itu sudah lewat 24 jam atau terlalu sering dicoba.", _NEW_CODE
    ),
    "accounts.enrolment_code.address_missing": Words(
        "Alamat Dispendukcapil belum diisi.", "Isi DEKAT_CENTRE_URL, atau tambahkan --centre-url pada perintahnya."
    ),
    "accounts.node.unfounded": Words(
        "Komputer ini belum didaftarkan.", "Minta kode pendaftaran dari Dispendukcapil lewat telepon."
    ),
    "accounts.centre_key.chain_broken": Words(
        "Kunci baru Dispendukcapil tidak disahkan kuncinya yang lama.",
        "Jangan lanjutkan. Telepon Dispendukcapil di nomor yang dikenal dan bandingkan enam kata kuncinya.",
    ),
    "sync.enrolment.malformed": Words("Permintaan pendaftaran itu tidak dapat dibaca.", _CALL),
    "sync.enrolment.centre_unproven": Words(
        "Yang menjawab tidak mengenal kode itu: bukan Dispendukcapil, mungkin halaman masuk Wi-Fi.",
        "Masuk ke jaringan Wi-Fi itu atau pindah jaringan, periksa alamatnya, lalu ulangi dengan kode yang sama.",
    ),
    "sync.identity.invalid": Words("Permintaan kunci baru itu tidak sah.", _CALL),
    "sync.identity.two_of_one": Words(
        "Ada dua komputer yang mengaku stasiun yang sama, maka keduanya dihentikan.",
        "Teruskan merekam; semua tersimpan. Minta Dispendukcapil memeriksa lalu memberi kode pendaftaran baru.",
    ),
    "sync.identity.certificate_invalid": Words(
        "Jawaban Dispendukcapil untuk kunci baru tidak sah.",
        "Tidak perlu berbuat apa-apa. Kunci yang lama tetap berlaku.",
    ),
    "sync.events.voice_unknown": Words("Catatan itu bukan dari kunci yang dikenal.", _CALL),
    "sync.lease.ended": Words(
        "Salinan data penduduk di sini terkunci: sudah lama tidak tersambung; izinnya habis {days} hari lalu.",
        "Sambungkan jaringan sebentar, izin diperpanjang sendiri. Sampai itu, rekam lewat Warga kecamatan lain.",
    ),
    "sync.lease.closed": Words(
        "Dispendukcapil menghentikan komputer ini; salinan data penduduk di sini terkunci.",
        "Rekam lewat Warga kecamatan lain dengan KK di tangan, dan minta kode pendaftaran baru dari Dispendukcapil.",
    ),
    "sync.lease.wiped": Words(
        "Dispendukcapil mencabut komputer ini; salinan data penduduk sudah dihapus.",
        "Hubungi Dispendukcapil. Rekaman yang tersegel di sini tidak hilang.",
    ),
    "sync.recovery.key_unreadable": Words(
        "Berkas itu bukan kunci pemulihan kabupaten ini.", "Ambil berkas atau cetakan yang benar dari lemari besi."
    ),
    "sync.backup.unverified": Words(
        "Cadangan itu tidak lengkap ({reason}, nomor {number}).",
        "Tidak ada yang ditandai. Buat cadangan baru, lalu jalankan lagi perintah ini.",
    ),
}
