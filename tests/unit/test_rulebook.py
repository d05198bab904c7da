"""Every rulebook is whole: each link has an owner, a deadline and a law, and every deadline ends at the Sekda."""

from pathlib import Path

import pytest

from dekat.duties.chain import _LINKS
from dekat.duties.evidence import kinds
from dekat.duties.rulebook import FOLDER, rulebook, rulebooks

LAW = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "law.md").read_text()
BY_PART = {"KECAMATAN", "ASSET_USER", "ASKED"}


@pytest.fixture(params=rulebooks(), ids=lambda book: str(book.valid_from))
def book(request):
    return request.param


def test_each_link_can_be_looked_at_and_has_a_rule(book):
    links = {link for chain in book.chain.values() for link in chain}

    assert links <= set(_LINKS)
    assert {rule.link for rule in book.rules.values()} == links


def test_each_rule_names_somebody_a_time_a_law_and_what_clears_it(book):
    for rule in book.rules.values():
        assert rule.owner in BY_PART | set(book.desks)
        assert (rule.desk in book.escalation) or (rule.owner in BY_PART and not rule.desk)
        assert rule.within_working_hours > 0
        assert f"| {rule.law} |" in LAW
        assert set(rule.cleared_by) <= set(kinds())


def test_every_deadline_that_is_missed_rises_to_the_sekda_and_no_further(book):
    for desk in {*book.desks.values(), *book.escalation}:
        seen = [desk]
        while step := book.step_from(seen[-1], via="RULE"):
            assert step.desk not in seen
            assert f"| {step.law} |" in LAW
            seen.append(step.desk)
        assert seen[-1] == book.desk_of("SEKDA")


def test_the_newest_file_in_force_speaks_and_before_the_first_the_first():
    assert [str(book.valid_from) for book in rulebooks()] == sorted(file.stem for file in FOLDER.glob("*.json"))
    assert rulebook(rulebooks()[0].valid_from.replace(year=1990)) is rulebooks()[0]
    assert rulebook(rulebooks()[-1].valid_from) is rulebooks()[-1]
