"""The words of every refusal: one module per concept holds a `WORDS` table, this finds the right one."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from dekat.faces import refusals
from dekat.kernel.errors import DekatError


@dataclass(frozen=True)
class Words:
    """What happened and what to do now, in Indonesian, with `{fact}` places."""

    happened: str
    do_now: str


def all_words() -> dict[str, Words]:
    """Every code with its words."""
    table: dict[str, Words] = {}
    for module in iter_modules(refusals.__path__):
        table.update(getattr(import_module(f"{refusals.__name__}.{module.name}"), "WORDS", {}))
    return table


def words_for(error: DekatError) -> Words:
    """The words of one refusal with its facts in place."""
    return words_of(error.code, error.facts)


def words_of(code: str, facts: Mapping[str, object]) -> Words:
    """The words of a refusal that was kept by its code and facts."""
    found = all_words()[code]
    return Words(found.happened.format_map(facts), found.do_now.format_map(facts))


def happened_of(code: str) -> str:
    """What happened and what to do, for a code kept without its facts; the code itself when its words need them."""
    found = all_words().get(code)
    if found is None or "{" in found.happened + found.do_now:
        return code
    return f"{found.happened} {found.do_now}"
