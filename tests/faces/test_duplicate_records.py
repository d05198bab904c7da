"""The office's page of two records that may be one human: one officer proposes, another confirms."""

import re

import pytest

from dekat.accounts.roles import Role
from dekat.documents import ports as document_ports
from dekat.documents import queries as documents
from dekat.documents.kinds import DocumentStatus
from dekat.flows.issue_kk import issue_kk
from dekat.kernel.ids import new_id
from dekat.openings import queries as openings
from dekat.registry import queries
from dekat.registry.states import ResidentState
from dekat.reports import who_opened
from tests.make import registry as make_registry
from tests.make.accounts import HEAD, let_in
from tests.make.documents import make_workshop

pytestmark = pytest.mark.django_db
HOME, TWICE = "/kantor/data-ganda/", "9911121703900007"
FIRST, SECOND = Role.VERIFIER, Role.REGISTRY_HEAD


@pytest.fixture
def double(identity, now):
    """The head of a family of three once more, alone under another NIK."""
    family = make_registry.registered(now)
    again = make_registry.person(now, nik=TWICE, full_name="Mohamad Hasan Basri")
    make_registry.registered(now, again, card_no="9911190101150002")
    return family


def asks(client):
    page = client.post(f"{HOME}cari/", {"first": "9911191703900001", "second": TWICE})
    finding = {"finding": "KEEP_SECOND", "takes_place": "on", "reason": "KTP-el ditunjukkan."}
    return client.post(page.url, finding)


def test_one_officer_proposes_and_another_merges_and_the_papers_follow(double, client, now, tmp_path, monkeypatch):
    family = double
    workshop = make_workshop(tmp_path, now)
    monkeypatch.setattr(document_ports, "_source", lambda: workshop)
    old = issue_kk(document_id=new_id(now), family_id=family.id, actor=HEAD, now=now)
    alone = queries.resident_by_nik(TWICE).family_id
    emptied = issue_kk(document_id=new_id(now), family_id=alone, actor=HEAD, now=now)
    let_in(client, FIRST, now=now)
    assert asks(client).status_code == 302
    own = client.get(HOME).content.decode()
    (address,) = re.findall(rf"{HOME}usul/[0-9a-f-]+/", own)
    assert "Sahkan" not in client.get(address).content.decode()
    assert client.post(f"{address}sahkan/").status_code == 409

    let_in(client, SECOND, now=now)
    page = client.get(address).content.decode()
    done = client.post(f"{address}sahkan/", follow=True).content.decode()

    assert "Sahkan dan jalankan" in page
    assert TWICE not in page + own
    assert "Disahkan" in done
    assert queries.resident(family.members[0].id).state is ResidentState.MERGED
    assert queries.family_card_content(family.id)["members"][0]["nik"] == TWICE
    assert documents.find(old.id).status is DocumentStatus.SUPERSEDED
    assert documents.find(emptied.id).status is DocumentStatus.REVOKED
    assert documents.active_for(kind=old.kind, subject=f"family:{family.id}")
    # Both officers saw both records in full, and that is written down.
    assert {(act.actor.role, len(act.people)) for act in openings.latest_acts()} == {(FIRST, 2), (SECOND, 2)}
    gone, goes_on = family.members[0].id, queries.resident_by_nik(TWICE).id
    former = client.post(f"/kantor/cari/orang/{gone}/", {"purpose": "CORRECTION"}, follow=True).content.decode()
    assert f'href="/kantor/cari/orang/{goes_on}/"' in former
    assert gone in [one.subject_id for one in who_opened.openings_about([goes_on], on=now.date())]


def test_what_may_not_be_is_said_at_the_form_where_nothing_is_lost(double, client, now):
    let_in(client, FIRST, now=now)
    page = client.post(f"{HOME}cari/", {"first": "9911191703900001", "second": TWICE})

    answer = client.post(page.url, {"finding": "KEEP_SECOND", "reason": "Alasan yang panjang."})

    assert answer.status_code == 422
    assert "Alasan yang panjang." in answer.content.decode()
    assert client.post(page.url, {"finding": "KEEP_SECOND", "takes_place": "on", "reason": "x"}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"second": "123"}, "tepat 16 angka"),
        ({"second": "9911191703900001"}, "sama"),
        ({"first": ""}, "govuk-error-message"),
    ],
)
def test_a_number_that_finds_nobody_is_said_at_its_field(double, client, now, typed, words):
    let_in(client, FIRST, now=now)

    answer = client.post(f"{HOME}cari/", {"first": "9911191703900001", "second": TWICE, **typed})

    assert answer.status_code == 422
    assert words in answer.content.decode().lower()


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.DISTRICT_HEAD, Role.PARLIAMENT])
def test_nobody_outside_the_office_opens_it(identity, client, now, role):
    let_in(client, role, now=now, kecamatan="35.11.19" if role in (Role.OPERATOR, Role.DISTRICT_HEAD) else "")

    assert client.get(HOME).status_code == 403
