"""Green, yellow, red: and the same red for what never existed."""

import pytest

from dekat.documents import ports, queries, services, verification
from dekat.documents.kinds import RevocationReason
from dekat.documents.stamp import as_code
from dekat.documents.verification import FALSE, Verdict
from dekat.kernel.ids import CodeMistyped, new_id, spaced
from tests.make.documents import CENTRE, family_card, issue_family_card, make_workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(identity, now, tmp_path, monkeypatch):
    made = make_workshop(tmp_path, now)
    monkeypatch.setattr(ports, "_source", lambda: made)
    return issue_family_card(now)


def code_of(card):
    return as_code(card.stamp, address="http://127.0.0.1:8000")


def test_a_genuine_card_is_green(card):
    answer = verification.of_code(code_of(card))

    assert (answer.verdict, answer.kind_label, answer.is_specimen) == (Verdict.VALID, "Kartu Keluarga", True)


def test_a_replaced_card_is_yellow(card, now):
    issue_family_card(now, content=family_card(5))

    assert verification.of_code(code_of(card)).verdict == Verdict.SUPERSEDED


def test_a_revoked_card_says_so(card, now):
    services.revoke(document_id=card.id, reason=RevocationReason.COURT_ORDER, actor=CENTRE, now=now)

    assert verification.of_code(code_of(card)).verdict == Verdict.REVOKED


def test_one_altered_letter_is_red(card):
    code = code_of(card)
    place = len(code) // 2

    assert verification.of_code(code[:place] + ("B" if code[place] == "A" else "A") + code[place + 1 :]) == FALSE


def test_a_typed_number_finds_the_card_and_a_mistyped_one_is_refused(card):
    assert verification.of_typed(spaced(card.serial).lower()).verdict == Verdict.VALID
    with pytest.raises(CodeMistyped):
        verification.of_typed(card.serial[:-1] + ("A" if card.serial[-1] != "A" else "B"))


def test_a_file_with_one_changed_byte_is_red(card):
    pdf = queries.file_bytes(card.id)

    assert verification.of_file(pdf).verdict == Verdict.VALID
    assert verification.of_file(pdf[:-1] + b"x") == FALSE


def test_an_id_that_never_existed_gets_the_answer_of_a_forgery(card, now):
    assert verification.standing(new_id(now)) == FALSE
    assert verification.standing(card.id).stamp is None
