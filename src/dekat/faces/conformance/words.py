"""Our own short words for conformance, for the person at the desk and for the report."""

from dekat.adapters.sbi.ctk.definitions import Definition, Need, Topic
from dekat.adapters.sbi.ctk.outcomes import Reason, Verdict
from dekat.enrolment.ports import DeviceKind

VERDICTS = {Verdict.PASSED: "lulus", Verdict.FAILED: "GAGAL", Verdict.NOT_APPLICABLE: "tidak berlaku"}

TOPICS = {
    Topic.DISCOVERY: "menjawab pencarian alat",
    Topic.INFO: "jati diri alat ditandatangani",
    Topic.STATUS: "keadaan alat dikatakan dengan benar",
    Topic.KEY_ROTATION: "kunci alat dapat diganti",
    Topic.CAPTURE: "pengambilan gambar",
    Topic.EXCEPTIONS: "pengambilan dengan jari atau mata yang dikecualikan",
    Topic.EXCEPTION_PHOTO: "foto pengecualian",
    Topic.WRONG_COUNT: "menolak jumlah yang salah",
    Topic.NOBODY: "berhenti pada waktunya bila tidak ada orang",
    Topic.IN_TIME: "selesai sebelum waktunya habis",
    Topic.CONTAINER: "wadah gambar menurut ISO/IEC 19794",
    Topic.STREAM: "gambar langsung, lalu pengambilan",
    Topic.QUALITY: "mutu gambar",
    Topic.SPEED: "kecepatan pengambilan",
    Topic.WRONG_REQUEST: "menolak permintaan yang salah tulis",
    Topic.HASH: "rantai gambar menyambung yang sebelumnya",
    Topic.TRANSACTION: "menolak nomor rekaman yang terlalu panjang",
    Topic.TEN_PEOPLE: "mutu gambar sepuluh orang",
}

REASONS = {
    Reason.AUTHENTICATION: "pengambilan untuk otentikasi; alat pendaftaran (L0) wajib menolaknya",
    Reason.AUTHENTICATION_KEY: "kunci untuk pengambilan otentikasi, yang tidak ada pada alat pendaftaran (L0)",
    Reason.AUTHENTICATION_PEOPLE: "sepuluh orang untuk otentikasi; alat pendaftaran (L0) wajib menolaknya",
    Reason.OTHER_KIND: "untuk alat jenis lain",
    Reason.OTHER_SUB_TYPE: "untuk alat dengan cara ambil yang lain",
    Reason.CANNOT_ARRANGE: "keadaan itu tidak dapat diadakan di meja ini",
}

NEEDS = {
    Need.NOBODY: "Jauhkan semua orang dari alat.",
    Need.BUSY: "Buat alat sibuk dengan program pembuatnya.",
    Need.NOT_READY: "Buat alat belum siap, misalnya dengan menutup penutupnya.",
    Need.NOT_REGISTERED: "Hapus pendaftaran alat dengan program pembuatnya.",
    Need.A_NEW_KEY: "Ganti kunci alat dengan program pembuatnya.",
}

_FINGERS = {
    "1": "Tempelkan empat jari tangan KIRI",
    "2": "Tempelkan empat jari tangan KANAN",
    "3": "Tempelkan kedua ibu jari",
}


def lay_down(definition: Definition, kind: DeviceKind) -> str:
    """What the person at the desk has to do before a capture."""
    if kind is DeviceKind.FACE:
        hands = " dan angkat kedua telapak tangan" if definition.exceptions else ""
        words = f"Duduk tegak di depan kamera{hands}"
    elif kind is DeviceKind.IRIS:
        words = "Lihat lurus ke alat dengan kedua mata terbuka"
    else:
        words = _FINGERS.get(definition.sub_id, "Tempelkan jari")
    if definition.exceptions and kind is not DeviceKind.FACE:
        words += f", tanpa {', '.join(position.value for position in definition.exceptions)}"
    group = f" Yang diminta: {', '.join(definition.group)}." if definition.group else ""
    return f"{words}.{group}"
