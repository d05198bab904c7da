"""Are two prints of one finger? Minutia Cylinder Codes (Cappelli, Ferrara, Maltoni, TPAMI 2010), from the paper.

About each minutia lies a cylinder of 8 x 8 cells and 6 angles, one bit a cell: is there a neighbour like that? Pairs of
similar cylinders then vouch for each other where their distances and angles agree in both prints.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from dekat.adapters.quality.images import Field

Words = NDArray[np.uint64]
Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]

# The paper's parameters (its table 1, NS = 8, bit version).
_RADIUS, _ACROSS, _ANGLES = 70.0, 8, 6
_SPREAD, _TURN_SPREAD = 28 / 3, 2 * math.pi / 9
_LEAST_NEAR, _LEAST_VALID, _LEAST_COMMON = 0.01, 0.75, 0.60
_AROUND_HULL = 50.0
_LEAST_NEIGHBOURS = 2
_ROUNDS, _OWN_SHARE = 5, 0.5
# Ten pairs always: a print with few minutiae gets a low score, not a lucky one (measured/biometrics, section 2).
_PAIRS = 10
_MOST_MINUTIAE = 128

_STEPS = (np.arange(_ACROSS) - (_ACROSS - 1) / 2) * (2 * _RADIUS / _ACROSS)
_CELLS = np.stack(np.meshgrid(_STEPS, _STEPS, indexing="ij"), axis=-1).reshape(-1, 2)
_IN_CIRCLE = np.hypot(_CELLS[:, 0], _CELLS[:, 1]) <= _RADIUS
_LAYERS = -math.pi + (np.arange(_ANGLES) + 0.5) * (2 * math.pi / _ANGLES)


@dataclass(frozen=True)
class Template:
    """Facts: `bits` are n x 6 words, one for each angle; `valid` n words of cells that count; `place` x, y, angle."""

    bits: Words
    valid: Words
    place: Reals


def template_of(minutiae: Field) -> Template:
    """Cylinders of the minutiae (x, y, direction anticlockwise) that have enough of a neighbourhood."""
    surest = minutiae[np.argsort(-minutiae[:, 3], kind="stable")][:_MOST_MINUTIAE] if len(minutiae) else minutiae
    if len(surest) < 3:
        return Template(np.zeros((0, _ANGLES), np.uint64), np.zeros(0, np.uint64), np.zeros((0, 3)))
    place = surest[:, :2].astype(np.float64)
    angle = (-surest[:, 2].astype(np.float64)) % (2 * math.pi)  # rows grow downwards
    cells = _turned_cells(place, angle)
    valid = _IN_CIRCLE & _in_hull(cells, place)
    apart = np.hypot(*np.moveaxis(place[:, None] - place[None], -1, 0))
    near = ((apart <= _RADIUS + 3 * _SPREAD) & (apart > 0)).sum(axis=1)
    keep = (near >= _LEAST_NEIGHBOURS) & (valid.sum(axis=1) >= _LEAST_VALID * _IN_CIRCLE.sum())
    bits = (_nearness(cells, place, angle) >= _LEAST_NEAR) & valid[..., None]
    words = _packed(np.moveaxis(bits, -1, 1))
    full = np.concatenate([place, angle[:, None]], axis=1)
    return Template(words[keep], _packed(valid)[keep], full[keep])


def likeness(one: Template, other: Template) -> float:
    """0 to 1: how surely both are of one finger."""
    if min(len(one.bits), len(other.bits)) < 3:
        return 0.0
    similar = _similarity(one, other)
    rows, columns = _best_pairs(similar)
    if len(rows) < 3:
        return 0.0
    start = similar[rows, columns]
    agree = _agreement(one.place[rows], other.place[columns])
    now = start
    for _ in range(_ROUNDS):
        now = _OWN_SHARE * now + (1 - _OWN_SHARE) * (agree @ now) / (len(now) - 1)
    kept = np.argsort(-now / np.maximum(start, 1e-9))[:_PAIRS]
    return float(now[kept].sum()) / _PAIRS


def _turned_cells(place: Reals, angle: Reals) -> Reals:
    cosine, sine = np.cos(angle)[:, None], np.sin(angle)[:, None]
    across = place[:, :1] + cosine * _CELLS[:, 0] - sine * _CELLS[:, 1]
    down = place[:, 1:] + sine * _CELLS[:, 0] + cosine * _CELLS[:, 1]
    return np.stack([across, down], axis=-1)


def _in_hull(cells: Reals, place: Reals) -> Flags:
    """Whether a cell lies in the hull of all minutiae, widened."""
    hull = cv2.convexHull(place.astype(np.float32))[:, 0].astype(np.float64)
    ahead = np.roll(hull, -1, axis=0) - hull
    length = np.hypot(ahead[:, 0], ahead[:, 1])
    hull, ahead, length = hull[length > 0], ahead[length > 0], length[length > 0]
    normal = np.stack([ahead[:, 1], -ahead[:, 0]], axis=1) / length[:, None]
    middle = hull.mean(axis=0)
    normal *= np.where(((hull - middle) * normal).sum(axis=1) < 0, -1, 1)[:, None]
    reach = (hull * normal).sum(axis=1) + _AROUND_HULL
    return np.asarray((cells @ normal.T <= reach).all(axis=-1))


def _nearness(cells: Reals, place: Reals, angle: Reals) -> Reals:
    """How much of the neighbours lies in each cell at each angle (minutiae x cells x angles)."""
    far = ((cells[:, :, None] - place[None, None]) ** 2).sum(axis=-1)
    near = np.where(far <= 9 * _SPREAD**2, np.exp(-far / (2 * _SPREAD**2)) / (_SPREAD * math.sqrt(2 * math.pi)), 0)
    count = len(place)
    near[np.arange(count), :, np.arange(count)] = 0  # nobody is its own neighbour
    turn = _wrapped(angle[:, None] - angle[None])
    return np.asarray(near @ _area(_wrapped(_LAYERS - turn[..., None])))


_TURNS = np.linspace(-math.pi, math.pi, 2049)
_HALF = math.pi / _ANGLES
_BELL = _TURN_SPREAD * math.sqrt(2)
_AREAS = np.array([(math.erf((turn + _HALF) / _BELL) - math.erf((turn - _HALF) / _BELL)) / 2 for turn in _TURNS])


def _area(turn: Reals) -> Reals:
    """The share of a Gauss bell about `turn` that falls into one angle's layer."""
    return np.asarray(np.interp(turn, _TURNS, _AREAS))


def _wrapped(turn: Reals) -> Reals:
    return np.asarray((turn + math.pi) % (2 * math.pi) - math.pi)


def _packed(flags: Flags) -> Words:
    return np.packbits(flags, axis=-1, bitorder="little").view(np.uint64)[..., 0]


def _similarity(one: Template, other: Template) -> Reals:
    common = one.valid[:, None] & other.valid[None]
    mine: Words = one.bits[:, None] & common[..., None]
    theirs: Words = other.bits[None] & common[..., None]
    differ, left, right = _count(mine ^ theirs), _count(mine), _count(theirs)
    size = np.sqrt(left) + np.sqrt(right)
    similar = np.where(size > 0, 1 - np.sqrt(differ) / np.maximum(size, 1e-9), 0)
    turn = np.abs(_wrapped(one.place[:, None, 2] - other.place[None, :, 2]))
    is_comparable = np.bitwise_count(common) >= _LEAST_COMMON * _IN_CIRCLE.sum()
    return np.asarray(np.where(is_comparable & (turn <= math.pi / 2), similar, 0))


def _count(words: Words) -> Reals:
    return np.asarray(np.bitwise_count(words).sum(axis=-1), np.float64)


def _best_pairs(similar: Reals) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The most similar pairs, each cylinder used once."""
    left = similar.copy()
    rows, columns = [], []
    for _ in range(min(left.shape)):
        row, column = divmod(int(left.argmax()), left.shape[1])
        if left[row, column] <= 0:
            break
        rows.append(row)
        columns.append(column)
        left[row], left[:, column] = -1, -1
    return np.array(rows, np.intp), np.array(columns, np.intp)


def _agreement(one: Reals, other: Reals) -> Reals:
    """How well each pair of pairs fits: the same distance, the same turn, the same direction to each other."""
    distance = np.abs(_apart(one) - _apart(other))
    turn = np.abs(_wrapped(_turns(one) - _turns(other)))
    mine, theirs = _bearing(one), _bearing(other)
    towards = np.abs(_wrapped(mine - theirs))
    towards = (towards + towards.T) / 2
    agree = _falling(distance, 5, 1.6) * _falling(turn, math.pi / 12, 30) * _falling(towards, math.pi / 12, 30)
    np.fill_diagonal(agree, 0)
    return np.asarray(agree)


def _apart(place: Reals) -> Reals:
    return np.asarray(np.hypot(*np.moveaxis(place[:, None, :2] - place[None, :, :2], -1, 0)))


def _turns(place: Reals) -> Reals:
    return _wrapped(place[:, None, 2] - place[None, :, 2])


def _bearing(place: Reals) -> Reals:
    """The direction from each minutia to each other, seen from its own."""
    across, down = np.moveaxis(place[:, None, :2] - place[None, :, :2], -1, 0)
    return _wrapped(place[:, None, 2] - np.arctan2(-down, -across))


def _falling(value: Reals, middle: float, steep: float) -> Reals:
    return np.asarray(1 / (1 + np.exp(np.clip(steep * (value - middle), -50, 50))))
