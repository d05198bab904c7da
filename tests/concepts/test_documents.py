"""Status and file never disagree, whatever fails and whenever."""

from datetime import timedelta

import pytest

from dekat.documents import archive, feed, making, ports, queries, services, verification
from dekat.documents.contents import ContentIncomplete
from dekat.documents.kinds import DocumentKind, DocumentStatus, RevocationReason, SheetKind
from dekat.documents.models import Document, Issue
from dekat.kernel.errors import DekatError
from dekat.ledger import queries as ledger
from dekat.sync.queries import blob
from tests.make.documents import CENTRE, every_other_paper, family_card, issue_family_card, make_workshop
from tests.make.paper import codes_of, text_of
from tests.make.papers import every_paper_of_residents

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shared_workshop(tmp_path_factory):
    from tests.conftest import NOW

    return make_workshop(tmp_path_factory.mktemp("workshop"), NOW)


@pytest.fixture
def workshop(identity, shared_workshop, monkeypatch):
    monkeypatch.setattr(ports, "_source", lambda: shared_workshop)
    return shared_workshop


class Refused(DekatError):
    """The test's own trouble."""

    code = "documents.test.refused"


def test_an_issued_card_is_registered_filed_and_told(workshop, now):
    card = issue_family_card(now)

    pdf = queries.file_bytes(card.id)
    assert (card.status, card.version, card.page_count) == (DocumentStatus.ACTIVE, 1, 1)
    assert card.is_specimen
    assert card.size_bytes == len(pdf)
    assert queries.active_for(kind=DocumentKind.FAMILY_CARD, subject="family:1") == card
    assert queries.printable("35.11.12") == [card]
    assert blob(card.sha256) == pdf
    told = ledger.events(subject=f"document:{card.id}")
    assert [event.name for event in told] == ["documents.document.issued"]
    assert told[0].data["sha256"] == card.sha256
    assert queries.unfinished() == []


def test_the_ledger_learns_no_personal_data(workshop, now):
    issue_family_card(now)

    said = str([event.data for event in ledger.events(name_prefix="documents.")])
    assert "CONTOH" not in said
    assert "9911" not in said


def test_a_newer_card_turns_the_former_yellow_in_the_same_moment(workshop, now):
    first = issue_family_card(now)
    second = issue_family_card(now, content=family_card(5))

    former = queries.document(first.id)
    assert (former.status, former.superseded_by) == (DocumentStatus.SUPERSEDED, second.id)
    assert [card.version for card in queries.of_owner("family:1")] == [2, 1]
    assert queries.printable("35.11.12") == [second]


def test_a_card_may_replace_cards_of_other_families(workshop, now):
    others = [issue_family_card(now, subject=f"family:{number}").id for number in (2, 3)]

    issue_family_card(now, subject="family:9", supersedes=others)

    assert {queries.document(other).status for other in others} == {DocumentStatus.SUPERSEDED}


def test_the_same_id_issues_once(workshop, now):
    first = issue_family_card(now)

    again = issue_family_card(now, document_id=first.id)

    assert again == first
    assert Document.objects.count() == 1


@pytest.mark.parametrize("phase", ["render", "sign", "keep", "offer", "register"])
def test_a_crash_in_any_phase_leaves_the_former_card_valid_and_is_finished_later(workshop, now, monkeypatch, phase):
    former = issue_family_card(now)
    spots = {
        "render": (type(workshop.renderer), "render"),
        "sign": (type(workshop.authority.signer), "sign"),
        "keep": (archive, "keep"),
        "offer": (feed, "offer_file"),
        "register": (services, "_supersede"),
    }

    def power_cut(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as crash:
        crash.setattr(*spots[phase], power_cut)
        with pytest.raises(KeyboardInterrupt):
            issue_family_card(now, content=family_card(5))

    assert queries.document(former.id).status == DocumentStatus.ACTIVE
    assert len(queries.unfinished()) == 1
    outcomes = services.resume_issues(now=now)
    assert [outcome.refusal for outcome in outcomes] == [""]
    card = queries.document(outcomes[0].document_id)
    assert card.status == DocumentStatus.ACTIVE
    assert queries.document(former.id).superseded_by == card.id
    assert len(queries.file_bytes(card.id)) == card.size_bytes
    assert len(list(workshop.archive.rglob(f"{card.id}-*"))) == 1
    assert queries.unfinished() == []


def test_a_refusal_is_reported_until_it_can_be_finished(workshop, now, monkeypatch):
    def refuse(*args, **kwargs):
        raise Refused

    with monkeypatch.context() as broken:
        broken.setattr(type(workshop.authority.signer), "sign", refuse)
        with pytest.raises(Refused):
            issue_family_card(now)
        assert [outcome.refusal for outcome in services.resume_issues(now=now)] == [Refused.code]

    assert [outcome.refusal for outcome in services.resume_issues(now=now)] == [""]


def test_an_intent_that_somebody_is_at_work_on_is_left_alone(workshop, now):
    services.intend(
        kind=DocumentKind.FAMILY_CARD,
        subject="family:1",
        kecamatan="35.11.12",
        content=family_card(),
        actor=CENTRE,
        now=now,
    )

    assert services.resume_issues(now=now, idle_for=timedelta(minutes=1)) == []
    assert len(services.resume_issues(now=now + timedelta(minutes=1), idle_for=timedelta(minutes=1))) == 1


def test_a_late_issue_never_replaces_a_newer_one(workshop, now):
    slow = services.intend(
        kind=DocumentKind.FAMILY_CARD,
        subject="family:1",
        kecamatan="35.11.12",
        content=family_card(),
        actor=CENTRE,
        now=now,
    )
    quick = issue_family_card(now, content=family_card(5))

    with pytest.raises(services.IssueOvertaken):
        services.complete(document_id=slow, now=now)

    assert queries.active_for(kind=DocumentKind.FAMILY_CARD, subject="family:1") == quick
    assert not Issue.objects.exists()
    assert list(workshop.archive.rglob(f"{slow}-*")) == []
    assert ledger.events(names=["documents.issue.dropped"])


def test_a_paper_that_lacks_a_text_is_not_intended(workshop, now):
    whole = family_card()
    del whole["village"]

    with pytest.raises(ContentIncomplete) as refused:
        issue_family_card(now, content=whole)

    assert refused.value.facts["fields"] == "village"
    assert not Issue.objects.exists()


def test_a_damaged_file_is_never_handed_out(workshop, now):
    card = issue_family_card(now)
    path = next(workshop.archive.rglob(f"{card.id}-*"))
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    with pytest.raises(archive.FileDamaged):
        queries.file_bytes(card.id)


def test_a_revoked_card_is_no_longer_valid_and_stays_so(workshop, now):
    card = issue_family_card(now)

    services.revoke(document_id=card.id, reason=RevocationReason.WRONG_CONTENT, actor=CENTRE, now=now)
    services.revoke(document_id=card.id, reason=RevocationReason.COURT_ORDER, actor=CENTRE, now=now)

    assert queries.document(card.id).revocation_reason == RevocationReason.WRONG_CONTENT
    assert queries.printable("35.11.12") == []
    assert len(ledger.events(names=["documents.document.revoked"])) == 1


def test_a_superseded_card_cannot_be_revoked(workshop, now):
    first = issue_family_card(now)
    issue_family_card(now, content=family_card(5))

    with pytest.raises(services.NotActive):
        services.revoke(document_id=first.id, reason=RevocationReason.WRONG_CONTENT, actor=CENTRE, now=now)


def test_the_code_on_the_paper_says_what_the_paper_says(workshop, now):
    card = issue_family_card(now, content=family_card(13))
    pdf = queries.file_bytes(card.id)

    codes = codes_of(pdf, dpi=150)

    assert len(codes) == 1
    answer = verification.of_code(codes[0])
    assert answer.verdict == verification.Verdict.VALID
    assert (answer.stamp.number_tail, answer.stamp.initials, answer.stamp.count) == ("4071", "CKK", 13)
    assert answer.stamp.document_id == card.id
    assert f"{card.serial[:5]}-{card.serial[5:]}" in text_of(pdf)


def test_a_station_issues_nothing(identity, workshop, now, monkeypatch):
    bare = ports.Workshop(renderer=workshop.renderer, archive=workshop.archive, authority=None)
    monkeypatch.setattr(ports, "_source", lambda: bare)

    with pytest.raises(ports.NotAnIssuer):
        issue_family_card(now)


def test_a_station_holds_what_the_centre_published_and_can_print_it(workshop, now, tmp_path, monkeypatch):
    first = issue_family_card(now)
    second = issue_family_card(now, content=family_card(5))
    messages = [feed.document_message(Document.objects.get(id=card.id)) for card in (second, first, second)]
    pdf = queries.file_bytes(second.id)
    Document.objects.all().delete()
    station = ports.Workshop(renderer=workshop.renderer, archive=tmp_path, authority=None)
    monkeypatch.setattr(ports, "_source", lambda: station)

    for message in messages:
        feed.apply_document(item_id=second.id, node="centre", body=message, now=now)

    assert [card.id for card in queries.printable("35.11.12")] == [second.id]
    assert queries.file_bytes(second.id) == pdf
    assert queries.document(first.id).status == DocumentStatus.SUPERSEDED


def test_each_other_kind_can_be_issued(workshop, now):
    kinds = {
        DocumentKind.HANDOVER_RECORD: "handover_record.typ",
        DocumentKind.CARD_BATCH: "card_batch.typ",
        DocumentKind.EVIDENCE_PACK: "evidence_pack.typ",
    }
    for kind, template in kinds.items():
        content = {key: value for key, value in every_other_paper()[template].items() if key != "serial"}

        card = services.issue(
            kind=kind, subject="device:1", kecamatan="35.11.12", content=content, actor=CENTRE, now=now
        )

        assert blob(card.sha256) is None
        assert verification.of_file(queries.file_bytes(card.id)).verdict == verification.Verdict.VALID


def test_a_residents_paper_gets_the_office_s_day_official_and_regency_and_is_told_to_the_station(workshop, now):
    said = every_paper_of_residents()[DocumentKind.STATEMENT]
    content = {key: value for key, value in said.items() if key not in ("issued_on", "official", "regency")}
    facts = {"kind": DocumentKind.STATEMENT, "kecamatan": "35.11.12", "content": content, "actor": CENTRE, "now": now}

    former = services.issue(subject="resident:1", **facts)
    card = services.issue(subject="resident:1", **facts)

    assert queries.printable("35.11.12") == [card]
    assert queries.document(former.id).status == DocumentStatus.SUPERSEDED
    words = " ".join(text_of(queries.file_bytes(card.id)).split())
    assert "Pemerintah Kabupaten Bondowoso" in words
    assert "Drs. CONTOH PEJABAT, M.Si." in words
    assert "23-11-2026" in words


def test_everybody_prints_their_papers_at_home_but_not_cards_or_the_offices_records():
    at_home = {kind for kind in DocumentKind if queries.may_print_at_home(kind)}

    assert at_home == set(every_paper_of_residents()) - {DocumentKind.CHILD_CARD}


@pytest.mark.parametrize(("kind", "template"), [(SheetKind.RECEIPT, "receipt"), (SheetKind.CARD_LABEL, "card_label")])
def test_a_sheet_is_drawn_without_being_registered(workshop, now, kind, template):
    content = every_other_paper()[f"{template}.typ"]

    pdf = making.render_sheet(kind=kind, content=content, code="HTTP://X/LACAK/1", is_sample=True, now=now)

    assert codes_of(pdf, dpi=150) == ["HTTP://X/LACAK/1"]
    assert not Document.objects.exists()
