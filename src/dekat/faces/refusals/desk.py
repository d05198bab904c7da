"""Words for the refusals of the queue and of appointments."""

from dekat.faces.refusals.words import Words

WORDS = {
    "desk.ticket.unknown": Words("Tiket itu tidak ada di komputer ini.", "Kembali ke antrean dan pilih dari sana."),
    "desk.ticket.move_forbidden": Words(
        "Nomor {number} sudah berubah: {state}.", "Lihat antrean yang sekarang, lalu lanjutkan dari sana."
    ),
    "desk.queue.empty": Words(
        "Tidak ada yang menunggu.", "Ambilkan nomor untuk warga yang baru datang, atau istirahat sebentar."
    ),
    "desk.counter.busy": Words(
        "Loket {counter} masih memegang nomor {number}.", "Selesaikan, tunda, atau pindahkan nomor itu dahulu."
    ),
    "desk.appointment.unknown": Words(
        "Kode janji itu belum ada di sini.",
        "Periksa kodenya. Kalau janji baru saja dibuat, warga tetap dilayani: ambilkan nomor biasa.",
    ),
    "desk.appointment.slot_taken": Words(
        "Jam itu baru saja penuh atau sudah lewat.", "Pilih jam lain. Datang tanpa janji juga boleh."
    ),
    "desk.appointment.over": Words("Janji ini {state}.", "Buat janji baru, atau datang saja tanpa janji."),
}
