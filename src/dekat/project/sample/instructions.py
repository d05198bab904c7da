"""The instruction that Sempol never got: a draft at the centre, ready to be published on the tour."""

from datetime import datetime

from dekat.accounts.actor import Actor
from dekat.duties.quiz import QuizQuestion
from dekat.duties.services import Text, write_instruction

INSTRUCTION = "PTK-REKAM-SEMPOL"
BODY = """\
## Merekam KTP-el dari awal sampai tersegel

1. Cari warga dengan NIK atau nama, lalu **bacakan datanya**. Perbaikan data diajukan, tidak diketik sendiri.
2. Foto dengan latar **merah** untuk tahun lahir ganjil dan **biru** untuk tahun lahir genap. Tunjukkan fotonya: warga
   yang menyetujui.
3. Sidik jari: tangan kiri, tangan kanan, kedua ibu jari. Jari yang tidak ada dicatat dengan sebabnya dan disaksikan
   petugas kedua. **Tidak ada warga yang ditolak.**
4. Iris kiri dan kanan, tanda tangan, lalu segel. Berikan tanda terima.

Tanpa jaringan pun perekaman jalan terus: rekaman tersimpan dan berangkat sendiri saat jaringan kembali.
"""
QUESTIONS = (
    QuizQuestion("Jaringan putus. Apa yang dilakukan?", ("Tetap merekam", "Menyuruh warga ke kota", "Menunggu"), 0),
    QuizQuestion("Warga lahir tahun 2003. Latar fotonya?", ("Biru", "Merah", "Oranye"), 1),
    QuizQuestion("Satu jari warga tidak ada. Lalu?", ("Ditolak", "Dicatat, disaksikan petugas kedua", "Dilewati"), 1),
)


def draft_for_sempol(*, actor: Actor, now: datetime) -> None:
    """Write the draft; nobody has published it."""
    write_instruction(
        instruction_id=INSTRUCTION,
        text=Text(
            title="Merekam KTP-el dari awal sampai tersegel",
            body=BODY,
            questions=QUESTIONS,
            kinds=("RECORDER",),
            kecamatan=("35.11.19",),
            legal_basis="Permenpan 35/2012",
            task="RECORD",
        ),
        actor=actor,
        now=now,
    )
