"""What only applications know of a paper, about people who do not exist."""

from datetime import date
from uuid import UUID

from dekat.registry.papers import BirthFacts, DeathFacts, MoveFacts, MoveTarget, StatementFacts

A_BIRTH = BirthFacts(number="9911-LU-26112026-0001", child_order=2)
A_DEATH = DeathFacts(number="9911-KM-26112026-0001", died_on="2026-11-20", death_place="Bondowoso")
A_STATEMENT = StatementFacts(
    title="Surat Keterangan Perekaman KTP-el",
    number="9911-SKET-26112026-0001",
    says="Yang bersangkutan telah direkam sidik jari, iris mata, dan fotonya, dan sedang menunggu KTP-el dicetak.",
    valid_until=date(2027, 5, 26),
)
TARGET = MoveTarget(
    address="Jalan Melati 12", rt="002", rw="005", village="Kaliwates", kecamatan="Kaliwates", regency="Jember",
    province="Jawa Timur", postal_code="68131",
)  # fmt: skip


def a_move(applicant_id: UUID) -> MoveFacts:
    """A move to the neighbouring regency."""
    return MoveFacts(
        number="9911-SKPWNI-26112026-0001",
        applicant_id=applicant_id,
        target=TARGET,
        reason="Pekerjaan",
        leaves_on=date(2026, 12, 1),
        valid_until=date(2026, 12, 26),
    )
