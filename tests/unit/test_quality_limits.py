"""Thresholds are settings with a source."""

import pytest

from dekat.adapters.quality.limits import LIMITS, LimitsWrong, read_limits


def test_each_threshold_has_a_unit_and_a_source():
    assert [limit.name for limit in LIMITS if not (limit.unit and limit.source)] == []
    assert len({limit.name for limit in LIMITS}) == len(LIMITS)


def test_a_file_replaces_single_thresholds(tmp_path):
    (tmp_path / "q.toml").write_text('"face.roll" = 12\n"iris.focus" = 30.5\n')

    limits = read_limits(tmp_path / "q.toml")

    assert (limits["face.roll"], limits["iris.focus"], limits["face.turn"]) == (12, 30.5, read_limits()["face.turn"])


@pytest.mark.parametrize("text", ['"face.rol" = 1', '"face.roll" = "wide"', '"face.roll" = true', "nonsense"])
def test_a_wrong_file_is_said(tmp_path, text):
    (tmp_path / "q.toml").write_text(text)

    with pytest.raises(LimitsWrong):
        read_limits(tmp_path / "q.toml")


def test_a_file_that_is_missing_is_said(tmp_path):
    with pytest.raises(LimitsWrong):
        read_limits(tmp_path / "none.toml")
