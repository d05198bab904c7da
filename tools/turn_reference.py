"""The parts of the pages about the turn that come from data: events from the schema, rules from the rulebook."""

import re
from collections.abc import Iterator
from itertools import pairwise

from dekat.duties.evidence import kinds
from dekat.duties.rulebook import Rule, Rulebook, rulebooks


def filled(text: str, parts: dict[str, str]) -> str:
    """A page with what stands between its markers written again."""
    for name, part in parts.items():
        begin, end = f"<!-- {name}: made by `make docs` -->", f"<!-- end of {name} -->"
        before, _, rest = text.partition(begin)
        after = rest.partition(end)[2]
        text = f"{before}{begin}\n\n{part}\n\n{end}{after}"
    return text


def evidence_parts() -> dict[str, str]:
    """What evidence.md shows of the schema."""
    lines = ["| Name | Subject | Said by | Data | It means |", "| --- | --- | --- | --- | --- |"]
    for name, kind in kinds().items():
        data = kind["properties"]["data"]
        fields = [f"`{field}`" + ("" if field in data["required"] else "?") for field in data["properties"]]
        subjects = " or ".join(re.findall(r"[(|]([a-z]+)", kind["properties"]["subject"]["pattern"]))
        cells = [f"`{name}`", subjects, ", ".join(kind["x-said-by"]), ", ".join(fields) or "none", kind["description"]]
        lines.append(f"| {' | '.join(cells)} |")
    return {"events": "\n".join(lines), "words": "\n".join(_words())}


def _words() -> Iterator[str]:
    """Each closed list of the schema."""
    yield "| Event | Field | One of |"
    yield "| --- | --- | --- |"
    for name, kind in kinds().items():
        for field, rule in kind["properties"]["data"]["properties"].items():
            words = rule.get("enum") or rule.get("items", {}).get("enum")
            if words:
                yield f"| `{name}` | `{field}` | {', '.join(f'`{word}`' for word in words)} |"


def turn_parts() -> dict[str, str]:
    """What whose-turn.md shows of the newest rulebook."""
    book = rulebooks()[-1]
    return {
        "chain": "\n".join(_chain_drawing(book)),
        "rules": "\n".join(_rules(book)),
        "escalation": "\n".join(_escalation(book)),
        "spans": "\n".join(_spans(book)),
    }


def _owner(rule: Rule) -> str:
    words = {"ASKED": "the party asked", "ASSET_USER": "the asset user", "KECAMATAN": "the kecamatan"}
    return words.get(rule.owner, rule.owner) + (f" ({rule.desk})" if rule.desk else "")


def _rules(book: Rulebook) -> Iterator[str]:
    yield "| Link | Code (rule) | Owner (desk) | Within | Cleared by | Law |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for rule in book.rules.values():
        cleared = ", ".join(f"`{name}`" for name in rule.cleared_by)
        cells = [rule.link, f"`{rule.code}` (`{rule.id}`)", _owner(rule), f"{rule.within_working_hours} h", cleared]
        yield f"| {' | '.join([*cells, rule.law])} |"


def _escalation(book: Rulebook) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for desk, step in book.escalation.items():
        yield f"    {desk} --> {step.desk}: {step.within_working_hours} h"
    yield from ("```", "", "| From desk | Rises to | Within | Law |", "| --- | --- | --- | --- |")
    for desk, step in book.escalation.items():
        yield f"| {desk} | {step.party} ({step.desk}) | {step.within_working_hours} h | {step.law} |"


def _chain_drawing(book: Rulebook) -> Iterator[str]:
    """Each link with the codes that speak when it is unmet; a dashed arrow leads to who must act."""
    yield "```mermaid"
    yield "flowchart TD"
    links = max(book.chain.values(), key=len)
    only = {link: [kind for kind in book.chain if link in book.chain[kind]] for link in links}
    for link in links:
        note = "" if len(only[link]) == len(book.chain) else f" ({', '.join(only[link])} only)"
        yield f'    {link}["{link}{note}"]'
    for this, following in pairwise(links):
        yield f"    {this} -->|met| {following}"
    for rule in book.rules.values():
        yield f'    {rule.link} -.->|{rule.code}| {rule.id.replace("-", "_")}_owner["{_owner(rule)}"]'
    yield "```"


def _spans(book: Rulebook) -> Iterator[str]:
    yield "| What | Working hours |"
    yield "| --- | --- |"
    yield f"| A device is in use so long after its last use | {book.use_window_working_hours} |"
    yield f"| A station is silent so long after it last opened | {book.opened_window_working_hours} |"
    yield f"| Whoever is asked or waited for has | {book.question_working_hours} |"
    yield ""
    yield f"Useful life: {book.useful_life_days} calendar days. Rules valid from {book.valid_from}."
