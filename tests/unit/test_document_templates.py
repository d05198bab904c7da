"""Papers come out the same each time, whole, and never run what they print."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pikepdf.pdfa
import pytest

from dekat.adapters.typst.renderer import FontsMissing, LetterMissing, TypstRenderer
from dekat.documents.papers import PAPERS
from tests.make.documents import DOCUMENTS, every_other_paper, finished_family_card, member, renderer
from tests.make.paper import text_of
from tests.make.papers import a_form, every_paper_of_residents

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
CODE = "HTTP://127.0.0.1:8000/V#" + "A" * 300
EVERY_PAPER = {
    **every_other_paper(),
    **{PAPERS[kind].template: {**said, "serial": "7K3QX-91BZT"} for kind, said in every_paper_of_residents().items()},
    "form.typ": a_form(),
}
HOSTILE = "O'BRIEN *#<b>&amp; \"$x$ \\n @ref #panic()"


def draw(content, template="family_card.typ", by=None, at=AT):
    return (by or renderer()).render(template=template, content=content, code=CODE, watermark="SPESIMEN", at=at)


def test_two_machines_draw_the_same_bytes():
    content = finished_family_card(10)

    assert draw(content).pdf == draw(content).pdf


def test_another_instant_is_another_paper():
    content = finished_family_card()

    assert draw(content).pdf != draw(content, at=AT + timedelta(seconds=1)).pdf


@pytest.mark.parametrize(("members", "pages"), [(1, 1), (10, 1), (11, 2), (20, 2), (21, 3)])
def test_ten_members_fill_a_sheet_and_the_eleventh_opens_another(members, pages):
    drawn = draw(finished_family_card(members))

    assert drawn.page_count == pages
    assert f"CONTOH ANGGOTA {members}" in text_of(drawn.pdf)


def test_the_longest_names_still_fit_their_sheet():
    long = member(
        1, name="RADEN MAS TUMENGGUNG " + "PANJANG SEKALI " * 3, occupation="KARYAWAN BADAN USAHA MILIK DAERAH"
    )

    drawn = draw(finished_family_card() | {"members": [long] * 10})

    assert drawn.page_count == 1


def test_a_name_is_printed_letter_by_letter_whatever_it_says():
    drawn = draw(finished_family_card() | {"members": [member(1, name=HOSTILE)]})

    assert HOSTILE.split()[0] in text_of(drawn.pdf)
    assert "#panic()" in text_of(drawn.pdf)


def test_a_letter_that_no_font_has_stops_the_paper():
    with pytest.raises(LetterMissing):
        draw(finished_family_card() | {"members": [member(1, name="ꦱꦫꦶ")]})


def test_without_fonts_nothing_is_drawn(tmp_path):
    bare = TypstRenderer(templates=DOCUMENTS / "templates", fonts=tmp_path)

    with pytest.raises(FontsMissing):
        draw(finished_family_card(), by=bare)


@pytest.mark.parametrize("template", EVERY_PAPER)
def test_every_paper_is_pdf_a_3b(template):
    drawn = draw(EVERY_PAPER[template], template)

    assert findings(drawn.pdf) == []


def test_a_specimen_says_so_across_the_page_and_a_valid_paper_does_not():
    content = finished_family_card()
    valid = renderer().render(template="family_card.typ", content=content, code=CODE, watermark="", at=AT)

    assert "SPESIMEN" in text_of(draw(content).pdf, "-raw").replace("\n", "")
    assert "SPESIMEN" not in text_of(valid.pdf, "-raw").replace("\n", "")


def findings(pdf: bytes) -> list[str]:
    """What pikepdf's PDF/A validator objects to, after removing two optional parts that it does not know."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/CIDSet" in thing:
                del thing["/CIDSet"]
        if "/Outlines" in opened.Root:
            del opened.Root["/Outlines"]
        plain = BytesIO()
        pikepdf.pdfa.save(opened, plain, "3b")
    plain.seek(0)
    return [str(finding) for finding in pikepdf.pdfa.validate_written(plain, "3b").findings]


def test_every_kind_of_paper_has_its_template():
    assert [kind for kind, paper in PAPERS.items() if not (DOCUMENTS / "templates" / paper.template).exists()] == []


def test_the_longest_names_still_fit_the_front_of_a_childs_card():
    long = {
        **EVERY_PAPER["child_card.typ"],
        "name": "RADEN AJENG " + "PANJANG SEKALI " * 3,
        "head_name": "RADEN MAS TUMENGGUNG " + "PANJANG SEKALI " * 3,
        "address": "PERUMAHAN " + "GRIYA PERMATA HIJAU " * 7,
    }

    assert draw(long, "child_card.typ").page_count == 2
