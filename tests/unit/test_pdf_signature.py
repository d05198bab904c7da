"""A signed paper is proven by tools that are not ours."""

import logging
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from dekat.adapters.signer.trial_authority import trial_signer, trial_timestamps
from tests.make.documents import finished_family_card, renderer
from tests.make.paper import signature_report

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def pdf():
    content = finished_family_card()
    return renderer().render(template="family_card.typ", content=content, code="A", watermark="", at=NOW).pdf


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("authority")


@pytest.fixture(scope="module")
def signed(pdf, folder):
    return trial_signer(folder, now=NOW).sign(pdf, now=NOW)


def judged(pdf, folder, witness=None):
    logging.getLogger("pyhanko").setLevel(logging.ERROR)
    trusted, witnessed = (
        ValidationContext(trust_roots=[load_cert_from_pemder(str(root))], moment=NOW, allow_fetching=False)
        for root in (folder / "root.pem", witness or folder / "root.pem")
    )
    return validate_pdf_signature(PdfFileReader(BytesIO(pdf)).embedded_signatures[0], trusted, witnessed)


def test_the_signature_covers_the_whole_file_and_is_trusted_under_its_root(signed, folder):
    status = judged(signed, folder)

    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.signer_reported_dt == NOW


def test_poppler_agrees(signed):
    report = signature_report(signed)

    assert "Signature is Valid." in report
    assert "ETSI.CAdES.detached" in report
    assert "UJI COBA - BUKAN DOKUMEN SAH" in report


def test_one_changed_byte_breaks_the_signature(signed, folder):
    changed = bytearray(signed)
    changed[9000] ^= 1

    assert "Digest Mismatch" in signature_report(bytes(changed))
    assert not judged(bytes(changed), folder).intact


def test_signing_only_appends_and_stays_pdf_1_7(pdf, signed):
    assert signed.startswith(pdf)
    assert b"/Version /2.0" not in signed
    assert b"/Extensions" not in signed


def test_the_trial_bears_witness_of_the_time_by_an_authority_of_its_own(pdf, folder, tmp_path):
    signer = trial_signer(folder, now=NOW, timestamps=trial_timestamps(tmp_path, now=NOW))

    signed = signer.sign(pdf, now=NOW)

    status = judged(signed, folder, tmp_path / "timestamps-root.pem")
    assert (status.timestamp_validity.trusted, status.timestamp_validity.timestamp) == (True, NOW)
    assert "Signature is Valid." in signature_report(signed)
    assert len(signed) <= 150_000


def test_a_signed_card_is_small_enough_for_a_thin_line(signed):
    assert len(signed) <= 150_000


def test_the_trial_authority_is_made_once_and_kept_from_other_eyes(folder, signed):
    again = trial_signer(folder, now=NOW)

    assert not again.card.is_accredited
    assert "BUKAN DOKUMEN SAH" in again.card.name
    assert {path.name for path in folder.iterdir()} == {"root.pem", "signer.key", "signer.pem"}
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
