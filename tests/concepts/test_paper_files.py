"""The file of each paper that residents get: signed, archivable, and readable after a life on paper.

Each paper is made once. PDF/A is judged by pikepdf's own validator in `tests/unit/test_document_templates.py`; veraPDF
is in no package registry and was not run.
"""

from io import BytesIO

import pytest

from dekat.documents import making, ports, upload
from dekat.documents.kinds import DocumentKind, Stock
from dekat.documents.papers import PAPERS
from dekat.documents.stamp import decode, from_code, key_id
from dekat.kernel.ids import new_id
from tests.conftest import NOW
from tests.make.documents import make_workshop
from tests.make.paper import font_report, page_image, signature_report, text_of, worn
from tests.make.papers import every_paper_of_residents

KINDS = list(every_paper_of_residents())


@pytest.fixture(scope="session")
def workshop(tmp_path_factory):
    return make_workshop(tmp_path_factory.mktemp("papers"), NOW)


@pytest.fixture(scope="session")
def made(workshop):
    """Every paper of a resident, stamped, drawn, signed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ports, "_source", lambda: workshop)
        return {
            kind: making.make(making.Draft(new_id(NOW), kind, "7K3QX91BZT", content, NOW), now=NOW)
            for kind, content in every_paper_of_residents().items()
        }


@pytest.mark.parametrize("kind", KINDS)
def test_a_stranger_finds_the_signature_valid_and_over_the_whole_file(made, kind):
    report = signature_report(made[kind].pdf)

    assert "Signature is Valid" in report
    assert "Total document signed" in report


@pytest.mark.parametrize("kind", KINDS)
def test_every_font_travels_with_the_file(made, kind):
    fonts = font_report(made[kind].pdf)

    assert fonts
    assert [font[0] for font in fonts if font[-5:-3] != ["yes", "yes"]] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_code_is_read_from_a_worn_paper(made, workshop, kind):
    key = workshop.authority.stamp_key.public
    photo = BytesIO()
    page = worn(page_image(made[kind].pdf, dpi=150, page=made[kind].page_count))
    page.save(photo, "JPEG", quality=70)

    codes = upload.codes_in(photo.getvalue())

    assert [decode(from_code(code), {key_id(key): key}).kind for code in codes] == [kind.value]


def test_a_scan_saved_as_pdf_is_read_like_a_photo(made):
    scan = BytesIO()
    page_image(made[DocumentKind.STATEMENT].pdf, dpi=150).save(scan, "PDF", resolution=150)

    assert len(upload.codes_in(scan.getvalue())) == 1


def test_twelve_members_stand_on_two_sheets_with_a_code_on_each(made):
    card = made[DocumentKind.FAMILY_CARD]

    assert card.page_count == 2
    assert "CONTOH ANGGOTA 12" in text_of(card.pdf)
    for page in (1, 2):
        photo = BytesIO()
        page_image(card.pdf, dpi=150, page=page).save(photo, "PNG")
        assert len(upload.codes_in(photo.getvalue())) == 1


def test_cards_are_cards_and_all_else_is_a4():
    stocks = {kind: PAPERS[kind].stock for kind in KINDS}

    assert {kind for kind, stock in stocks.items() if stock is not Stock.A4} == {DocumentKind.CHILD_CARD}
