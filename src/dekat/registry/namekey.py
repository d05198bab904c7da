"""One key for one name however it is spelt: old and new spelling, short forms, doubled letters, a silent h."""

import re
from functools import lru_cache

_SHORT = {
    "M": "MUHAMAD", "MOH": "MUHAMAD", "MOCH": "MUHAMAD", "MUH": "MUHAMAD", "MUCH": "MUHAMAD", "MHD": "MUHAMAD",
    "MOHAMAD": "MUHAMAD", "MOCHAMAD": "MUHAMAD", "MUHAMED": "MUHAMAD", "MOHAMED": "MUHAMAD", "MUCHAMAD": "MUHAMAD",
    "MH": "MUHAMAD", "ST": "SITI", "ABD": "ABDUL", "ABDOEL": "ABDUL", "ACH": "AHMAD", "ACHMAD": "AHMAD",
    "AKHMAD": "AHMAD", "AHMAT": "AHMAD", "AHMED": "AHMAD", "H": "HAJI", "HJ": "HAJAH",
}  # fmt: skip
# In this order: the digraphs of Van Ophuijsen and of Arabic before the single letters they contain.
_SAME_SOUND = (
    ("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("SJ", "SY"), ("NJ", "NY"), ("SH", "S"), ("SY", "S"), ("CH", "H"),
    ("KH", "H"), ("DH", "D"), ("TH", "T"), ("PH", "P"), ("V", "P"), ("F", "P"), ("Z", "S"), ("X", "KS"), ("Q", "K"),
    ("J", "I"), ("Y", "I"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_WORD = re.compile(r"[A-Z]+")


def name_key(name: str) -> str:
    """The key of a whole name; names that sound alike get the same or nearly the same."""
    # An apostrophe (Ma'ruf) is a sound, not a gap between words.
    plain = name.upper().replace("'", "").replace("’", "").replace("`", "")
    return " ".join(_word_key(word) for word in _WORD.findall(plain))


@lru_cache(maxsize=50_000)
def _word_key(word: str) -> str:
    word = _DOUBLED.sub(r"\1", word)
    word = _SHORT.get(word, word)
    for written, sound in _SAME_SOUND:
        word = word.replace(written, sound)
    word = word[0] + word[1:].replace("H", "")
    return _DOUBLED.sub(r"\1", word)
