"""Finding people by name: the name keys of a kecamatan's residents in memory, compared with RapidFuzz.

The keys follow the register by its revision: one row is read before each search, then only the changed residents.
"""

import threading
from array import array
from collections.abc import Iterable, Sequence
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from dekat.registry.models import Resident
from dekat.registry.namekey import name_key
from dekat.registry.revisions import Stamp, stamp
from dekat.registry.states import ResidentState

_NUMBER_DIGITS = 16
WHOLE_REGENCY = "*"
"""Instead of a kecamatan: everybody, also who moved away or died. For the office, never for a kecamatan's desk."""
# Words that fit in any order, extra words allowed, are a weaker reason than the whole name; measured on misspelt names.
_WORDS_WEIGHT = 0.95
_LEAST_SCORE = 55.0
# Below this a comparison of whole names stops early.
_LEAST_WHOLE = 55.0
# Names have at most 60 letters; words beyond these are not compared one by one.
_WORDS_COMPARED = 8
# Of names whose keys fit alike, the one spelt as typed comes first; so many of the nearest keys are looked at again.
_SPELLING_WEIGHT = 0.1
_LOOKED_AT_AGAIN = 60
# How many of one name are listed before the next likely name has its turn: a common name that was not meant would
# else fill the page. The likeliest name may take half of it.
_OF_THE_LIKELIEST, _OF_ANY_OTHER = 10, 3


class _Names:
    """The active residents of one kecamatan (or the whole regency) by their names and the keys of these.

    Facts: namesakes share one place, `_bearers` says whose it is; a name stays when its last bearer leaves. `_words`
    holds each different word of the keys once; `_spelt` gives each name's words as places in it, 0 for none. A name and
    a word are compared once for all who bear them.
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
            is_followed = is_same_life or self.kecamatan == WHOLE_REGENCY
            rows = changed if is_followed else changed.filter(family__kecamatan=self.kecamatan)
            columns = rows.values_list("id", "full_name", "state", "family__kecamatan").order_by("id")
            for resident_id, name, state, kecamatan in columns.iterator(chunk_size=5000):
                self._put(resident_id, name.upper() if self._holds(state, kecamatan) else "")
            self._show()
            self.stamp = newest

    def best(self, typed: str, limit: int) -> list[UUID]:
        """The residents whose names are nearest, the nearest first; of namesakes a few, so that others are seen too."""
        with self._lock:
            names, keys, bearers, is_borne, words, matrix = self._shown
        key = name_key(typed)
        if not keys or not key:
            return []
        whole = process.cdist([key], keys, scorer=fuzz.ratio, score_cutoff=_LEAST_WHOLE)[0]
        scores = np.maximum(whole, _by_words(key, words, matrix) * _WORDS_WEIGHT) * is_borne
        hopeful = np.flatnonzero(scores >= max(_LEAST_SCORE, _nth(scores, _LOOKED_AT_AGAIN)))
        spelling = process.cdist([typed.upper()], [names[place] for place in hopeful.tolist()], scorer=fuzz.ratio)[0]
        again = scores[hopeful] + spelling * _SPELLING_WEIGHT
        nearest = hopeful[np.argsort(-again, kind="stable")][:limit]
        return _some_of_each([bearers[place] for place in nearest.tolist()], limit)

    def _holds(self, state: str, kecamatan: str | None) -> bool:
        if self.kecamatan == WHOLE_REGENCY:
            return state != ResidentState.MERGED
        return state == ResidentState.ACTIVE and kecamatan == self.kecamatan

    def _forget(self) -> None:
        self._names: dict[str, int] = {}
        self._keys: list[str] = []
        self._bearers: list[tuple[UUID, ...]] = []
        self._place_of: dict[UUID, int] = {}
        self._words: dict[str, int] = {"": 0}
        self._spelt = array("i")
        self._show()

    def _show(self) -> None:
        """Replace what searches read; a search that runs keeps what it began with."""
        spelt = np.array(self._spelt, dtype=np.int32).reshape(-1, _WORDS_COMPARED)
        # One row for each place in the name: reading along memory is several times faster than across it.
        matrix = np.ascontiguousarray(spelt[:, spelt.any(axis=0)].T)
        is_borne = np.fromiter(map(bool, self._bearers), dtype=np.float32, count=len(self._bearers))
        names, keys, bearers = list(self._names), self._keys.copy(), self._bearers.copy()
        self._shown = (names, keys, bearers, is_borne, list(self._words), matrix)

    def _put(self, resident_id: UUID, name: str) -> None:
        before = self._place_of.pop(resident_id, None)
        if before is not None:
            self._bearers[before] = tuple(one for one in self._bearers[before] if one != resident_id)
        if name:
            place = self._place(name)
            self._bearers[place] += (resident_id,)
            self._place_of[resident_id] = place

    def _place(self, name: str) -> int:
        place = self._names.setdefault(name, len(self._keys))
        if place == len(self._keys):
            self._keys.append(name_key(name))
            self._bearers.append(())
            self._spelt.extend(self._spell(self._keys[place]))
        return place

    def _spell(self, key: str) -> list[int]:
        known = [self._words.setdefault(word, len(self._words)) for word in key.split()[:_WORDS_COMPARED]]
        return known + [0] * (_WORDS_COMPARED - len(known))


def _some_of_each(names: Sequence[Sequence[UUID]], limit: int) -> list[UUID]:
    """At most so many people, name by name; places that the turns of other names leave free go to the first names."""
    most = [_OF_THE_LIKELIEST, *[_OF_ANY_OTHER] * len(names)]
    shares = _within(limit, [min(len(bearers), turn) for bearers, turn in zip(names, most, strict=False)])
    rest = [len(bearers) - share for bearers, share in zip(names, shares, strict=True)]
    extra = _within(limit - sum(shares), rest)
    taken = zip(names, shares, extra, strict=True)
    return [one for bearers, share, more in taken for one in bearers[: share + more]]


def _within(limit: int, wanted: Iterable[int]) -> list[int]:
    """What each gets while there is some left, the first ones first."""
    got = []
    for want in wanted:
        got.append(min(want, limit))
        limit -= got[-1]
    return got


def _nth(scores: NDArray[np.float32], limit: int) -> float:
    """The score that the best so many reach."""
    place = len(scores) - limit
    return float(np.partition(scores, place)[place]) if place > 0 else 0.0


def _by_words(key: str, words: list[str], matrix: NDArray[np.int32]) -> NDArray[np.float32]:
    """How well each asked word fits the nearest word of each name, longer words counting more; 0 to 100."""
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


_kecamatan: dict[str, _Names] = {}
_lock = threading.Lock()


def matching_ids(text: str, kecamatan: str, limit: int) -> list[UUID]:
    """Who may be meant: by NIK or nomor KK when sixteen digits are given, else by name."""
    digits = text.replace(" ", "").replace(".", "")
    if digits.isascii() and digits.isdigit():
        return _by_number(digits, kecamatan, limit) if len(digits) == _NUMBER_DIGITS else []
    with _lock:
        names = _kecamatan.setdefault(kecamatan, _Names(kecamatan))
    names.follow()
    return names.best(text, limit)


def _by_number(digits: str, kecamatan: str, limit: int) -> list[UUID]:
    everybody = Resident.objects.all()
    here = everybody if kecamatan == WHOLE_REGENCY else everybody.filter(family__kecamatan=kecamatan)
    person = list(here.filter(nik=digits).values_list("id", flat=True))
    family = here.filter(family__family_card_no=digits).order_by("position", "born_on", "id")
    return person or list(family.values_list("id", flat=True)[:limit])
