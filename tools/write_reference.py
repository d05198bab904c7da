"""Write the reference pages that come from the code: error codes and commands. Run by `make docs`."""

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
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


def queue_states_page() -> str:
    """The life of a ticket and of an appointment, drawn from their tables of moves."""
    from dekat.desk.rules import APPOINTMENT_MOVES, MOVES

    lines = ["# Queue states\n", MADE, "Why and who: [the desk](../explanation/desk.md).\n"]
    for title, begin, moves in (("A ticket", "WAITING", MOVES), ("An appointment", "BOOKED", APPOINTMENT_MOVES)):
        lines += [f"## {title}\n", "```mermaid", "stateDiagram-v2", f"    [*] --> {begin}"]
        lines += [f"    {source} --> {to}" for source, targets in moves.items() for to in sorted(targets)]
        lines += ["```\n", "| State | On the pages |", "| --- | --- |"]
        lines += [f"| `{state}` | {state.label} |" for state in moves] + [""]
    return "\n".join(lines).rstrip("\n") + "\n"


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
    "queue-states.md": queue_states_page,
    "quality.md": quality_page,
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
