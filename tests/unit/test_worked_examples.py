"""The worked examples of the documentation are what the code answers."""

import argparse
import re
import shlex
from pathlib import Path

import pytest

from dekat.areas.working_calendar import calendar_without_decrees, use_calendar, use_declared_days
from dekat.duties.history import read_history, validate
from dekat.faces.cli import whose_turn
from tests.make.evidence import CALENDAR

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "whose-turn.md"
EXAMPLES = re.split(r"^### ", PAGE.read_text().partition("## Worked examples")[2], flags=re.MULTILINE)[1:]


def blocks(example, language):
    return re.findall(rf"^```{language}\n(.*?)^```", example, flags=re.MULTILINE | re.DOTALL)


def ask_nobody():
    raise AssertionError("a history in a file is answered without a log")


@pytest.fixture
def ask(tmp_path, capsys):
    """Ask as a stranger does who copied the history into a file."""
    before = calendar_without_decrees()
    use_calendar(lambda: CALENDAR)
    use_declared_days(ask_nobody)
    parser = argparse.ArgumentParser()
    whose_turn.add_parser(parser.add_subparsers())

    def asked(history, command):
        (tmp_path / "history.jsonl").write_text(history)
        words = [str(tmp_path / word) if word == "history.jsonl" else word for word in shlex.split(command)]
        options = parser.parse_args(words[1:])
        options.run(options)
        return capsys.readouterr().out

    yield asked
    use_calendar(lambda: before)


def test_there_are_examples():
    assert len(EXAMPLES) >= 2


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.partition("\n")[0])
def test_a_worked_example_is_what_the_command_says(example, ask):
    [history] = blocks(example, "jsonl")
    told = "".join(blocks(example, "console"))
    commands = re.findall(r"^\$ (dekat whose-turn .*)$", told, flags=re.MULTILINE)

    said = "".join(f"$ {command}\n{ask(history, command)}" for command in commands)

    assert said == told
    assert len(commands) >= 6


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.partition("\n")[0])
def test_the_history_of_a_worked_example_is_valid(example):
    lines = blocks(example, "jsonl")[0].splitlines()

    assert list(validate(lines)) == []
    assert len({fact.id for fact in read_history(lines)}) == len(lines)


def test_json_and_an_unknown_device(ask):
    [history] = blocks(EXAMPLES[0], "jsonl")

    assert '"reason": "HANDOVER_OPEN"' in ask(
        history, "dekat whose-turn --file history.jsonl --as-of 2026-07-02 --json"
    )
    assert '"how": "QUESTION"' in ask(
        history, "dekat whose-turn --file history.jsonl --as-of 2026-07-14 --json --why REK-19"
    )
    assert ask(history, "dekat whose-turn --file history.jsonl --as-of 2026-07-14 --device X") == ""
