"""The closed lists of the register."""

from django.db.models import TextChoices


class Sex(TextChoices):
    """As the register holds it; never taken from a NIK."""

    MALE = "MALE", "Laki-laki"
    FEMALE = "FEMALE", "Perempuan"


class ResidentState(TextChoices):
    """What the register says of a person."""

    ACTIVE = "ACTIVE", "Aktif"
    BLOCKED = "BLOCKED", "Diblokir"
    MERGED = "MERGED", "Digabung"
    DECEASED = "DECEASED", "Meninggal"
    MOVED = "MOVED", "Pindah"


class VersionReason(TextChoices):
    """Why a family's card got a new version."""

    REGISTERED = "REGISTERED", "Keluarga didaftarkan"
    ELEMENT_CHANGED = "ELEMENT_CHANGED", "Perubahan data anggota"
    HEAD_CHANGED = "HEAD_CHANGED", "Ganti kepala keluarga"
    MEMBER_LEFT = "MEMBER_LEFT", "Anggota keluar"
    BORN = "BORN", "Kelahiran"
    DIED = "DIED", "Kematian"
    MARRIED = "MARRIED", "Perkawinan"
    DIVORCED = "DIVORCED", "Perceraian"
    REGROUPED = "REGROUPED", "Anggota pindah keluarga"
    REHOUSED = "REHOUSED", "Pindah alamat"
    MOVED_OUT = "MOVED_OUT", "Pindah keluar"
    MOVED_IN = "MOVED_IN", "Pindah datang"
    NIK_GIVEN = "NIK_GIVEN", "NIK terbit"
    CORRECTED = "CORRECTED", "Pembatalan"
    MERGED = "MERGED", "Penggabungan data ganda"
    IMPORTED = "IMPORTED", "Pembaruan dari data pusat"


class ChangeCause(TextChoices):
    """What changed an element."""

    APPLICATION = "APPLICATION", "Permohonan"
    IMPORT = "IMPORT", "Data pusat"
    CORRECTION = "CORRECTION", "Pembetulan oleh dua petugas"


class CorrectionKind(TextChoices):
    """What the office corrects without an application: one officer proposes, another confirms."""

    MERGE = "MERGE", "Gabungkan data ganda"
    CLEARING = "CLEARING", "Nyatakan bukan data ganda"
    DEATH = "DEATH", "Catat kematian"
    ANNULMENT = "ANNULMENT", "Batalkan catatan"
    ELEMENT = "ELEMENT", "Betulkan data"


class CorrectionState(TextChoices):
    """How far a correction is."""

    PROPOSED = "PROPOSED", "Menunggu petugas kedua"
    CONFIRMED = "CONFIRMED", "Disahkan"
    WITHDRAWN = "WITHDRAWN", "Ditarik"


class ListName(TextChoices):
    """The code lists."""

    SEX = "SEX", "Jenis kelamin"
    RELIGION = "RELIGION", "Agama"
    EDUCATION = "EDUCATION", "Pendidikan"
    OCCUPATION = "OCCUPATION", "Jenis pekerjaan"
    BLOOD_TYPE = "BLOOD_TYPE", "Golongan darah"
    MARITAL_STATUS = "MARITAL_STATUS", "Status perkawinan"
    MARITAL_STATUS_CARD = "MARITAL_STATUS_CARD", "Status perkawinan pada KTP-el"
    RELATION = "RELATION", "Status hubungan dalam keluarga"
    CITIZENSHIP = "CITIZENSHIP", "Kewarganegaraan"
    DISABILITY = "DISABILITY", "Disabilitas"


class Element(TextChoices):
    """The data of a resident that an approved application may change; the number of a person is none of them."""

    FULL_NAME = "FULL_NAME", "Nama lengkap"
    TITLE_BEFORE = "TITLE_BEFORE", "Gelar depan"
    TITLE_AFTER = "TITLE_AFTER", "Gelar belakang"
    SEX = "SEX", "Jenis kelamin"
    BIRTH_PLACE = "BIRTH_PLACE", "Tempat lahir"
    BORN_ON = "BORN_ON", "Tanggal lahir"
    BLOOD_TYPE = "BLOOD_TYPE", "Golongan darah"
    RELIGION = "RELIGION", "Agama"
    MARITAL_STATUS = "MARITAL_STATUS", "Status perkawinan"
    MARRIED_ON = "MARRIED_ON", "Tanggal perkawinan"
    DIVORCED_ON = "DIVORCED_ON", "Tanggal perceraian"
    RELATION = "RELATION", "Status hubungan dalam keluarga"
    EDUCATION = "EDUCATION", "Pendidikan"
    OCCUPATION = "OCCUPATION", "Jenis pekerjaan"
    DISABILITY = "DISABILITY", "Disabilitas"
    CITIZENSHIP = "CITIZENSHIP", "Kewarganegaraan"
    PASSPORT_NO = "PASSPORT_NO", "Nomor paspor"
    KITAP_NO = "KITAP_NO", "Nomor KITAP"
    FATHER_NAME = "FATHER_NAME", "Nama ayah"
    MOTHER_NAME = "MOTHER_NAME", "Nama ibu"
    BIRTH_CERTIFICATE_NO = "BIRTH_CERTIFICATE_NO", "Nomor akta kelahiran"
    MARRIAGE_CERTIFICATE_NO = "MARRIAGE_CERTIFICATE_NO", "Nomor akta perkawinan"
    DIVORCE_CERTIFICATE_NO = "DIVORCE_CERTIFICATE_NO", "Nomor akta perceraian"


class BlockState(TextChoices):
    """Whether a station has what a block of the snapshot says."""

    UNCHECKED = "UNCHECKED", "Belum dibandingkan"
    WANTED = "WANTED", "Belum diambil"
    HELD = "HELD", "Ada di sini"
    UNREADABLE = "UNREADABLE", "Tidak terbaca"


class CertificateKind(TextChoices):
    """What the office gives a number of its own."""

    BIRTH = "BIRTH", "Akta kelahiran"
    DEATH = "DEATH", "Akta kematian"
    MOVE = "MOVE", "Surat keterangan pindah"
    STATEMENT = "STATEMENT", "Surat keterangan"
