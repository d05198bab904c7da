"""Words for the refusals of equipment."""

from dekat.faces.refusals.words import Words

WORDS = {
    "equipment.device.unknown": Words(
        "Alat dengan nomor seri {serial} belum ada di daftar.",
        "Periksa nomor pada label alat, atau catat pembeliannya.",
    ),
    "equipment.contract.unknown": Words(
        "Kontrak {contract} belum dicatat.", "Catat dahulu kontrak itu, lalu catat alatnya."
    ),
    "equipment.contract.does_not_add_up": Words(
        "Rincian harga tidak sama dengan jumlahnya: {total} dan {pieces}.",
        "Periksa harga satuan, komponen, dan jumlah pada kontrak.",
    ),
    "equipment.bast.already_used": Words(
        "BAST {bast} sudah dipakai untuk alat ini ke kecamatan lain.", "Periksa nomor BAST pada naskahnya."
    ),
}
