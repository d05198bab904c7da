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
    "flows.card.packet_gone": Words(
        "Isi rekaman tidak ada lagi di komputer ini, jadi muka kartu tidak dapat digambar.",
        "Pulihkan dari cadangan, atau minta stasiun mengirim ulang.",
    ),
    "flows.hand_over.not_of_this_office": Words(
        "Dokumen ini tidak diserahkan di sini, atau sudah diganti yang baru.", "Muat ulang daftar kartu."
    ),
    "flows.hand_over.receiver_missing": Words("Nama penerima belum ditulis.", "Tulis nama orang yang menerima KIA."),
    "flows.deed.person_unknown": Words(
        "NIK {who} tidak ada dalam data kabupaten ini.",
        "Periksa 16 angkanya. Bila terdaftar di kabupaten lain, minta pemohon menulis juga namanya.",
    ),
    "flows.deed.person_not_here": Words(
        "Menurut data, {who} sekarang: {state}.", "Periksa NIK itu, atau bereskan dahulu data orangnya."
    ),
    "flows.deed.not_in_family": Words(
        "Pada KK permohonan ini tidak ada: {who}.", "Kembalikan permohonan agar NIK dan nomor KK diperiksa pemohon."
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
}
