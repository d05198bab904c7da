"""Finding people by name: the name keys of a kecamatan's residents in memory, compared with RapidFuzz.

The keys follow the register by its revision: one row is read before each search, then only the changed residents.
"""

import threading
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from dekat.registry.models import Resident
from dekat.registry.namekey import name_key
from dekat.registry.revisions import Stamp, stamp
from dekat.registry.states import ResidentState

_NUMBER_DIGITS = 16
# Words that fit in any order, extra words allowed, are a weaker reason than the whole name; measured on misspelt names.
_WORDS_WEIGHT = 0.95
_LEAST_SCORE = 55.0
# Below this a comparison of whole names stops early.
_LEAST_WHOLE = 55.0
# Names have at most 60 letters; words beyond these are not compared one by one.
_WORDS_COMPARED = 8


class _Keys:
    """The active residents of one kecamatan by their name keys.

    Facts: `_words` holds each different word once; `_spelt` gives each resident's words as places in it, 0 for none. A
    word is compared once for all who bear it: 60,000 people have a few thousand words.
    """

    def __init__(self, kecamatan: str) -> None:
        self.kecamatan = kecamatan
        self.stamp = Stamp("", -1)
        self._lock = threading.Lock()
        self._forget()

    def follow(self) -> None:
        """Take over what changed since the last search."""
        with self._lock:
            newest = stamp()
            if newest == self.stamp:
                return
            is_same_life = newest.life == self.stamp.life and newest.value > self.stamp.value
            if not is_same_life:
                self._forget()
            changed = Resident.objects.filter(revision__gt=self.stamp.value) if is_same_life else Resident.objects.all()
            # While following, people who left must be seen too; the first load needs only those who are here.
            rows = changed if is_same_life else changed.filter(family__kecamatan=self.kecamatan)
            columns = rows.values_list("id", "full_name", "state", "family__kecamatan").order_by("id")
            for resident_id, name, state, kecamatan in columns.iterator(chunk_size=5000):
                is_here = state == ResidentState.ACTIVE and kecamatan == self.kecamatan
                self._put(resident_id, name_key(name) if is_here else "")
            self._show()
            self.stamp = newest

    def best(self, key: str, limit: int) -> list[UUID]:
        """The residents whose keys are nearest, the nearest first."""
        with self._lock:
            (ids, keys, words), matrix = self._shown, self._matrix
        if not keys or not key:
            return []
        whole = process.cdist([key], keys, scorer=fuzz.ratio, score_cutoff=_LEAST_WHOLE)[0]
        scores = np.maximum(whole, _by_words(key, words, matrix) * _WORDS_WEIGHT)
        hopeful = np.flatnonzero(scores >= max(_LEAST_SCORE, _nth(scores, limit)))
        nearest = hopeful[np.argsort(-scores[hopeful], kind="stable")][:limit]
        return [ids[place] for place in nearest.tolist() if keys[place]]

    def _forget(self) -> None:
        self.ids: list[UUID] = []
        self.keys: list[str] = []
        self._places: dict[UUID, int] = {}
        self._words: dict[str, int] = {"": 0}
        self._spelt: list[list[int]] = []
        self._show()

    def _show(self) -> None:
        """Replace what searches read; a search that runs keeps what it began with."""
        spelt = np.array(self._spelt, dtype=np.int32).reshape(-1, _WORDS_COMPARED)
        # One row for each place in the name: reading along memory is several times faster than across it.
        self._matrix = np.ascontiguousarray(spelt[:, spelt.any(axis=0)].T)
        self._shown = (self.ids.copy(), self.keys.copy(), list(self._words))

    def _put(self, resident_id: UUID, key: str) -> None:
        place = self._places.get(resident_id)
        if place is not None:
            self.keys[place], self._spelt[place] = key, self._spell(key)
        elif key:
            self._places[resident_id] = len(self.ids)
            self.ids.append(resident_id)
            self.keys.append(key)
            self._spelt.append(self._spell(key))

    def _spell(self, key: str) -> list[int]:
        known = [self._words.setdefault(word, len(self._words)) for word in key.split()[:_WORDS_COMPARED]]
        return known + [0] * (_WORDS_COMPARED - len(known))


def _nth(scores: NDArray[np.float32], limit: int) -> float:
    """The score that the best so many reach."""
    place = len(scores) - limit
    return float(np.partition(scores, place)[place]) if place > 0 else 0.0


def _by_words(key: str, words: list[str], matrix: NDArray[np.int32]) -> NDArray[np.float32]:
    """How well each asked word fits the nearest word of each resident, longer words counting more; 0 to 100."""
    asked = key.split()
    fits = process.cdist(asked, words, scorer=fuzz.ratio)
    for row, word in zip(fits, asked, strict=True):
        np.maximum(row, _begun(word, words), out=row)
    fits[:, 0] = 0
    total = np.zeros(matrix.shape[1], dtype=np.float32)
    for row, word in zip(fits, asked, strict=True):
        nearest = np.zeros_like(total)
        for place in matrix:
            np.maximum(nearest, row[place], out=nearest)
        total += nearest * np.float32(len(word))
    return total / np.float32(sum(map(len, asked)))


def _begun(asked: str, words: list[str]) -> NDArray[np.float32]:
    """Words that begin with what is typed so far fit nearly as well as the whole."""
    begins = (len(asked) > 1 and word.startswith(asked) for word in words)
    return np.fromiter(begins, dtype=np.float32, count=len(words)) * np.float32(100 * _WORDS_WEIGHT)


_kecamatan: dict[str, _Keys] = {}
_lock = threading.Lock()


def matching_ids(text: str, kecamatan: str, limit: int) -> list[UUID]:
    """Who may be meant: by NIK or nomor KK when sixteen digits are given, else by name."""
    digits = text.replace(" ", "").replace(".", "")
    if digits.isascii() and digits.isdigit():
        return _by_number(digits, kecamatan, limit) if len(digits) == _NUMBER_DIGITS else []
    with _lock:
        keys = _kecamatan.setdefault(kecamatan, _Keys(kecamatan))
    keys.follow()
    return keys.best(name_key(text), limit)


def _by_number(digits: str, kecamatan: str, limit: int) -> list[UUID]:
    here = Resident.objects.filter(family__kecamatan=kecamatan)
    person = list(here.filter(nik=digits).values_list("id", flat=True))
    family = here.filter(family__family_card_no=digits).order_by("position", "born_on", "id")
    return person or list(family.values_list("id", flat=True)[:limit])
