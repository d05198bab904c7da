"""Each way of signing that an office may choose: a stranger accepts what comes out, and nothing else comes out."""

import logging
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO

import pytest
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from dekat.adapters.signer import refusals, timestamps
from dekat.adapters.signer.esign import Gateway
from dekat.adapters.signer.token import TokenHand
from dekat.documents.ports import Passphrase, PassphraseNeeded
from dekat.project import env_signing, signing
from dekat.project.setting_text import WrongSetting
from dekat.project.signing import signer_of
from tests.make import esign, token
from tests.make.documents import finished_family_card, renderer
from tests.make.paper import signature_report
from tests.make.signing import OFFICIAL, Certifier, new_key, witness

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def pdf():
    content = finished_family_card(10)
    return renderer().render(template="family_card.typ", content=content, code="A", watermark="", at=NOW).pdf


@pytest.fixture(scope="module")
def certifier(tmp_path_factory):
    return Certifier(tmp_path_factory.mktemp("certifier"), NOW)


@pytest.fixture
def clock(tmp_path):
    with witness(tmp_path / "witness", NOW) as told:
        yield told


@pytest.fixture
def office(certifier, monkeypatch, tmp_path):
    """The office's signer, as these settings say."""

    def choose(kind, *, now=NOW, **settings):
        monkeypatch.setenv("DEKAT_SIGNER", kind)
        for name, value in settings.items():
            monkeypatch.setenv(f"DEKAT_{name.upper()}", str(value))
        return signer_of(env_signing.read_signing(), folder=tmp_path / "authority", now=now)

    return choose


@pytest.fixture
def service(certifier):
    with esign.gateway(certifier, NOW) as told:
        yield told


@pytest.fixture
def official(office, service, certifier):
    def choose(**settings):
        return office(
            "bsre",
            signer_certificate=certifier.chain_file(service.certificate),
            bsre_url=service.url,
            bsre_user=esign.USER,
            bsre_nik=esign.NIK,
            **{"bsre_password": esign.PASSWORD, **settings},
        )

    return choose


@pytest.fixture(scope="session")
def token_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("token")
    token.new_token(folder)
    return folder


@pytest.fixture
def on_token(office, certifier, token_folder):
    def choose(label, key_type="EC:prime256v1", **settings):
        held = certifier.certify(token.new_key(token_folder, label, key_type))
        return office(
            "pkcs11",
            **{
                "signer_certificate": certifier.chain_file(held),
                "pkcs11_module": token.module(),
                "pkcs11_token": token.TOKEN,
                "pkcs11_key": label,
                "pkcs11_pin": token.PIN,
                **settings,
            },
        )

    return choose


def judged(signed, roots, witness_roots=None):
    """What pyHanko says with these roots."""
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)

    def trust(path):
        found = list(load_certs_from_pemder([str(path)])) if path else []
        return ValidationContext(trust_roots=found, moment=NOW, allow_fetching=False)

    found = PdfFileReader(BytesIO(signed)).embedded_regular_signatures[0]
    return validate_pdf_signature(found, trust(roots), trust(witness_roots))


def accept(signed, certifier, clock):
    """A stranger with poppler and one with pyHanko both say yes, and the card stays small."""
    report, status = signature_report(signed), judged(signed, certifier.roots, clock.roots)
    assert "Signature is Valid." in report
    assert OFFICIAL in report
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.timestamp_validity.intact
    assert status.timestamp_validity.trusted
    assert status.timestamp_validity.timestamp == NOW
    assert b"/Version /2.0" not in signed
    assert len(signed) <= 150_000


def test_a_certificate_file_signs_with_a_timestamp(pdf, office, certifier, clock):
    file = certifier.p12("rahasia")

    signer = office(
        "pkcs12",
        signer_p12=file,
        signer_passphrase="rahasia",
        timestamp_url=clock.url,
        timestamp_roots=clock.roots,
        accredited_roots=certifier.roots,
    )

    assert signer.card.is_accredited
    accept(signer.sign(pdf, now=NOW), certifier, clock)
    signer.try_out(now=NOW)


def test_a_certificate_file_with_another_passphrase_stays_closed(office, certifier):
    with pytest.raises(refusals.CertificateUnreadable):
        office("pkcs12", signer_p12=certifier.p12("rahasia"), signer_passphrase="salah")


@pytest.mark.parametrize("key_type", ["EC:prime256v1", "rsa:2048"])
def test_a_key_that_never_leaves_its_token_signs_with_a_timestamp(pdf, on_token, certifier, clock, key_type):
    signer = on_token(key_type[:3], key_type, timestamp_url=clock.url, accredited_roots=certifier.roots)

    assert signer.card.is_accredited
    accept(signer.sign(pdf, now=NOW), certifier, clock)
    accept(signer.sign(pdf, now=NOW), certifier, clock)


def test_a_token_is_asked_once_with_a_wrong_pin_and_never_locked(pdf, on_token, monkeypatch):
    signer = on_token("pin", pkcs11_pin="999999")
    with pytest.raises(refusals.PinRefused):
        signer.sign(pdf, now=NOW)

    def once_more(*args, **kwargs):
        raise AssertionError("the PIN was tried again")

    monkeypatch.setattr(TokenHand, "_signer", once_more)
    with pytest.raises(refusals.PinRefused):
        signer.sign(pdf, now=NOW)


def test_a_token_that_is_away_or_lacks_the_key_says_so(pdf, on_token, tmp_path):
    module = tmp_path / "no-module.so"
    module.write_bytes(b"")

    with pytest.raises(refusals.TokenAway):
        on_token("away", pkcs11_token="lain").sign(pdf, now=NOW)
    with pytest.raises(refusals.TokenAway):
        on_token("away2", pkcs11_module=module).sign(pdf, now=NOW)
    with pytest.raises(refusals.KeyMissing):
        on_token("away3", pkcs11_key="tidak-ada").sign(pdf, now=NOW)


def test_the_certificate_of_another_key_never_signs_a_paper(pdf, on_token, certifier):
    stranger = certifier.chain_file(certifier.certify(new_key().public_key()))

    with pytest.raises(refusals.SignatureBroken):
        on_token("other", signer_certificate=stranger).sign(pdf, now=NOW)


def test_an_official_signs_through_bsre_with_a_timestamp_of_the_office(pdf, official, certifier, clock):
    signer = official(timestamp_url=clock.url, timestamp_roots=clock.roots, accredited_roots=certifier.roots)

    signed = signer.sign(pdf, now=NOW, passphrase=Passphrase(esign.PASSPHRASE))

    status = judged(signed, certifier.roots)
    assert signer.card.is_accredited
    assert "Signature is Valid." in signature_report(signed)
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert len(PdfFileReader(BytesIO(signed)).embedded_timestamp_signatures) == 1
    assert len(signed) <= 150_000


def test_bsre_is_asked_as_its_clients_ask_it(pdf, official, service):
    official().sign(pdf, now=NOW, passphrase=Passphrase(esign.PASSPHRASE))
    official().try_out(now=NOW)

    assert service.asked == ["/api/sign/pdf", f"/api/user/status/{esign.NIK}"]
    assert service.forms[0] == {
        "nik": esign.NIK.encode(),
        "passphrase": esign.PASSPHRASE.encode(),
        "tampilan": b"invisible",
        "file": pdf,
    }


@pytest.mark.parametrize(
    ("mood", "refusal"),
    [
        ("fails", refusals.ServiceAway),
        ("hangs_up", refusals.ServiceAway),
        ("refuses", refusals.ServiceRefused),
        ("babbles", refusals.AnswerNotPdf),
        ("other_paper", refusals.ContentDiffers),
        ("slips_in", refusals.ContentDiffers),
        ("other_hand", refusals.CertificateOther),
        ("breaks", refusals.SignatureBroken),
    ],
)
def test_whatever_else_bsre_answers_is_refused_and_names_nobody(pdf, official, service, caplog, mood, refusal):
    service.mood = mood

    with pytest.raises(refusal) as refused:
        official().sign(pdf, now=NOW, passphrase=Passphrase(esign.PASSPHRASE))

    told = f"{refused.value} {refused.value.__cause__} {refused.value.facts} {caplog.text}"
    assert esign.NIK not in told
    assert esign.PASSPHRASE not in told


@pytest.mark.parametrize("mood", ["silent", "drips"])
def test_bsre_may_not_keep_an_official_waiting_for_ever(pdf, official, service, monkeypatch, mood):
    monkeypatch.setattr(signing, "Gateway", partial(Gateway, limit_s=0.3))
    service.mood = mood

    with pytest.raises(refusals.ServiceAway):
        official().sign(pdf, now=NOW, passphrase=Passphrase(esign.PASSPHRASE))


def test_a_wrong_passphrase_or_none_or_a_closed_service_is_told_apart(pdf, official, service):
    with pytest.raises(refusals.PassphraseRefused):
        official().sign(pdf, now=NOW, passphrase=Passphrase("salah"))
    with pytest.raises(PassphraseNeeded):
        official().sign(pdf, now=NOW)
    with pytest.raises(refusals.ServiceClosed):
        official(bsre_password="salah").sign(pdf, now=NOW, passphrase=Passphrase(esign.PASSPHRASE))
    service.mood = "unknown"
    with pytest.raises(refusals.OfficialNotReady):
        official().try_out(now=NOW)


@pytest.mark.parametrize(
    ("mood", "refusal"),
    [
        ("fails", refusals.TimestampAway),
        ("silent", refusals.TimestampAway),
        ("babbles", refusals.TimestampRefused),
        ("lies", refusals.TimestampRefused),
    ],
)
def test_no_paper_without_the_timestamp_that_was_configured(pdf, office, certifier, clock, monkeypatch, mood, refusal):
    monkeypatch.setattr(timestamps, "LIMIT_S", 0.3)
    signer = office("pkcs12", signer_p12=certifier.p12("x"), signer_passphrase="x", timestamp_url=clock.url)
    clock.mood = mood

    with pytest.raises(refusal):
        signer.sign(pdf, now=NOW)
    clock.mood = "well"
    clock.let_go.set()
    accept(signer.sign(pdf, now=NOW), certifier, clock)


def test_only_a_root_that_the_law_knows_takes_specimen_off_the_paper(office, certifier, tmp_path):
    (tmp_path / "foreign").mkdir()
    foreign = Certifier(tmp_path / "foreign", NOW, "Akar Lain")
    file = certifier.p12("x")

    assert not office("pkcs12", signer_p12=file, signer_passphrase="x").card.is_accredited
    assert not office("pkcs12", accredited_roots=foreign.roots).card.is_accredited
    assert office("pkcs12", accredited_roots=certifier.roots).card.is_accredited


def test_a_certificate_that_ran_out_signs_nothing(pdf, office, certifier):
    signer = office("pkcs12", signer_p12=certifier.p12("x", days=10), signer_passphrase="x")

    with pytest.raises(refusals.CertificateExpired) as refused:
        signer.sign(pdf, now=NOW + timedelta(days=11))

    assert refused.value.facts == {"until": "2026-12-03"}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"SIGNER": "kertas"}, "DEKAT_SIGNER must be one of"),
        ({"SIGNER": "pkcs12"}, "needs DEKAT_SIGNER_P12"),
        ({"SIGNER": "bsre", "BSRE_USER": "x"}, "DEKAT_SIGNER_CERTIFICATE, DEKAT_BSRE_URL, DEKAT_BSRE_NIK_FILE"),
        ({"BSRE_URL": "http://esign.kantor.example"}, "https://"),
        ({"BSRE_NIK": "12345"}, "16 digits"),
        ({"SIGNER_P12": "x"}, "DEKAT_SIGNER=pkcs12"),
    ],
)
def test_half_a_choice_stops_the_start(monkeypatch, said, words):
    for name, value in said.items():
        monkeypatch.setenv(f"DEKAT_{name}", value)

    with pytest.raises(WrongSetting, match=words):
        env_signing.read_signing()
