"""Names as they are heard in Bondowoso, Madurese and Javanese; combined at random they name nobody real."""

MALE = (
    "Abdul", "Abdullah", "Achmad", "Agus", "Ahmad", "Akhmad", "Ali", "Andi", "Ansori", "Arif", "Bambang", "Budi",
    "Buhari", "Dedi", "Didik", "Dimas", "Djoko", "Edi", "Eko", "Faisol", "Fathor", "Fauzan", "Hairul", "Hasan",
    "Hendra", "Heri", "Holil", "Husni", "Imam", "Iwan", "Jamaludin", "Joko", "Khoirul", "Kurniawan", "Lukman",
    "Mahfud", "Moch.", "Moh.", "Muhammad", "Muhlis", "Mulyadi", "Musleh", "Nanang", "Nur", "Rahmat", "Ridwan",
    "Rizki", "Rofiq", "Rudi", "Saiful", "Samsul", "Slamet", "Sofyan", "Sugeng", "Supriyadi", "Taufik", "Teguh",
    "Umar", "Wahyudi", "Yanto", "Yusuf", "Zainal",
)  # fmt: skip
MALE_LAST = (
    "Abidin", "Adi", "Afandi", "Amin", "Anwar", "Arifin", "Asy'ari", "Aziz", "Bahri", "Basri", "Effendi", "Fadli",
    "Fanani", "Firmansyah", "Ghofur", "Hadi", "Hakim", "Halim", "Hamid", "Hanafi", "Haris", "Hartono", "Hasyim",
    "Hidayat", "Hidayatullah", "Huda", "Ismail", "Jaelani", "Junaidi", "Karim", "Ma'ruf", "Mahmudi", "Mansur",
    "Maulana", "Mustofa", "Muttaqin", "Nugroho", "Prasetyo", "Pratama", "Qodir", "Rahman", "Rasyid", "Rohman",
    "Saputra", "Setiawan", "Sholeh", "Subairi", "Sucipto", "Suhartono", "Sunardi", "Susanto", "Syafi'i", "Syukur",
    "Wahid", "Wibowo", "Wijaya", "Yasin", "Zaini",
)  # fmt: skip
FEMALE = (
    "Aisyah", "Alfiyah", "Anis", "Aminah", "Ayu", "Azizah", "Dewi", "Dina", "Endang", "Eni", "Erna", "Evi",
    "Faizah", "Fatimah", "Fitri", "Hafsah", "Halimatus", "Hanifah", "Hikmah", "Holifah", "Husnul", "Ika", "Indah",
    "Ismawati", "Iswatun", "Jamilah", "Khofifah", "Kholifah", "Kiptiyah", "Lailatul", "Latifah", "Lilik", "Lutfiyah",
    "Maimunah", "Maryam", "Mutmainnah", "Nafisah", "Nia", "Noer", "Nur", "Nurul", "Putri", "Qomariyah", "Rahma",
    "Ratna", "Rini", "Rofiatul", "Rohmah", "Salamah", "Sholehah", "Siti", "Sitti", "Sri", "Suhartini", "Sulastri",
    "Tutik", "Ulfa", "Umi", "Wahyuni", "Wiwik", "Yuliana", "Zubaidah", "Zulaiha",
)  # fmt: skip
FEMALE_LAST = (
    "Agustina", "Amalia", "Anggraini", "Arifah", "Astutik", "Azizah", "Badriyah", "Chasanah", "Damayanti", "Faridah",
    "Fatimah", "Fauziyah", "Fitriani", "Handayani", "Hasanah", "Hayati", "Hidayati", "Hotijah", "Istiqomah",
    "Jannah", "Jumaati", "Kamilah", "Khasanah", "Komariyah", "Kusumawati", "Lestari", "Maghfiroh", "Maisaroh",
    "Mahmudah", "Marfu'ah", "Munawaroh", "Mukarromah", "Muniroh", "Ningsih", "Ningrum", "Nurhayati", "Permatasari",
    "Puspitasari", "Qomariyah", "Rahayu", "Rahmawati", "Rohana", "Rosidah", "Safitri", "Saidah", "Sari", "Sa'diyah",
    "Susanti", "Susilowati", "Sutrisni", "Suryani", "Ulfah", "Utami", "Wahyuningsih", "Wardani", "Wulandari",
    "Yulianti", "Zahroh",
)  # fmt: skip
# One-word names of the old; they stay as they are.
OLD_MALE = (
    "Asmo", "Buradin", "Durahman", "Karto", "Matrawi", "Misnadin", "Misto", "Munawi", "Niman", "Pusaji", "Saenal",
    "Sahwi", "Salamun", "Samin", "Sanimo", "Soeharto", "Sukarjo", "Sumo", "Suparman", "Suradi", "Suwarno", "Tojo",
)  # fmt: skip
OLD_FEMALE = (
    "Arbaiyah", "Asmina", "Buati", "Busina", "Hami", "Jatima", "Jumani", "Juma'ati", "Karsina", "Maryati", "Misnati",
    "Misrani", "Mistina", "Nami", "Ngatemi", "Painah", "Rasmi", "Sahama", "Satima", "Suni", "Suparmi", "Tijani",
)  # fmt: skip
BIRTH_PLACES = ("Bondowoso",) * 12 + ("Situbondo", "Jember", "Probolinggo", "Banyuwangi", "Sumenep", "Surabaya")
STREETS = (
    "Argopuro", "Cempaka", "Diponegoro", "Gajah Mada", "Ijen", "Kartini", "Kawah", "Kenanga", "Krajan", "Mawar",
    "Melati", "Merdeka", "Pelita", "Raung", "Sawo", "Timur", "Utama", "Veteran",
)  # fmt: skip
HAMLETS = ("Krajan", "Barat", "Timur", "Tengah", "Utara", "Selatan", "Gunung", "Sumber")
