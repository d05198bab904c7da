"""The camat assigns the operator of the devices; the home says when nobody is on duty."""

from uuid import uuid4

import pytest

from dekat.accounts.queries import accounts_of
from dekat.accounts.roles import Role
from dekat.duties import queries as duties
from dekat.ledger import queries as ledger
from tests.make.station import KECAMATAN, log_in, officer, play_station

pytestmark = pytest.mark.django_db


@pytest.fixture
def camat(identity, client, now, settings, monkeypatch):
    play_station(settings, monkeypatch)
    officer(now)
    officer(now, role=Role.DISTRICT_HEAD, username="camat")
    log_in(client, username="camat")
    return client


@pytest.fixture
def operator(camat):
    return accounts_of(role=Role.OPERATOR)[0].id


def test_an_operator_goes_on_duty_once_and_off_duty_again(camat, operator):
    assert "Belum ada operator yang bertugas" in camat.get("/").content.decode()

    camat.post(f"/alat/petugas/{operator}/tugaskan/")
    camat.post(f"/alat/petugas/{operator}/tugaskan/")

    assert list(duties.operators(KECAMATAN)) == [str(operator)]
    assert len(ledger.events(names=["duties.operator.assigned"])) == 1
    assert "Bertugas sejak" in camat.get("/alat/petugas/").content.decode()
    assert "Belum ada operator yang bertugas" not in camat.get("/").content.decode()
    camat.post(f"/alat/petugas/{operator}/akhiri/")
    assert duties.operators(KECAMATAN) == {}


def test_only_an_operator_of_this_kecamatan_is_assigned(camat):
    head = accounts_of(role=Role.DISTRICT_HEAD)[0].id

    assert camat.post(f"/alat/petugas/{uuid4()}/tugaskan/").status_code == 404
    assert camat.post(f"/alat/petugas/{head}/tugaskan/").status_code == 404


def test_an_operator_looks_but_does_not_assign(camat, operator):
    camat.post("/keluar/")
    log_in(camat)

    assert "Tugaskan</" not in camat.get("/alat/petugas/").content.decode()
    assert camat.post(f"/alat/petugas/{operator}/tugaskan/").status_code == 403
