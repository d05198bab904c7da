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
    "equipment.contract.more_than_bought": Words(
        "Kontrak {contract} membeli {bought} alat ini, yang dicatat menjadi {listed}.",
        "Periksa nomor seri yang berlebih, atau pilih barang lain pada kontrak itu.",
    ),
    "equipment.day.in_the_future": Words("Hari {day} belum tiba.", "Tulis hari yang ada pada naskahnya."),
    "equipment.device.elsewhere": Words(
        "Alat {serial} sudah tercatat dengan kontrak {contract}.", "Periksa nomor pada label alat."
    ),
    "equipment.device.serial_malformed": Words(
        "“{serial}” bukan nomor seri.", "Pakai huruf, angka, titik, garis, atau garis miring, tanpa spasi."
    ),
    "equipment.device.written_off": Words(
        "Alat {serial} sudah dihapus dari daftar barang.", "Buka riwayatnya untuk melihat keputusannya."
    ),
    "equipment.decree.not_yours": Words(
        "Status penggunaan dan penghapusan ditetapkan Sekretaris Daerah sebagai Pengelola Barang.",
        "Minta Sekretaris Daerah mencatat keputusannya dengan akunnya sendiri.",
    ),
    "equipment.decree.already_used": Words(
        "Keputusan {decree} sudah tercatat untuk alat {serial} dengan isi lain.", "Periksa nomor dan tanggalnya."
    ),
    "equipment.decree.same_owner": Words(
        "Alat {serial} sudah tercatat pada perangkat daerah itu.", "Pilih perangkat daerah penerimanya."
    ),
    "equipment.decree.too_early": Words(
        "Alat {serial} sudah punya keputusan yang lebih baru, tanggal {day}.",
        "Periksa tanggalnya; keputusan dicatat menurut urutan waktunya.",
    ),
    "equipment.paper.unreadable": Words(
        "Berkas ini tidak dapat dibuka sebagai PDF, JPEG, atau PNG, atau lebih besar dari 8 MB.",
        "Pindai lagi, lalu unggah berkas yang baru.",
    ),
    "equipment.paper.damaged": Words(
        "Berkas {sha256} di cakram tidak sama lagi dengan yang disimpan.",
        "Pulihkan folder papers dari cadangan, lalu buka lagi.",
    ),
    "equipment.list.unreadable": Words(
        "Berkas ini bukan lembar Excel (XLSX) atau CSV yang dapat dibaca, atau terlalu besar.",
        "Buka di Excel, simpan sebagai XLSX, lalu unggah lagi.",
    ),
    "equipment.list.header_missing": Words(
        "Tidak ada baris judul dengan kolom: {columns}.",
        "Tambahkan kolom itu, atau salin isinya ke contoh yang dapat diunduh.",
    ),
    "equipment.list.too_many_rows": Words(
        "Berkas ini punya lebih dari {most} baris.", "Bagi menjadi beberapa berkas, lalu unggah satu per satu."
    ),
    "equipment.list.has_faults": Words(
        "Ada {count} kesalahan di daftar itu, jadi tidak satu baris pun disimpan.",
        "Betulkan sel yang disebut, lalu ulangi.",
    ),
    "equipment.bast.already_used": Words(
        "BAST {bast} sudah dipakai untuk alat ini ke kecamatan lain.", "Periksa nomor BAST pada naskahnya."
    ),
}
