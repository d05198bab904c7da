"""Words for the refusals of things that happen across concepts."""

from dekat.faces.refusals.words import Words

WORDS = {
    "flows.renew_password.strange_officer": Words(
        "Stasiun {node} mengabarkan sandi petugas yang bukan dari kecamatannya.",
        "Kabar disisihkan. Periksa pendaftaran stasiun itu dan akun petugasnya.",
    ),
    "flows.recording.elsewhere": Words(
        "Rekaman ini menyebut kecamatan lain daripada stasiun yang mengirimnya.",
        "Rekaman disimpan terpisah. Periksa pendaftaran stasiun itu.",
    ),
    "flows.recording.resident_unknown": Words(
        "Warga pada rekaman ini tidak ada dalam data penduduk.",
        "Rekaman disimpan terpisah. Cari warga itu, lalu terapkan ulang.",
    ),
    "flows.station.elsewhere": Words(
        "Kabar ini tentang kecamatan lain daripada stasiun yang mengirimnya.",
        "Kabar disimpan terpisah. Periksa pendaftaran stasiun itu.",
    ),
    "flows.card.not_living_here": Words(
        "Data warga ini berstatus {state}, jadi kartunya tidak dicetak.",
        "Dahulukan kartu berikutnya dengan alasan kartu di depannya tertahan, lalu periksa data warganya.",
    ),
    "flows.card.packet_gone": Words(
        "Isi rekaman tidak ada lagi di komputer ini, jadi muka kartu tidak dapat digambar.",
        "Pulihkan dari cadangan, atau minta stasiun mengirim ulang.",
    ),
    "flows.hand_over.not_of_this_office": Words(
        "Dokumen ini tidak diserahkan di sini, atau sudah diganti yang baru.", "Muat ulang daftar kartu."
    ),
    "flows.hand_over.receiver_missing": Words("Nama penerima belum ditulis.", "Tulis nama orang yang menerima KIA."),
    "flows.print_at_home.nothing_there": Words(
        "NIK dan nomor KK itu tidak cocok dengan permohonan ini, atau berkasnya tidak ada.",
        "Salin ke-16 angkanya seperti yang Anda tulis waktu mengajukan, atau ambil dokumennya di kecamatan.",
    ),
    "flows.print_at_home.superseded": Words(
        "Dokumen ini sudah diganti dengan yang lebih baru, jadi tidak dapat diunduh lagi.",
        "Unduh yang terbaru dengan kode permohonannya, atau minta cetak di kecamatan. Gratis.",
    ),
    "flows.print_at_home.revoked": Words(
        "Dokumen ini sudah dicabut Dispendukcapil, jadi tidak dapat diunduh lagi.",
        "Tanyakan sebabnya di kantor kecamatan dengan membawa kode permohonan ini. Gratis.",
    ),
    "flows.deed.person_unknown": Words(
        "NIK {who} tidak ada dalam data kabupaten ini.",
        "Cocokkan 16 angkanya dengan KTP-el atau KK. Orang dari kabupaten lain: tulis juga namanya bila formulir "
        "memintanya; kalau tidak, ia datang dahulu dengan surat pindah.",
    ),
    "flows.deed.person_not_here": Words(
        "Menurut data, {who} sekarang: {state}.",
        "Periksa NIK-nya. Bila status itu salah, datanya dibetulkan dahulu di Dispendukcapil.",
    ),
    "flows.deed.not_in_family": Words(
        "Menurut data, {who} bukan anggota KK pada permohonan ini.",
        "Periksa NIK-nya, atau ajukan dengan nomor KK tempat ia terdaftar.",
    ),
    "flows.deed.wrong_sex": Words(
        "Jenis kelamin {who} dalam data tidak cocok.",
        "Periksa apakah NIK suami dan istri, atau ayah dan ibu, tertukar.",
    ),
    "flows.deed.named_twice": Words(
        "NIK yang sama ditulis untuk {who} dan {other}.", "Kembalikan permohonan agar NIK itu diperbaiki."
    ),
    "flows.deed.day_impossible": Words(
        "Tanggal {day} tidak mungkin.",
        "Bandingkan dengan surat bukti: tidak boleh sesudah hari ini atau sebelum lahir.",
    ),
    "flows.deed.child_known": Words(
        "Anak dengan nama dan tanggal lahir ini sudah ada pada KK.",
        "Bila hanya akta yang belum ada, kembalikan: pemohon memilih bahwa anak sudah ada di KK.",
    ),
    "flows.deed.no_family": Words(
        "Ayah dan ibu anak ini tidak terdaftar di kabupaten ini.",
        "Pencatatan di tempat tinggal orang tua. Kembalikan permohonan dengan penjelasan itu.",
    ),
    "flows.deed.successor_missing": Words(
        "Belum jelas siapa kepala keluarga yang baru.", "Pilih tepat satu anggota sebagai kepala keluarga."
    ),
    "flows.deed.photo_missing": Words(
        "Anak sudah 5 tahun, jadi KIA memerlukan pas foto.",
        "Kembalikan permohonan: pemohon mengirim foto anak dari halaman lacak.",
    ),
    "flows.deed.recording_needed": Words(
        "Rekaman KTP-el warga ini tidak ada di sini, jadi kartunya tidak bisa dicetak.",
        "Kembalikan permohonan: warga perlu perekaman di kantor kecamatan, kartu lalu dicetak dengan sendirinya.",
    ),
    "flows.deed.card_under_way": Words(
        "Kartu sebelumnya belum diserahkan: {state}.", "Tunggu kartu itu, atau serahkan dahulu di kecamatan."
    ),
    "flows.deed.family_unknown": Words(
        "Nomor KK {number} tidak ada dalam data kabupaten ini.", "Cocokkan nomornya dengan KK yang ditumpangi."
    ),
    "flows.deed.village_elsewhere": Words(
        "Desa itu tidak ada di kabupaten ini.",
        "Pilih desa dari daftar. Untuk pindah ke luar kabupaten, pakai layanan pindah ke luar kabupaten.",
    ),
    "flows.deed.children_alone": Words(
        "Anak tidak boleh tinggal tanpa orang dewasa dalam KK-nya: {who}.",
        "Ikutkan anak itu pindah, atau tunjuk orang dewasa yang tinggal, "
        "atau pindahkan dahulu anak itu ke KK wali atau kerabat dengan layanan menumpang KK.",
    ),
    "flows.deed.head_too_young": Words(
        "{name} belum boleh menjadi kepala keluarga: belum 17 tahun dan belum pernah kawin.",
        "Pilih anggota dewasa sebagai kepala keluarga.",
    ),
    "flows.deed.same_family": Words(
        "Orang itu sudah terdaftar pada KK yang ditumpangi.", "Periksa nomor KK yang ditumpangi."
    ),
    "flows.deed.head_already": Words("{name} sudah kepala keluarga pada KK ini.", "Pilih anggota keluarga yang lain."),
    "flows.deed.lives_here": Words(
        "{name} masih terdaftar di kabupaten ini.",
        "Surat pindah datang tidak diperlukan. Pakai layanan pindah di dalam kabupaten.",
    ),
    "flows.deed.known_here": Words(
        "NIK {name} sudah ada dalam data kabupaten ini.",
        "Tulis NIK itu pada bagian yang kembali; datanya tidak perlu diisi lagi.",
    ),
    "flows.deed.nobody_arrives": Words(
        "Belum ada orang yang datang pada permohonan ini.",
        "Isi NIK yang kembali, atau data yang baru pertama datang, seperti pada surat pindah.",
    ),
    "flows.deed.nobody_moves": Words("Belum ada orang yang pindah.", "Isi NIK anggota keluarga yang pindah."),
    "flows.deed.not_so": Words(
        "Menurut data, tidak benar bahwa {name} {about}.",
        "Periksa datanya. Surat keterangan hanya menerangkan yang tercatat.",
    ),
}
