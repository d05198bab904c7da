"""A family card from its content to the signed file, and its stamp."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from uuid import UUID

import dekat.documents
from bench.result import Result
from dekat.adapters.signer.trial_authority import trial_signer
from dekat.adapters.typst.renderer import TypstRenderer
from dekat.documents.kinds import DocumentKind
from dekat.documents.papers import MEMBER, OFFICIAL, PAPERS
from dekat.documents.stamp import Stamp, StampKey, as_code, decode, encode, key_id

CARDS, STAMPS = 40, 500
FOLDER = Path(dekat.documents.__path__[0])
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
KEY = StampKey(bytes(range(32)))


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """Cards per second and core, their size, and stamps checked per second; CPU time, warm."""
    renderer = TypstRenderer(templates=FOLDER / "templates", fonts=FOLDER / "fonts")
    signer = trial_signer(folder / "authority", now=NOW)
    drawing, signing, sizes = [], [], []
    for number in range(CARDS):
        start = time.process_time()
        code = as_code(encode(_stamp(number), KEY), address="https://cek.bondowoso.example")
        drawn = renderer.render(
            template="family_card.typ", content=_card(number), code=code, watermark="SPESIMEN", at=NOW
        )
        drawing.append(time.process_time() - start)
        signed = signer.sign(drawn.pdf, now=NOW)
        signing.append(time.process_time() - start - drawing[-1])
        sizes.append(len(signed))
    whole = median(map(sum, zip(drawing, signing, strict=True)))
    peers = {"draw alone": 1 / median(drawing), "sign alone": 1 / median(signing)}
    yield Result("KK drawn, stamped, signed", 1 / whole, "documents/s/core", 18, "higher", peers)
    yield Result("KK size, signed", max(sizes) / 1000, "kB", 150, "lower")
    raws = [encode(_stamp(number), KEY) for number in range(STAMPS)]
    start = time.process_time()
    for raw in raws:
        decode(raw, {key_id(KEY.public): KEY.public})
    yield Result("stamps checked", STAMPS / (time.process_time() - start), "stamps/s/core", 4000, "higher")


def _stamp(number: int) -> Stamp:
    return Stamp("ID-9911", NOW, UUID(int=number), "FAMILY_CARD", "4071", "CKK", 5, number.to_bytes(16), "7K3QX91BZT")


def _card(number: int) -> dict[str, object]:
    texts = [name for name, shape in PAPERS[DocumentKind.FAMILY_CARD].shape.items() if shape is str]
    members = [
        {**dict.fromkeys(MEMBER, "CONTOH"), "name": f"CONTOH ANGGOTA {row}", "nik": f"99111204097{number:03d}{row:02d}"}
        for row in range(5)
    ]
    return {
        **dict.fromkeys(texts, "CONTOH"),
        "family_card_no": f"9911121506{number:06d}",
        "serial": "7K3QX-91BZT",
        "official": dict.fromkeys(OFFICIAL, "Contoh"),
        "members": members,
    }
