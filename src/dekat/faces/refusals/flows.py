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
}
