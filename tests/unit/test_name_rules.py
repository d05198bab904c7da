"""Rules for names recorded for the first time, and one key for all spellings of a name."""

import pytest

from dekat.kernel.errors import DekatError
from dekat.registry.namekey import name_key
from dekat.registry.rules import NameAdvice, check_new_name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Al1", "registry.name.characters"),
        ("Ma'ruf Amin", "registry.name.characters"),
        ("Moh. Ali", "registry.name.characters"),
        ("A" * 30 + " " + "B" * 30, "registry.name.too_long"),
        ("  ", "registry.name.empty"),
    ],
)
@pytest.mark.scenario(12)
def test_a_new_name_outside_the_rules_is_refused(name, code):
    with pytest.raises(DekatError) as refused:
        check_new_name(name)

    assert refused.value.code == code


def test_a_new_name_of_one_word_wants_a_statement_and_no_refusal():
    assert check_new_name("Suharto") == (NameAdvice.ONE_WORD,)
    assert check_new_name("Siti Aminah") == ()
    assert check_new_name("A" * 30 + " " + "B" * 29) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moch. Jusuf", "MUHAMMAD YUSUF"),
        ("Soeharto", "Suharto"),
        ("Noer Hasanah", "Nur Hassanah"),
        ("Sitti Fatima", "SITI FATIMAH"),
        ("Djoko Tjahjono", "Joko Cahyono"),
        ("Achmad Faizal", "Ahmad Paisal"),
        ("Ma'ruf", "Maruf"),
        ("St. Chotijah", "Siti Khotijah"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert name_key(one) == name_key(other)


def test_other_names_keep_other_keys():
    assert name_key("Slamet Riyadi") != name_key("Samsul Hadi")
    assert name_key("1 - ?") == ""
