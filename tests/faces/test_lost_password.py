"""A forgotten password at a station, open or locked, without a network (the case of Bayat)."""

import base64
import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError

from dekat.accounts import keyring, passwords, recovery
from dekat.accounts.actor import machine
from dekat.accounts.models import Account
from dekat.accounts.queries import own_identity
from dekat.accounts.roles import Role
from dekat.flows import renew_password
from dekat.kernel.ids import new_code
from dekat.kernel.sealing import OpenKey
from dekat.ledger import queries as ledger
from dekat.sync.models import OutItem
from tests.make.station import KECAMATAN, PASSWORD, log_in, officer

pytestmark = pytest.mark.django_db
NEW = "kalimat-baru-rina"


@pytest.fixture(autouse=True)
def station(identity, now, settings, monkeypatch, tmp_path):
    """An open station with an operator, a second one and the camat; its keyring knows all three."""
    passwords._slips.clear()
    cache.clear()
    # Argon2id has its own tests; here it would only be slow.
    for module in (keyring, recovery):
        monkeypatch.setattr(module, "_derive", lambda secret, salt: sha256(secret.encode() + salt).digest())
    key = keyring.create(tmp_path / "keyring.json", regency=own_identity().node.seal_key)
    for name, role in (("rina", Role.OPERATOR), ("budi", Role.OPERATOR), ("camat", Role.DISTRICT_HEAD)):
        officer(now, username=name, role=role)
        keyring.add_officer(tmp_path / "keyring.json", username=name, password=PASSWORD, key=key)
    settings.IS_STATION = True
    settings.ROOT_URLCONF = "dekat.project.urls_station"
    settings.ENV = replace(settings.ENV, data_dir=tmp_path, database_key="", kecamatan=KECAMATAN)
    # The test's own database is plain: what opens is the keyring, not the file.
    monkeypatch.setattr("dekat.project.sqlite.base.keyring.database_key", lambda: "")
    monkeypatch.setattr(keyring, "is_locked", lambda: keyring._key == "")
    monkeypatch.setattr(keyring, "_key", key)
    monkeypatch.setattr(keyring, "database_key", lambda: keyring._key)
    return key


def two(client, **other):
    values = {
        "username": "rina",
        "first_name": "camat",
        "first_password": PASSWORD,
        "second_name": "budi",
        "second_password": PASSWORD,
        "password": NEW,
        "again": NEW,
    }
    return client.post("/lupa-sandi/berdua/", {**values, **other})


def may_open(tmp_path, username, password):
    try:
        keyring.unlock(tmp_path / "keyring.json", username=username, password=password)
    except keyring.PasswordUnknown:
        return False
    return True


def test_the_log_in_page_leads_there(client):
    assert "/lupa-sandi/" in client.get("/masuk/").content.decode()
    assert "/lupa-sandi/berdua/" in client.get("/lupa-sandi/").content.decode()


def test_camat_and_another_officer_give_the_operator_a_new_password(client, tmp_path):
    assert "tersimpan" in two(client).content.decode()

    answer = client.post("/masuk/", {"username": "rina", "password": NEW})
    assert answer.status_code == 302
    assert may_open(tmp_path, "rina", NEW)


def test_the_old_password_is_void_at_the_log_in_and_in_the_keyring(client, tmp_path):
    two(client)

    assert client.post("/masuk/", {"username": "rina", "password": PASSWORD}).status_code == 403
    assert not may_open(tmp_path, "rina", PASSWORD)


def test_it_works_at_a_locked_station_and_opens_it(client, monkeypatch, station, tmp_path):
    monkeypatch.setattr(keyring, "_key", "")
    assert client.get("/masuk/").url == "/buka/"

    assert "tersimpan" in two(client).content.decode()

    assert keyring._key == station
    assert may_open(tmp_path, "rina", NEW)


def test_the_sessions_of_the_forgotten_password_end(client):
    log_in(client)
    assert client.get("/rekam/cari").status_code == 200

    two(client)

    assert client.get("/rekam/cari").status_code == 302


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"second_name": "camat"}, "dua orang"),
        ({"second_name": "rina"}, "Dua orang lain"),
        ({"first_name": "rina", "second_name": "budi"}, "Dua orang lain"),
        ({"second_password": "salah-salah-salah"}, "tidak cocok"),
        ({"username": "orang-lain"}, "tidak dikenal"),
        ({"password": "pendek", "again": "pendek"}, "terlalu pendek"),
        ({"again": "lain-lain-lain-lain"}, "tidak sama"),
    ],
)
def test_what_is_not_two_others_changes_nothing(client, other, words):
    page = two(client, **other).content.decode()

    assert words.lower() in page.lower()
    assert client.post("/masuk/", {"username": "rina", "password": PASSWORD}).status_code == 302


def test_two_operators_without_the_camat_are_not_enough(client, now):
    officer(now, username="dewi")

    assert "camat" in two(client, first_name="dewi").content.decode()
    assert client.post("/masuk/", {"username": "rina", "password": NEW}).status_code == 403


def test_two_operators_vouch_for_the_camat(client, now):
    two(client, username="camat", first_name="rina")

    assert client.post("/masuk/", {"username": "camat", "password": NEW}).status_code == 302


def test_guessing_waits(client):
    for _ in range(5):
        two(client, second_password="salah-salah-salah")

    assert "terlalu sering" in two(client).content.decode()


def test_it_is_in_the_ledger_and_told_to_the_centre_sealed(client):
    two(client)

    [event] = ledger.events(names=["accounts.password.renewed"])
    message = OutItem.objects.get(kind=renew_password.MESSAGE_KIND)
    assert event.data["way"] == "TWO_OFFICERS"
    assert NEW.encode() not in bytes(message.envelope)
    assert b"argon2" not in bytes(message.envelope)


def test_the_centre_keeps_it_and_tells_it_again(client, now):
    two(client)
    account = Account.objects.get(username="rina")
    kept, account_id = account.password, str(account.id)
    Account.objects.filter(id=account.id).update(password="the old one")
    from tests.make.sync import enrolled_station

    enrolled_station(now=now, kecamatan=KECAMATAN)
    body = {"account_id": account_id, "password": kept}

    renew_password.receive_renewed(item_id=account.id, node=f"station-{KECAMATAN}", body=body, now=now)

    assert Account.objects.get(id=account.id).password == kept


def test_a_station_may_not_change_the_password_of_somebody_elsewhere(now):
    from tests.make.sync import enrolled_station

    enrolled_station(now=now, kecamatan="35.11.01")
    account = Account.objects.get(username="rina")
    body = {"account_id": str(account.id), "password": "x"}

    with pytest.raises(renew_password.StrangeOfficer):
        renew_password.receive_renewed(item_id=account.id, node="station-35.11.01", body=body, now=now)


class TestRegency:
    """Nobody remembers: the centre opens the station's key under a one-time code."""

    @pytest.fixture
    def office(self, now, settings):
        made = {name: officer(now, username=name, role=Role.VERIFIER) for name in ("vera", "vino")}
        from tests.make.sync import enrolled_station

        enrolled_station(now=now, kecamatan=KECAMATAN)
        settings.NODE_NAME = f"station-{KECAMATAN}"
        return made

    @pytest.fixture
    def asked(self, client, monkeypatch, office):
        monkeypatch.setattr(keyring, "_key", "")
        answer = client.post("/lupa-sandi/permintaan/", {"username": "rina"})
        assert answer["Content-Disposition"].startswith("attachment")
        return answer.content.decode()

    def given(self, asked, office, now):
        request = recovery.read_request(asked)
        first, second = office.values()
        return recovery.answer(request=request, first=first, second=second, actor=machine("centre"), now=now)

    def bring(self, client, text, code, password=NEW):
        file = SimpleUploadedFile("jawaban.json", text.encode())
        values = {"answer": file, "code": code, "password": password, "again": password}
        return client.post("/lupa-sandi/dispendukcapil/", values)

    def test_the_answer_and_the_code_open_the_station_and_set_the_password(self, client, asked, office, now, tmp_path):
        given = self.given(asked, office, now)

        page = self.bring(client, given.text, given.code.lower()).content.decode()

        assert "tersimpan" in page
        assert may_open(tmp_path, "rina", NEW)
        [event] = ledger.events(names=["accounts.password.renewed"])
        assert event.data["way"] == "REGENCY"
        assert len(ledger.events(names=["accounts.recovery.granted"])) == 1

    def test_an_answer_opens_once(self, client, asked, office, now):
        given = self.given(asked, office, now)
        self.bring(client, given.text, given.code)

        assert "habis" in self.bring(client, given.text, given.code).content.decode()

    def test_the_request_alone_opens_nothing_and_holds_no_key(self, asked, station):
        assert station not in asked
        with pytest.raises(recovery.SealBroken):
            keyring.open_for_regency(recovery.read_request(asked).wrapped, key=OpenKey.generate())

    def test_five_wrong_codes_spend_the_request(self, client, asked, office, now):
        given, other = self.given(asked, office, now), self.given(asked, office, now)
        for _ in range(5):
            assert "tidak cocok" in self.bring(client, given.text, other.code).content.decode()

        assert "habis" in self.bring(client, given.text, given.code).content.decode()
        assert keyring._key == ""

    def test_nobody_replaces_the_request_that_waits_as_often_as_they_like(self, client, asked, office, now):
        later = [client.post("/lupa-sandi/permintaan/", {"username": "budi"}) for _ in range(6)]

        assert [answer.status_code for answer in later] == [200] * 5 + [403]
        assert "Pakai berkas permintaan yang terakhir" in later[-1].content.decode()

    def test_a_mistyped_code_costs_no_try(self, client, asked, office, now):
        given = self.given(asked, office, now)
        wrong = given.code[:-1] + ("0" if given.code[-1] != "0" else "1")
        for _ in range(6):
            assert "salah ketik" in self.bring(client, given.text, wrong).content.decode()

        assert "tersimpan" in self.bring(client, given.text, given.code).content.decode()

    def test_an_answer_to_another_station_is_none(self, client, asked, office, now):
        given = self.given(asked, office, now)
        said = json.loads(given.text)
        said["request"] = "00" * 16

        assert "bukan jawaban" in self.bring(client, json.dumps(said), given.code).content.decode()

    def test_an_answer_with_another_signature_opens_nothing(self, client, asked, office, now):
        given = self.given(asked, office, now)
        said = json.loads(given.text)
        said["approved_by"] = ["somebody"]

        assert "bukan jawaban" in self.bring(client, json.dumps(said), given.code).content.decode()
        assert keyring._key == ""

    def test_a_forged_answer_with_a_key_of_its_own_leaves_the_station_locked(self, client, asked, station, monkeypatch):
        def centre():
            if keyring._key != station:
                raise DatabaseError("file is not a database")
            return own_identity().node

        monkeypatch.setattr(recovery, "centre", centre)
        monkeypatch.setattr(recovery.connection, "close", lambda: None)
        code, salt, nonce = new_code(recovery.CODE_LETTERS), bytes(16), bytes(12)
        request = recovery.read_request(asked)
        sealed = AESGCM(recovery._derive(code, salt)).encrypt(nonce, bytes(32), request.id.encode())
        said = {"dekat": "recovery-answer/1", "request": request.id, "node": request.node, "approved_by": []}
        said["sealed"] = base64.b64encode(salt + nonce + sealed).decode()
        said["signature"] = base64.b64encode(bytes(64)).decode()

        assert "bukan jawaban" in self.bring(client, json.dumps(said), code).content.decode()
        assert keyring._key == ""

    def test_after_three_days_the_request_is_spent(self, tmp_path, asked, office, now):
        given = self.given(asked, office, now)

        with pytest.raises(recovery.RequestSpent):
            recovery.open_with_answer(tmp_path, text=given.text, code=given.code, now=now + timedelta(days=4000))

    def test_one_officer_of_the_centre_is_not_enough(self, asked, office, now):
        first, _ = office.values()
        with pytest.raises(recovery.SecondOfficerNeeded):
            recovery.answer(
                request=recovery.read_request(asked), first=first, second=first, actor=machine("centre"), now=now
            )

    def test_an_operator_is_no_officer_of_the_centre(self, asked, office, now):
        first, operator = office["vera"], Account.objects.get(username="rina").id
        with pytest.raises(recovery.SecondOfficerNeeded):
            recovery.answer(
                request=recovery.read_request(asked), first=first, second=operator, actor=machine("centre"), now=now
            )

    def test_the_page_of_the_office_asks_for_a_colleague(self, client, asked, office, settings, monkeypatch):
        settings.IS_STATION = False
        settings.ROOT_URLCONF = "dekat.project.urls_centre"
        log_in(client, "vera")
        file = SimpleUploadedFile("permintaan.json", asked.encode())
        values = {"request_file": file, "is_called": "on", "username": "vino", "password": PASSWORD}

        page = client.post("/kantor/pemulihan/", values).content.decode()

        assert "lewat telepon" in page
        assert "recovery-answer" in page
