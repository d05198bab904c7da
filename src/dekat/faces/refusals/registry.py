"""Words for the refusals of the register and of the two sixteen-digit numbers."""

from dekat.faces.refusals.words import Words

WORDS = {
    "kernel.nik.not_sixteen_digits": Words(
        "NIK dan nomor KK harus tepat 16 angka.", "Hitung lagi angkanya pada kartu, lalu ketik ulang."
    ),
    "kernel.nik.spreadsheet_rounded": Words(
        "Nomor ini disimpan sebagai bilangan, sehingga angka terakhirnya hilang.",
        "Ambil lagi berkas aslinya dan simpan kolom NIK dan nomor KK sebagai teks.",
    ),
    "kernel.nik.date_impossible": Words(
        "Enam angka tanggal di dalam nomor ini tidak ada di kalender.", "Cocokkan nomor dengan kartu, lalu ketik ulang."
    ),
    "kernel.nik.serial_zero": Words(
        "Nomor yang diakhiri 0000 tidak pernah diterbitkan.",
        "Cocokkan dengan kartu. Bila dari Excel, simpan kolom nomor sebagai teks.",
    ),
    "kernel.partial_date.impossible": Words(
        "Tanggal itu tidak ada di kalender.", "Tulis seperti 17-03-1990; yang tidak diketahui ditulis 00."
    ),
    "registry.code.unknown": Words(
        "Isian itu tidak ada dalam daftar {list}.", "Pilih salah satu isian dari daftar yang berlaku."
    ),
    "registry.resident.unknown": Words(
        "Warga itu tidak ada di data ini.", "Cari dengan nama atau NIK. Warga kecamatan lain dicari di kecamatannya."
    ),
    "registry.resident.not_active": Words(
        "Data warga ini berstatus {state}, jadi tidak dapat diubah.",
        "Minta Dispendukcapil memeriksa statusnya.",
    ),
    "registry.resident.nik_taken": Words(
        "NIK itu sudah dipakai warga lain di data ini.", "Cari warga dengan NIK itu dan periksa apakah orangnya sama."
    ),
    "registry.resident.has_nik": Words(
        "Warga ini sudah punya NIK, dan NIK berlaku seumur hidup.", "Periksa apakah warganya benar."
    ),
    "registry.life.person_unknown": Words(
        "Orang itu bukan anggota keluarga yang disebut dalam permohonan.",
        "Buka keluarganya dan pilih anggota dari daftar.",
    ),
    "registry.life.not_here": Words(
        "Data warga ini berstatus {state}.",
        "Bila catatan itu salah, ajukan pembatalan; bila ia kembali, ajukan pindah datang.",
    ),
    "registry.life.nobody": Words("Belum ada orang yang dipilih.", "Pilih sedikitnya satu anggota keluarga."),
    "registry.life.no_adult_left": Words(
        "Anak-anak akan tertinggal tanpa orang dewasa dalam KK-nya.",
        "Pilih orang dewasa yang tinggal sebagai kepala keluarga, atau pindahkan anak ke KK wali atau kerabatnya.",
    ),
    "registry.life.head_too_young": Words(
        "Kepala keluarga harus berumur 17 tahun, atau sudah atau pernah kawin.", "Pilih anggota dewasa."
    ),
    "registry.life.number_needed": Words(
        "Keluarga baru, atau keluarga dengan kepala baru, memerlukan nomor KK baru dari pusat.",
        "Minta nomor KK kepada pusat; permohonan berjalan lagi begitu nomornya datang.",
    ),
    "registry.life.number_not_needed": Words(
        "Kepala keluarganya tetap, jadi nomor KK tidak berganti.", "Kosongkan nomor KK baru."
    ),
    "registry.life.relations_missing": Words(
        "Kepala keluarganya baru, jadi hubungan setiap anggota dengannya harus disebut.",
        "Isi hubungan semua anggota yang tinggal.",
    ),
    "registry.life.no_spouse": Words(
        "Seseorang disebut suami atau istri, tetapi tidak tercatat kawin.",
        "Periksa status perkawinan, atau pilih hubungan lain.",
    ),
    "registry.life.not_married": Words(
        "Orang ini tidak tercatat kawin.", "Periksa orangnya, atau catat dahulu perkawinannya."
    ),
    "registry.life.already_married": Words(
        "Orang ini masih tercatat kawin.",
        "Catat dahulu perceraian atau kematian pasangannya; perkawinan lagi memerlukan penetapan pengadilan.",
    ),
    "registry.paper.no_child": Words(
        "KIA hanya untuk anak di bawah 17 tahun yang belum kawin.",
        "Untuk yang sudah 17 tahun atau kawin, rekam KTP-el.",
    ),
    "registry.paper.lacks": Words(
        "Surat ini belum dapat dibuat: {lack} belum ada di data.",
        "Lengkapi dahulu dengan perubahan data atau lampirkan buktinya.",
    ),
    "registry.paper.nobody_moves": Words(
        "Belum ada orang yang disebut pada surat pindah.", "Pilih sedikitnya satu anggota keluarga."
    ),
    "registry.certificate.birth_recorded": Words(
        "Kelahiran orang ini sudah dicatat dan sudah punya nomor akta.",
        "Terbitkan ulang kutipannya, atau periksa apakah orangnya benar.",
    ),
    "registry.family.unknown": Words("Keluarga itu tidak ada di data ini.", "Periksa nomor KK, lalu cari lagi."),
    "registry.family.card_no_taken": Words(
        "Nomor KK itu sudah dipakai keluarga lain.", "Periksa nomor KK baru dari pusat, lalu ketik ulang."
    ),
    "registry.family.head_missing": Words(
        "Keluarga ini belum punya kepala keluarga.", "Tentukan satu anggota sebagai kepala keluarga."
    ),
    "registry.family.second_head": Words(
        "Satu keluarga hanya boleh punya satu kepala keluarga.", "Pilih hubungan lain untuk salah satunya."
    ),
    "registry.family.member_unknown": Words(
        "Orang itu bukan anggota keluarga ini.", "Buka keluarganya dan pilih anggota dari daftar."
    ),
    "registry.element.unchanged": Words(
        "{element} di data sudah sama dengan yang diminta.", "Tidak ada yang perlu diubah. Periksa lagi permohonannya."
    ),
    "registry.element.empty": Words("{element} tidak boleh kosong.", "Isi nilai barunya sesuai berkas bukti."),
    "registry.element.too_long": Words("{element} paling panjang {most} huruf.", "Singkatkan sesuai berkas bukti."),
    "registry.element.needs_head_change": Words(
        "Kepala keluarga tidak diganti lewat perubahan data.",
        "Pakai layanan ganti kepala keluarga.",
    ),
    "registry.element.needs_divorce_or_death": Words(
        "KK ini menunjukkan pasangannya, jadi status kawin tidak diganti lewat perubahan data.",
        "Pakai layanan perceraian atau kematian; statusnya berubah untuk keduanya sekaligus.",
    ),
    "registry.name.empty": Words("Nama belum diisi.", "Isi nama lengkap sesuai berkas bukti."),
    "registry.name.too_long": Words(
        "Nama baru paling panjang {most} huruf termasuk spasi; ini {length}.",
        "Minta keluarga memilih nama lebih pendek.",
    ),
    "registry.name.characters": Words(
        "Nama baru hanya boleh berisi huruf dan spasi.",
        "Hilangkan angka, titik, dan tanda baca. Gelar punya tempat sendiri.",
    ),
    "registry.state.may_not_move": Words(
        "Status {before} tidak dapat menjadi {wanted}.", "Periksa lagi status warga ini di Dispendukcapil."
    ),
    "registry.life.same_person": Words(
        "Kedua data yang dipilih adalah data yang sama.", "Pilih dua data warga yang berbeda."
    ),
    "registry.life.nik_would_end": Words(
        "Data yang dipertahankan belum punya NIK, sedangkan yang lain punya.", "Pertahankan data yang punya NIK."
    ),
    "registry.correction.officer_needed": Words(
        "Hanya petugas Dispendukcapil yang membetulkan data induk.", "Masuk dengan nama dan sandi Anda sendiri."
    ),
    "registry.correction.second_person_needed": Words(
        "Pembetulan harus disahkan petugas lain, bukan yang mengusulkannya.",
        "Minta rekan dari Dispendukcapil memeriksa dan mengesahkannya.",
    ),
    "registry.correction.reason_missing": Words(
        "Alasan pembetulan belum ditulis.", "Tulis dengan singkat apa yang salah dan apa buktinya."
    ),
    "registry.correction.unknown": Words(
        "Usulan pembetulan itu tidak ada di sini.", "Buka daftar usulan dan pilih dari sana."
    ),
    "registry.correction.closed": Words(
        "Usulan ini sudah selesai: {state}.", "Muat ulang daftar usulan. Bila masih ada yang salah, buat usulan baru."
    ),
    "registry.block.malformed": Words(
        "Satu bagian salinan penduduk tidak dapat dibaca komputer ini.",
        "Perbarui Dekat di komputer ini. Bagian lain tetap dipakai; bagian ini diambil lagi dengan daftar berikutnya.",
    ),
    "registry.extract.invalid": Words(
        "Satu baris salinan penduduk tidak dapat dibaca komputer ini.",
        "Perbarui Dekat di komputer ini. Baris itu disimpan dan dicoba lagi.",
    ),
    "registry.file.unreadable": Words(
        "Berkas ini tidak dapat dibaca.", "Simpan sebagai CSV UTF-8 atau XLSX, lalu coba lagi."
    ),
    "registry.file.columns_missing": Words(
        "Baris pertama tidak memuat kolom: {columns}.", "Tambahkan kolom itu sesuai panduan berkas penduduk."
    ),
    "registry.file.numbers_rounded": Words(
        "Hampir semua NIK di berkas ini berakhiran 0: angkanya sudah dibulatkan oleh Excel.",
        "Ambil lagi berkas aslinya dan simpan kolom nomor sebagai teks. Tidak ada baris yang diambil.",
    ),
    "registry.row.value_missing": Words("Kolom ini kosong.", "Isi sesuai data asal."),
    "registry.row.value_too_long": Words("Isi kolom ini terlalu panjang.", "Singkatkan sesuai data asal."),
    "registry.row.not_printable": Words(
        "Kolom ini memuat huruf yang tidak dapat dicetak.", "Ketik ulang isinya sesuai data asal."
    ),
    "registry.row.village_unknown": Words(
        "Kode desa ini tidak ada.", "Tulis kode Kemendagri seperti 35.11.12.2001, atau muat data wilayah terbaru."
    ),
    "registry.row.nik_twice": Words(
        "NIK ini sudah ada di baris lain berkas yang sama.", "Periksa mana yang benar, lalu hapus yang lain."
    ),
    "registry.row.resident_not_here": Words(
        "Warga ini sudah pindah, meninggal, atau digabung.", "Periksa statusnya sebelum memasukkannya lagi."
    ),
}
