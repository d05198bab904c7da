"""Each refusal has a permanent code and words; no words wait for a refusal that does not exist."""

import re
from importlib import import_module
from pkgutil import walk_packages

import dekat
from dekat.faces.refusals.words import all_words
from dekat.kernel.errors import DekatError

SKIPPED = re.compile(r"\.migrations\b|__main__|\.wsgi$|\.asgi$")


def refusals() -> set[type[DekatError]]:
    """Every refusal of the product that carries a code of its own."""
    for module in walk_packages(dekat.__path__, "dekat."):
        if not SKIPPED.search(module.name):
            import_module(module.name)
    found, open_ones = set(), [DekatError]
    while open_ones:
        for kind in open_ones.pop().__subclasses__():
            open_ones.append(kind)
            if kind.__module__.startswith("dekat.") and "code" in vars(kind):
                found.add(kind)
    return found


def test_every_refusal_has_words():
    words = all_words()

    assert sorted(kind.code for kind in refusals() if kind.code not in words) == []


def test_all_words_belong_to_a_refusal():
    codes = {kind.code for kind in refusals()}

    assert sorted(set(all_words()) - codes) == []


def test_no_two_refusals_share_a_code():
    codes = sorted(kind.code for kind in refusals())

    assert codes == sorted(set(codes))


def test_a_code_names_its_concept_and_what_happened():
    shape = re.compile(r"[a-z]+(\.[a-z0-9_]+)+")

    assert [kind.code for kind in refusals() if not shape.fullmatch(kind.code)] == []


def test_words_end_as_sentences():
    assert [
        code
        for code, words in all_words().items()
        if not words.happened.endswith((".", "?")) or not words.do_now.endswith((".", "?"))
    ] == []
