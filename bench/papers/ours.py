"""Our engine: draw, stamp and sign as the centre does."""

import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from bench.papers.clocked import clock
from dekat.adapters.signer.trial_authority import trial_signer
from dekat.adapters.typst.renderer import TypstRenderer
from dekat.documents.stamp import Stamp, StampKey, as_code, encode

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
KEY = StampKey(bytes(range(32)))


def stamp(number: int) -> Stamp:
    """What the code of one card repeats."""
    return Stamp("ID-9911", NOW, UUID(int=number), "FAMILY_CARD", "4071", "CKK", 5, number.to_bytes(16), "7K3QX91BZT")


def main() -> None:
    """Clock it; what a peer gets as a ready picture of the code is drawn here each time."""
    documents = Path(os.environ["BENCH_DOCUMENTS"])
    renderer = TypstRenderer(templates=documents / "templates", fonts=documents / "fonts")
    signer = trial_signer(Path(os.environ["BENCH_AUTHORITY"]), now=NOW)

    def draw(number: int, content: dict[str, object]) -> bytes:
        said = {name: value for name, value in content.items() if name != "qr"}
        code = as_code(encode(stamp(number), KEY), address="https://cek.bondowoso.example")
        drawn = renderer.render(template="family_card.typ", content=said, code=code, watermark="SPESIMEN", at=NOW)
        return signer.sign(drawn.pdf, now=NOW)

    clock(draw)


if __name__ == "__main__":
    main()
