"""The family card as HTML for the engines that start from a page. Stdlib only."""

from html import escape
from pathlib import Path

FIRST = ("name", "nik", "sex", "birth_place", "birth_date", "religion", "education", "occupation", "blood_type")
SECOND = ("marital_status", "marriage_date", "relation_to_head", "nationality", "passport_no", "kitap_no", "father",
          "mother")  # fmt: skip
ROWS = 10


def html(content: dict[str, object], fonts: Path) -> str:
    """One page, A4 landscape: heads, two tables of ten rows, watermark, code and signature block."""
    texts = {name: escape(str(value)) for name, value in content.items() if isinstance(value, str)}
    members = content["members"]
    assert isinstance(members, list)
    return f"""<!doctype html><html lang="id"><head><meta charset="utf-8"><title>KK</title><style>
@page {{ size: A4 landscape; margin: 10mm }}
@font-face {{ font-family: T; src: url({(fonts / "DekatTabel-400.ttf").as_uri()}) }}
@font-face {{ font-family: T; font-weight: 700; src: url({(fonts / "DekatTabel-700.ttf").as_uri()}) }}
body {{ font: 7pt T; margin: 0 }} h1 {{ font-size: 16pt; text-align: center; margin: 0 }}
table {{ border-collapse: collapse; width: 100%; margin: 2mm 0 }} td, th {{ border: .3pt solid #333; padding: .6mm }}
.mark {{ position: fixed; top: 70mm; left: 60mm; font-size: 70pt; color: #e8e8e8;
  transform: rotate(-25deg); z-index: -1 }}
.foot {{ display: flex; justify-content: space-between }} svg {{ width: 30mm; height: 30mm }}
</style></head><body><div class="mark">SPESIMEN</div><h1>KARTU KELUARGA</h1><h1>No. {texts["family_card_no"]}</h1>
<p>{texts["head_name"]} · {texts["address"]} · RT/RW {texts["rt"]}/{texts["rw"]} · {texts["village"]} ·
{texts["kecamatan"]} · {texts["regency"]} · {texts["province"]} · {texts["postal_code"]}</p>
{_table(FIRST, members)}{_table(SECOND, members)}
<div class="foot"><div>{texts["issued_on"]}</div><div>{texts["serial"]}</div>{content["qr"]}</div></body></html>"""


def _table(columns: tuple[str, ...], members: list[dict[str, str]]) -> str:
    heads = "".join(f"<th>{name.replace('_', ' ')}</th>" for name in ("no", *columns))
    empty = dict.fromkeys(columns, "-")
    rows = [*members, *[empty] * (ROWS - len(members))]
    cells = (
        f"<tr><td>{number}</td>{''.join(f'<td>{escape(row[name])}</td>' for name in columns)}</tr>"
        for number, row in enumerate(rows, start=1)
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(cells)}</tbody></table>"
