"""A sample of the randomised days of a print desk (`make bench ONLY=printing` lives a hundred: a thousand papers)."""

import pytest

from dekat.documents import ports as document_ports
from dekat.printing import ports
from tests.fault import print_schedules
from tests.make import printing


@pytest.fixture
def days(identity, now, tmp_path, monkeypatch):
    monkeypatch.setattr(document_ports, "_source", document_ports._source)
    monkeypatch.setattr(ports, "_printer", ports._printer)
    printing.keep_documents_in(tmp_path / "archive")
    return lambda count, seed: print_schedules.run(count, seed=seed, folder=tmp_path, now=now)


def test_no_paper_is_lost_and_no_sheet_comes_out_unnoticed(days):
    found = days(6, seed=1)

    assert found["broken"] == []
    assert found["tried"]["jobs"] >= 60
    assert {"die before", "die after", "restart", "power-off", "missing_and_told", "twice"} <= found["tried"].keys()
