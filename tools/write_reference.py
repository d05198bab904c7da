"""Write the reference pages that come from the code. Run by `make docs`."""

import argparse
import ast
import os
import runpy
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
TURN_PAGE = "../explanation/whose-turn.md"
MADE = "This page comes from the code: `make docs` writes it.\n"


def errors_page() -> str:
    """Each code with what the officer reads."""
    from dekat.faces.refusals.words import all_words

    lines = ["# Error codes\n", MADE, "A code never changes and is never used again for something else.\n"]
    lines += ["| Code | What happened | What to do now |", "| --- | --- | --- |"]
    lines += [f"| `{code}` | {words.happened} | {words.do_now} |" for code, words in sorted(all_words().items())]
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    """Each command with its options."""
    from dekat.project.main import command_modules

    parser = argparse.ArgumentParser(prog="dekat")
    sub = parser.add_subparsers()
    for name in command_modules():
        import_module(name).add_parser(sub)
    return "\n".join(["# Commands\n", MADE, *described(sub, "dekat", 2)]).rstrip("\n") + "\n"


def life_cycles_page() -> str:
    """The life of each thing that has one, drawn from the table of moves that its commands obey."""
    cycles = runpy.run_path(str(ROOT / "tools" / "life_cycles.py"))
    return f"# Life cycles\n\n{MADE}\n{cycles['all_drawn']()}"


def quality_page() -> str:
    """Each threshold, each thing that can be wrong with the operator's sentence, each figure that is kept."""
    from dekat.adapters.quality.checks import FIGURES, WRONGS
    from dekat.adapters.quality.limits import LIMITS
    from dekat.faces.station.recording.advice import ADVICE

    lines = ["# Quality\n", MADE, "How pictures are judged is told in [Judging pictures](../explanation/quality.md).\n"]
    lines += [
        "## Thresholds\n",
        '`DEKAT_QUALITY_FILE` names a TOML file that replaces single ones: `"face.roll" = 8`.\n',
    ]
    lines += ["| Name | Value | Unit | Source |", "| --- | --- | --- | --- |"]
    lines += [f"| `{one.name}` | {one.value:g} | {one.unit} | {one.source} |" for one in LIMITS]
    lines += ["\n## What can be wrong\n", "| Check | Advice | The operator reads |", "| --- | --- | --- |"]
    for key, advices in WRONGS.items():
        words = ((advice, ADVICE[key, advice]) for advice in advices)
        lines += [f"| `{key}` | `{advice}` | **{one.title}.** {one.more} |" for advice, one in words]
    lines += ["\n## Figures that are kept\n", "In `measures` of a capture. Whole numbers; shares are whole percents.\n"]
    lines += ["| Figure | Of | Means |", "| --- | --- | --- |"]
    lines += [f"| `{name}` | {of} | {meaning} |" for name, of, meaning in FIGURES]
    return "\n".join(lines) + "\n"


def register_rules_page() -> str:
    """What each event of a life does in the register, and what is always true."""
    from dekat.registry.invariants import INVARIANTS
    from dekat.registry.life import events

    lines = ["# What the register allows\n", MADE, "States of a person: [life cycles](life-cycles.md#a-person).\n"]
    lines += ["## Life events\n", "| Event | Version of the KK | What it does | Law |", "| --- | --- | --- | --- |"]
    for kind in events.KINDS:
        text = " ".join(str(kind.__doc__).split("Facts:")[0].split())
        done, _, law = text.partition(" Law: ")
        law = law or " ".join(str(kind.__doc__).split()).rpartition("Law: ")[2]
        lines.append(f"| `{kind.__name__}` | {kind.reason.label} | {done} | {law.rstrip('.')} |")
    lines += ["\n## Always true\n", "`dekat residents check` asks each of these of the whole register.\n"]
    lines += ["| Key | | Law |", "| --- | --- | --- |"]
    lines += [f"| `{one.key}` | {one.says} | {one.law} |" for one in INVARIANTS]
    return "\n".join(lines) + "\n"


def services_page() -> str:
    """Each service with its questions, forms, minutes and what it yields."""
    made = runpy.run_path(str(ROOT / "tools" / "services_reference.py"))
    return f"# Services\n\n{MADE}\n{made['services']()}"


def evidence_page() -> str:
    """The page about evidence, with its events from the schema."""
    turn = runpy.run_path(str(ROOT / "tools" / "turn_reference.py"))
    return str(turn["filled"]((REFERENCE / "evidence.md").read_text(), turn["evidence_parts"]()))


def turn_page() -> str:
    """The page about the turn, with its chain, rules and escalation from the rulebook."""
    turn = runpy.run_path(str(ROOT / "tools" / "turn_reference.py"))
    return str(turn["filled"]((REFERENCE / TURN_PAGE).read_text(), turn["turn_parts"]()))


def acceptance_page() -> str:
    """Each acceptance scenario with the tests that carry its number."""
    table = runpy.run_path(str(ROOT / "tests" / "scenarios.py"))
    proofs: dict[int, list[str]] = {number: [] for number in table["SCENARIOS"]}
    for test in sorted((ROOT / "tests").rglob("test_*.py")):
        for name, numbers in marked(ast.parse(test.read_text()).body, mark="pytest.mark.scenario"):
            for number in numbers:
                proofs[number].append(f"`{test.relative_to(ROOT / 'tests')}::{name}`")
    lines = ["# Acceptance scenarios\n", MADE]
    lines += ["What the people of a regency must be able to do, and the tests that hold it.\n"]
    lines += ["| No. | Scenario | Held by |", "| --- | --- | --- |"]
    for number, scenario in table["SCENARIOS"].items():
        why_not = f"Not yet: {table['NOT_YET'][number]}" if number in table["NOT_YET"] else ""
        held = "<br>".join([*proofs[number], *filter(None, [why_not])])
        lines.append(f"| {number} | {sentence(scenario)} | {held} |")
    return "\n".join(lines) + "\n"


def failures_page() -> str:
    """Each row of the failure list with the tests that carry its number."""
    matrix = runpy.run_path(str(ROOT / "tests" / "fault" / "matrix.py"))
    proofs: dict[int, list[str]] = {row: [] for row in matrix["ROWS"]}
    for test in sorted((ROOT / "tests").rglob("test_*.py")):
        for name, rows in marked(ast.parse(test.read_text()).body):
            for row in rows:
                proofs[row].append(f"`{test.relative_to(ROOT / 'tests')}::{name}`")
    lines = ["# Failures of sync\n", MADE]
    lines += [
        "What may go wrong between a station and its centre, what must then happen, and the tests that hold it. After",
        "each: nothing that was said to be saved is lost, every packet has one effect, both lists agree after the",
        "next session, no disk shows unsealed personal data outside the open recording, the operator reads a true",
        "sentence.\n",
        "| No. | What goes wrong | What must happen | Held by |",
        "| --- | --- | --- | --- |",
    ]
    for row, (fault, must) in matrix["ROWS"].items():
        why_not = f"Not yet: {matrix['NOT_YET'][row]}" if row in matrix["NOT_YET"] else ""
        held = "<br>".join([*proofs[row], *filter(None, [why_not])])
        lines.append(f"| {row} | {fault} | {must} | {held} |")
    return "\n".join(lines) + "\n"


def marked(
    body: list[ast.stmt], given: tuple[int, ...] = (), *, mark: str = "pytest.mark.row"
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each test with the numbers that it, its class or its module is marked with."""
    for one in body:
        if isinstance(one, ast.Assign) and any(ast.unparse(to) == "pytestmark" for to in one.targets):
            given += rows_of([one.value], mark)
    for one in body:
        if isinstance(one, ast.ClassDef):
            yield from marked(one.body, given + rows_of(one.decorator_list, mark), mark=mark)
        elif isinstance(one, ast.FunctionDef) and one.name.startswith("test_"):
            yield one.name, tuple(dict.fromkeys(given + rows_of(one.decorator_list, mark)))


def rows_of(marks: list[ast.expr], name: str) -> tuple[int, ...]:
    """The numbers of every mark of this name in these."""
    calls = [node for mark in marks for node in ast.walk(mark) if isinstance(node, ast.Call)]
    rows = [call for call in calls if ast.unparse(call.func) == name]
    return tuple(ast.literal_eval(number) for call in rows for number in call.args)


def described(sub: "argparse._SubParsersAction[argparse.ArgumentParser]", before: str, level: int) -> list[str]:
    """Each command of a group, the commands below it included."""
    helps = {choice.dest: choice.help or "" for choice in sub._choices_actions}
    lines = []
    for name, parser in sorted(sub.choices.items()):
        lines.append(f"{'#' * level} {before} {name}\n\n{sentence(helps.get(name, ''))}\n")
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                lines += described(action, f"{before} {name}", level + 1)
            elif not isinstance(action, argparse._HelpAction):
                names = ", ".join(action.option_strings) or str(action.metavar or action.dest)
                lines.append(f"- `{names}` {action.help or ''}".rstrip())
        lines.append("")
    return lines


def sentence(text: str) -> str:
    """The help of a command as a sentence."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


PAGES: dict[str, Callable[[], str]] = {
    "errors.md": errors_page,
    "commands.md": commands_page,
    "life-cycles.md": life_cycles_page,
    "quality.md": quality_page,
    "register-rules.md": register_rules_page,
    "services.md": services_page,
    "sync-failures.md": failures_page,
    "acceptance.md": acceptance_page,
    "evidence.md": evidence_page,
    TURN_PAGE: turn_page,
}


def main() -> None:
    """Write each page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dekat.project.settings")
    import django

    django.setup()
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page())
        sys.stdout.write(f"docs/reference/{name}\n")


if __name__ == "__main__":
    main()
