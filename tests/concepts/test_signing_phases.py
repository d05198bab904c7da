"""A signer that dies, falls silent or is a person: the intent stays, and one document comes of it."""

from datetime import timedelta

import pytest

from dekat.adapters.signer import esign as esign_signer
from dekat.adapters.signer import proof, refusals, timestamps
from dekat.adapters.signer.certificates import signer_card
from dekat.adapters.signer.checked import CheckedSigner
from dekat.adapters.signer.esign import EsignSigner
from dekat.adapters.signer.proof import Trust
from dekat.adapters.signer.timestamps import TimestampAuthority
from dekat.adapters.signer.trial_authority import trial_signer
from dekat.documents import ports, queries, services
from dekat.documents.kinds import DocumentStatus
from dekat.documents.models import Document
from dekat.documents.ports import Passphrase, PassphraseNeeded
from tests.make import esign
from tests.make.documents import family_card, issue_family_card, make_workshop
from tests.make.paper import signature_report, text_of
from tests.make.signing import Certifier, witness

pytestmark = pytest.mark.django_db(transaction=True)
RIGHT, WRONG = Passphrase(esign.PASSPHRASE), Passphrase("salah")


@pytest.fixture
def use(identity, monkeypatch, tmp_path, now):
    def work_with(signer):
        made = make_workshop(tmp_path, now, signer=signer)
        monkeypatch.setattr(ports, "_source", lambda: made)
        return made

    return work_with


@pytest.fixture
def certifier(tmp_path, now):
    return Certifier(tmp_path, now)


@pytest.fixture
def service(certifier, now):
    with esign.gateway(certifier, now) as told:
        yield told


@pytest.fixture
def official(service, certifier, use):
    """The centre whose documents an official signs through the gateway, with an accredited certificate."""
    held = service.certificate
    card = signer_card(held, kind="bsre", is_accredited=True, needs_passphrase=True)
    way = esign_signer.Gateway(url=service.url, user=esign.USER, password=esign.PASSWORD, nik=esign.NIK)
    trust = Trust(held, [certifier.issuer], [certifier.root], wants_timestamp=False, timestamp_roots=[])
    return use(CheckedSigner(EsignSigner(way, card=card), trust))


def waiting(now, **given):
    """A document that was decided while nobody was there to sign."""
    with pytest.raises(PassphraseNeeded):
        issue_family_card(now, **given)


def test_a_machine_alone_cannot_finish_what_an_official_must_sign(official, service, now):
    waiting(now)

    outcomes = services.resume_issues(now=now)

    assert [outcome.refusal for outcome in outcomes] == ["documents.signer.passphrase_needed"]
    assert service.asked == []
    assert len(queries.unfinished()) == 1


def test_the_officials_passphrase_finishes_everything_that_waits(official, now):
    waiting(now)
    waiting(now, subject="family:2", content=family_card(5))

    outcomes = services.resume_issues(now=now, passphrase=RIGHT)

    assert [outcome.refusal for outcome in outcomes] == ["", ""]
    assert queries.unfinished() == []
    card = queries.document(outcomes[0].document_id)
    assert (card.status, card.is_specimen) == (DocumentStatus.ACTIVE, False)
    pdf = queries.file_bytes(card.id)
    assert "Signature is Valid." in signature_report(pdf)
    assert "SPESIMEN" not in text_of(pdf)


def test_a_wrong_passphrase_is_tried_on_one_document_only(official, service, now):
    waiting(now)
    waiting(now, subject="family:2")

    outcomes = services.resume_issues(now=now, passphrase=WRONG)

    assert [outcome.refusal for outcome in outcomes] == ["documents.signer.passphrase_refused"] * 2
    assert len(service.asked) == 1
    assert len(queries.unfinished()) == 2


def test_one_paper_that_the_gateway_spoils_does_not_hold_up_the_others(official, service, now, monkeypatch):
    waiting(now)
    waiting(now, subject="family:2")
    real, moods = service.sign, iter(["other_paper", "well"])

    def moody(form):
        service.mood = next(moods)
        return real(form)

    monkeypatch.setattr(service, "sign", moody)

    outcomes = services.resume_issues(now=now, passphrase=RIGHT)

    assert [outcome.refusal for outcome in outcomes] == ["documents.signer.content_differs", ""]
    assert len(queries.unfinished()) == 1


@pytest.mark.parametrize(
    "spot",
    ["dekat.adapters.signer.esign.ask", "dekat.adapters.signer.proof.PdfFileReader", "dekat.documents.archive.keep"],
)
def test_a_death_before_during_and_after_the_signature_leaves_one_document(official, now, monkeypatch, spot):
    def power_cut(*args, **kwargs):
        raise KeyboardInterrupt

    waiting(now)
    with monkeypatch.context() as death:
        death.setattr(spot, power_cut)
        with pytest.raises(KeyboardInterrupt):
            services.resume_issues(now=now, passphrase=RIGHT)
        assert Document.objects.count() == 0
        assert len(queries.unfinished()) == 1

    services.resume_issues(now=now, passphrase=RIGHT)

    card = Document.objects.get()
    assert queries.unfinished() == []
    assert [path.name for path in official.archive.rglob("*.*")] == [f"{card.id}-{card.sha256[:32]}.pdf"]
    assert len(queries.file_bytes(card.id)) == card.size_bytes


def test_a_silent_timestamp_authority_keeps_the_paper_back_until_it_answers(use, now, tmp_path, monkeypatch):
    monkeypatch.setattr(timestamps, "LIMIT_S", 0.3)
    with witness(tmp_path / "witness", now) as clock:
        use(trial_signer(tmp_path / "authority", now=now, timestamps=TimestampAuthority(clock.url)))
        clock.mood = "silent"
        with pytest.raises(refusals.TimestampAway):
            issue_family_card(now)
        issues = services.resume_issues(now=now + timedelta(minutes=2))
        assert [outcome.refusal for outcome in issues] == ["documents.signer.timestamp_away"]
        assert Document.objects.count() == 0

        clock.mood = "well"
        issues = services.resume_issues(now=now + timedelta(minutes=4))

    assert [outcome.refusal for outcome in issues] == [""]
    assert proof.has_timestamp(queries.file_bytes(Document.objects.get().id))
