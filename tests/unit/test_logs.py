"""No personal data reaches a log, not even by way of an error."""

import logging
import sys

import pytest

from dekat.project.env import read_env, refuse_to_serve_without_secret
from dekat.project.logs import LineFormatter
from dekat.project.setting_text import WrongSetting

NIK = "9911124605040003"


def line(message, *, exc_info=None, **fields):
    record = logging.LogRecord("dekat.test", logging.ERROR, "x.py", 1, message, (), exc_info)
    record.__dict__.update(fields)
    return LineFormatter().format(record)


def test_the_text_of_an_error_stays_out():
    try:
        try:
            raise KeyError(NIK)
        except KeyError as error:
            raise ValueError(f"Key (nik, name)=({NIK}, SITI CONTOH) already exists") from error
    except ValueError:
        told = line("project.worker.failed", exc_info=sys.exc_info())

    assert "SITI" not in told and NIK not in told
    assert "builtins.KeyError\nthen\n" in told
    assert "test_the_text_of_an_error_stays_out" in told
    assert told.endswith("builtins.ValueError")


def test_sixteen_digits_are_masked_wherever_they_slip_in():
    told = line(f"Not Found: /rekam/{NIK}/", address=f"?q={NIK}", digest="0" * 64)

    assert NIK not in told
    assert "0" * 64 in told


@pytest.mark.parametrize(("role", "sample", "serves"), [("centre", "0", False), ("centre", "1", True)])
def test_a_centre_with_real_data_does_not_serve_without_a_secret(monkeypatch, role, sample, serves):
    monkeypatch.setenv("DEKAT_ROLE", role)
    monkeypatch.setenv("DEKAT_SAMPLE", sample)
    monkeypatch.delenv("DEKAT_SECRET_KEY", raising=False)
    monkeypatch.delenv("DEKAT_SECRET_KEY_FILE", raising=False)

    if serves:
        refuse_to_serve_without_secret(read_env())
    else:
        with pytest.raises(WrongSetting, match="DEKAT_SECRET_KEY_FILE"):
            refuse_to_serve_without_secret(read_env())
