"""Words for the refusals of alerts."""

from dekat.faces.refusals.words import Words

WORDS = {
    "alerts.address.refused": Words(
        "Alamat atau nomor itu tidak menerima pesan.", "Perbaiki alamatnya, lalu tekan Kirim lagi."
    ),
    "alerts.channel.away": Words(
        "Server e-mail atau gerbang pesan tidak menjawab.",
        "Pesan dicoba lagi sendiri. Sesudah delapan kali, periksa sambungannya, lalu tekan Kirim lagi.",
    ),
    "alerts.channel.refused": Words(
        "Server e-mail atau gerbang pesan menolak nama masuk, token, atau templat kita.",
        "Pengelola server memperbaiki pengaturannya (docs/reference/settings.md), lalu tekan Kirim lagi.",
    ),
    "alerts.contact.address_wrong": Words(
        "Alamat itu tidak cocok dengan cara yang dipilih.",
        "Untuk e-mail tulis seperti nama@kantor.go.id; untuk WhatsApp dan SMS tulis nomor seperti 0812 3456 7890.",
    ),
    "alerts.dispatch.unknown": Words(
        "Pesan itu tidak ada di antara yang gagal.", "Buka daftar pesan dan lihat keadaannya sekarang."
    ),
}
