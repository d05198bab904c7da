"""Words for the refusals of sync and of the line."""

from dekat.faces.refusals.words import Words

_CALL = "Hubungi Dispendukcapil dan sebutkan kode ini; data di komputer ini tidak hilang."
_AGAIN = "Tidak perlu berbuat apa-apa. Komputer ini mencoba lagi sendiri."

WORDS = {
    "line.centre.unreachable": Words(
        "Jaringan ke Dispendukcapil sedang putus.", "Teruskan pekerjaan. Semua aman di sini dan terkirim sendiri nanti."
    ),
    "line.centre.away": Words(
        "Jaringan di sini baik, tetapi server Dispendukcapil tidak menjawab.",
        "Teruskan pekerjaan. Semua aman di sini dan terkirim sendiri nanti.",
    ),
    "line.centre.intercepted": Words(
        "Jaringan ini disela: sertifikat yang menjawab bukan milik Dispendukcapil.",
        "Pindah jaringan atau beri tahu Dispendukcapil. Tidak ada yang dikirim lewat jalur ini; semua aman di sini.",
    ),
    "line.centre.not_the_centre": Words(
        "Yang menjawab bukan Dispendukcapil, mungkin halaman masuk Wi-Fi.",
        "Buka peramban dan masuk ke jaringan Wi-Fi itu, atau pindah jaringan. Tidak ada yang terkirim keliru.",
    ),
    "line.centre.refused": Words("Dispendukcapil menolak permintaan komputer ini ({refusal}).", _CALL),
    "line.proxy.refused": Words(
        "Proksi kantor menolak sambungan ke Dispendukcapil ({status}).",
        "Minta pengelola jaringan kantor mengizinkan alamat Dispendukcapil, lalu periksa DEKAT_PROXY_URL.",
    ),
    "line.proxy.too_large": Words("Jaringan ini hanya melewatkan kiriman kecil.", _AGAIN),
    "sync.aside.place_taken": Words(
        "Nomor kiriman itu sudah dipakai kiriman yang disimpan.",
        "Tutup yang ini dengan alasan; keduanya tetap disimpan.",
    ),
    "sync.aside.reason_missing": Words("Alasan belum ditulis.", "Tulis satu kalimat: apa yang sudah diperiksa."),
    "sync.aside.second_officer_needed": Words(
        "Usul sendiri tidak dapat disetujui sendiri.", "Minta pejabat Dispendukcapil yang lain menyetujuinya."
    ),
    "sync.aside.unknown": Words(
        "Kiriman itu tidak disisihkan lagi.", "Muat ulang halaman Disisihkan; mungkin rekan Anda sudah memutuskannya."
    ),
    "sync.aside.wish_changed": Words(
        "Usul itu baru saja diubah pengusulnya.", "Baca usul yang sekarang, lalu setujui atau batalkan."
    ),
    "sync.blob.altered": Words("Berkas dari Dispendukcapil rusak di jalan.", _AGAIN),
    "sync.blob.too_large": Words(
        "Berkas itu terlalu besar untuk dikirim ke kecamatan.", "Buat berkas yang lebih kecil."
    ),
    "sync.blob.unknown": Words("Dispendukcapil tidak punya berkas itu.", _AGAIN),
    "sync.centre.busy": Words(
        "Basis data Dispendukcapil sedang sibuk.",
        "Tunggu sebentar; pengiriman diulang sendiri. Rekaman di kecamatan tetap aman.",
    ),
    "sync.centre.full": Words(
        "Cakram server Dispendukcapil penuh.", "Kosongkan ruang di server itu. Rekaman di kecamatan tetap aman."
    ),
    "sync.database.damaged": Words(
        "Basis data komputer ini tidak terbaca: cakramnya rusak. Rekaman tersegel ada dalam berkas tersendiri.",
        "Jangan memasang apa pun. Hubungi Dispendukcapil: `dekat sync rescue` menyalin rekaman tersegel ke stik USB.",
    ),
    "sync.envelope.malformed": Words("Paket ini rusak atau bukan paket.", _CALL),
    "sync.envelope.newer": Words(
        "Kiriman ini dari versi Dekat yang lebih baru.", "Kiriman disimpan dan diproses setelah Dekat diperbarui."
    ),
    "sync.envelope.not_for_us": Words("Paket ini disegel untuk kabupaten lain.", _CALL),
    "sync.envelope.signature_invalid": Words("Tanda tangan paket dari {node} tidak cocok.", _CALL),
    "sync.envelope.too_large": Words("Paket ini terlalu besar.", _CALL),
    "sync.events.malformed": Words("Catatan dari kecamatan tidak dapat dibaca.", _CALL),
    "sync.feed.batch_invalid": Words("Kabar itu tidak bertanda tangan Dispendukcapil.", _AGAIN),
    "sync.feed.kind_unknown": Words(
        "Kabar jenis {kind} belum dikenal versi ini.", "Kabar disimpan dan dibaca setelah Dekat diperbarui."
    ),
    "sync.hello.invalid": Words(
        "Dispendukcapil tidak mengenali sapaan komputer ini.",
        "Minta Dispendukcapil memeriksa pendaftaran komputer ini.",
    ),
    "sync.item.chain_broken": Words(
        "Urutan kiriman kecamatan ini tidak bersambung.", "Periksa apakah cakram komputer itu pernah disalin."
    ),
    "sync.item.conflict": Words(
        "Ada dua kiriman berbeda dengan nomor yang sama.",
        "Keduanya disimpan. Periksa apakah komputer kecamatan itu disalin.",
    ),
    "sync.item.kind_unknown": Words(
        "Kiriman jenis {kind} belum dikenal versi ini.", "Kiriman disimpan dan diproses setelah Dekat diperbarui."
    ),
    "sync.item.too_large": Words("Kiriman ini terlalu besar.", "Ambil ulang gambar dengan ukuran wajar, lalu simpan."),
    "sync.message.malformed": Words("Pesan dari kecamatan tidak dapat dibaca.", _CALL),
    "sync.outbox.not_aside": Words(
        "Kiriman itu tidak dapat dikirim lagi dari sini.",
        "Muat ulang halaman Disisihkan. Bila berkasnya hilang, pasang dahulu stik salinan kedua.",
    ),
    "sync.outbox.number_taken": Words("Satu berkas paket tidak punya catatan.", _CALL),
    "sync.pass.invalid": Words("Izin sambungan sudah habis.", _AGAIN),
    "sync.receipt.invalid": Words("Tanda terima itu bukan dari Dispendukcapil.", _AGAIN),
    "sync.station.revoked": Words(
        "Kecamatan {node} dicabut kepercayaannya.", "Kiriman disisihkan. Daftarkan ulang komputer itu bila sudah aman."
    ),
    "sync.station.unknown": Words(
        "Komputer {node} tidak terdaftar di kabupaten ini.",
        "Bila kecamatan kita, daftarkan dahulu. Bila dari kabupaten lain, bawa stiknya ke sana; isinya tetap tersegel.",
    ),
    "sync.stick.foreign": Words(
        "Stik ini milik komputer {node}.", "Pakai stik lain, atau bawa stik ini ke kecamatan pemiliknya."
    ),
    "sync.stick.gone": Words(
        "Stik tercabut sebelum selesai dibaca.",
        "Pasang lagi dan baca sekali lagi. Yang sudah masuk tidak masuk dua kali.",
    ),
    "sync.stick.word_invalid": Words(
        "Surat pengantar di stik bukan dari Dispendukcapil, atau bukan untuk komputer ini.",
        "Bawa stik ke Dispendukcapil lagi.",
    ),
    "sync.stick.unwritable": Words(
        "Stik tidak bisa ditulisi: penuh, terkunci, atau tercabut.", "Pasang lagi, geser kunci di sisinya, atau ganti."
    ),
    "sync.upload.corrupt": Words("Paket rusak di jalan.", _AGAIN),
    "sync.upload.differs": Words("Kiriman dengan nama itu sudah dimulai dengan isi lain.", _CALL),
    "sync.upload.held": Words(
        "Paket ini sudah diterima Dispendukcapil dan tidak dibatalkan.", "Tidak perlu berbuat apa-apa."
    ),
    "sync.upload.too_large": Words("Paket itu kosong atau terlalu besar.", _CALL),
    "sync.upload.too_many": Words("Terlalu banyak kiriman yang belum selesai.", _AGAIN),
    "sync.upload.unknown": Words("Kiriman itu tidak dikenal.", _AGAIN),
    "sync.wire.busy": Words(
        "Dispendukcapil sedang menerima rekaman dari banyak kecamatan.", "Tunggu giliran; pengiriman diulang sendiri."
    ),
    "sync.wire.checksum": Words("Potongan paket rusak di jalan.", _AGAIN),
    "sync.wire.content_type": Words("Kiriman itu bukan potongan paket.", _CALL),
    "sync.wire.malformed": Words("Permintaan itu tidak lengkap ({part}).", _CALL),
    "sync.wire.protocol_version": Words("Program pengirim memakai aturan versi lain.", "Perbarui program pengirim."),
    "sync.wire.replaced": Words("Sambungan ini diganti sambungan yang lebih baru.", _AGAIN),
    "sync.wire.too_large": Words("Kiriman itu terlalu besar untuk alamat ini.", _CALL),
    "sync.wire.too_many": Words("Terlalu banyak permintaan sekaligus dari komputer ini.", _AGAIN),
    "sync.wire.too_slow": Words("Sapaan ke Dispendukcapil terhenti di tengah jalan.", _AGAIN),
    "sync.wire.unknown_address": Words("Alamat itu tidak ada di server Dispendukcapil.", _CALL),
    "sync.wire.unknown_method": Words("Alamat itu tidak melayani permintaan seperti itu.", _CALL),
}
