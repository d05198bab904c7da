"""Finding people by name: the name keys of a kecamatan's residents in memory, compared with RapidFuzz.

The keys follow the register by its revision: one row is read before each search, then only the changed residents.
"""

import threading
from uuid import UUID

import numpy as np
from rapidfuzz import fuzz, process

from dekat.registry.models import Resident
from dekat.registry.namekey import name_key
from dekat.registry.revisions import Stamp, stamp
from dekat.registry.states import ResidentState

_NUMBER_DIGITS = 16
# Part of a name is a weaker reason than the whole of it; measured on misspelt names of a sample kecamatan.
_WORDS_WEIGHT = 0.97
_PART_WEIGHT = 0.9
_LEAST_SCORE = 55.0
# Below these a comparison stops early; a part must fit well to say anything.
_LEAST_WHOLE, _LEAST_PART = 55.0, 75.0


class _Keys:
    """The active residents of one kecamatan by their name keys."""

    def __init__(self, kecamatan: str) -> None:
        self.kecamatan = kecamatan
        self.stamp = Stamp("", -1)
        self.ids: list[UUID] = []
        self.keys: list[str] = []
        self._in_order: list[str] = []  # the words of each key sorted once, not at every search
        self._places: dict[UUID, int] = {}
        self._lock = threading.Lock()

    def follow(self) -> None:
        """Take over what changed since the last search."""
        with self._lock:
            newest = stamp()
            if newest == self.stamp:
                return
            is_same_life = newest.life == self.stamp.life and newest.value > self.stamp.value
            if not is_same_life:
                self.ids, self.keys, self._in_order, self._places = [], [], [], {}
            changed = Resident.objects.filter(revision__gt=self.stamp.value) if is_same_life else Resident.objects.all()
            # While following, people who left must be seen too; the first load needs only those who are here.
            rows = changed if is_same_life else changed.filter(family__kecamatan=self.kecamatan)
            columns = rows.values_list("id", "full_name", "state", "family__kecamatan").order_by("id")
            for resident_id, name, state, kecamatan in columns.iterator(chunk_size=5000):
                is_here = state == ResidentState.ACTIVE and kecamatan == self.kecamatan
                self._put(resident_id, name_key(name) if is_here else "")
            self.stamp = newest

    def best(self, key: str, limit: int) -> list[UUID]:
        """The residents whose keys are nearest, the nearest first."""
        with self._lock:
            ids, keys, in_order = self.ids.copy(), self.keys.copy(), self._in_order.copy()
        if not keys or not key:
            return []
        whole = process.cdist([key], keys, scorer=fuzz.ratio, score_cutoff=_LEAST_WHOLE)[0]
        words = process.cdist([_sorted(key)], in_order, scorer=fuzz.ratio, score_cutoff=_LEAST_WHOLE)[0] * _WORDS_WEIGHT
        part = process.cdist([key], keys, scorer=fuzz.partial_ratio, score_cutoff=_LEAST_PART)[0] * _PART_WEIGHT
        scores = np.maximum(np.maximum(whole, words), part)
        nearest = np.argsort(-scores, kind="stable")[:limit]
        return [ids[place] for place in nearest.tolist() if keys[place] and scores[place] >= _LEAST_SCORE]

    def _put(self, resident_id: UUID, key: str) -> None:
        place = self._places.get(resident_id)
        if place is not None:
            self.keys[place], self._in_order[place] = key, _sorted(key)
        elif key:
            self._places[resident_id] = len(self.ids)
            self.ids.append(resident_id)
            self.keys.append(key)
            self._in_order.append(_sorted(key))


def _sorted(key: str) -> str:
    return " ".join(sorted(key.split()))


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
