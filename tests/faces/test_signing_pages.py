"""Where a person signs: the passphrase is asked for, goes to the gateway, and is seen nowhere else."""

from datetime import timedelta

import pytest

from dekat.accounts.roles import Role
from dekat.adapters.signer.certificates import signer_card
from dekat.adapters.signer.checked import CheckedSigner
from dekat.adapters.signer.esign import EsignSigner, Gateway
from dekat.adapters.signer.proof import Trust
from dekat.areas.services import load_bundled
from dekat.cases import queries as cases
from dekat.cases.states import State
from dekat.documents import ports, queries
from dekat.documents.ports import PassphraseNeeded
from dekat.faces.cli import signer as command
from dekat.registry.services import load_code_lists
from tests.flows.test_kk_change import approved as approved_change
from tests.make import esign
from tests.make import registry as make_registry
from tests.make.accounts import let_in
from tests.make.documents import issue_family_card, make_workshop
from tests.make.signing import Certifier

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/kantor/tanda-tangan/"


@pytest.fixture
def service(tmp_path, now):
    with esign.gateway(Certifier(tmp_path, now), now) as told:
        yield told


@pytest.fixture
def centre(identity, service, now, tmp_path, monkeypatch):
    """A centre whose official signs through the gateway."""
    way = Gateway(url=service.url, user=esign.USER, password=esign.PASSWORD, nik=esign.NIK)
    signer = EsignSigner(way, card=signer_card(service.certificate, kind="bsre", needs_passphrase=True))
    trust = Trust(service.certificate, [], [], wants_timestamp=False, timestamp_roots=[])
    made = make_workshop(tmp_path, now, signer=CheckedSigner(signer, trust))
    monkeypatch.setattr(ports, "_source", lambda: made)
    return made


@pytest.fixture
def approved(centre, now):
    """A change of a KK that a verifier approved."""
    load_bundled()
    load_code_lists()
    return approved_change(now, make_registry.registered(now))


def waiting(now):
    with pytest.raises(PassphraseNeeded):
        issue_family_card(now)


def test_the_head_signs_an_application_with_their_passphrase(approved, client, now, service):
    let_in(client, Role.REGISTRY_HEAD, now=now)
    here = f"/kantor/permohonan/{approved.id}/"

    assert 'type="password"' in client.get(here).content.decode()
    without = client.post(f"{here}tandatangani/")
    wrong = client.post(f"{here}tandatangani/", {"passphrase": "salah"})
    assert 'type="password"' in without.content.decode()
    assert "documents.signer.passphrase_refused" in wrong.content.decode()
    assert "salah" not in wrong.content.decode()
    assert cases.application(approved.id).state == State.APPROVED
    back = client.post(f"{here}periksa-lagi/", {"note": "Keliru"})
    assert "cases.application.already_acted_on" in back.content.decode()
    client.post(f"{here}tandatangani/", {"passphrase": esign.PASSPHRASE})

    assert cases.application(approved.id).state == State.ISSUED
    assert queries.unfinished() == []


def test_what_waits_names_whose_turn_it_is_and_the_head_finishes_it(centre, client, now):
    waiting(now)
    let_in(client, Role.VERIFIER, now=now)
    seen = client.get(HERE).content.decode()
    assert "Kepala Dinas" in seen
    assert 'type="password"' not in seen
    assert client.post(f"{HERE}semua/", {"passphrase": esign.PASSPHRASE}).status_code == 403
    assert HERE in client.get("/kantor/permohonan/").content.decode()

    let_in(client, Role.REGISTRY_HEAD, now=now)
    after = client.post(f"{HERE}semua/", {"passphrase": esign.PASSPHRASE}, follow=True).content.decode()

    assert "1 dokumen terbit." in after
    assert queries.unfinished() == []


def test_the_command_shows_who_signs_and_warns_a_month_before_the_end(centre, now, capsys, monkeypatch):
    assert command.run_check(None) == 0
    monkeypatch.setattr(command, "now", lambda: now + timedelta(days=340))
    assert command.run_show(None) == 1

    told = capsys.readouterr().out
    assert "Nama         : CONTOH PEJABAT" in told
    assert "SPESIMEN" in told
    assert "Percobaan    : berhasil" in told
    assert "PERHATIAN" in told
    assert esign.NIK not in told
