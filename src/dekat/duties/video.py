"""How long a short video is and whether it is one: read from the container (MP4, WebM), nothing is decoded. Pure."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from dekat.kernel.errors import DekatError

# Nine minutes on 64 kbit/s; it travels only when nothing else waits and the line may be spent.
LARGEST_BYTES = 4 * 1024 * 1024
LONGEST_SECONDS = 90
_MOST_ELEMENTS = 100_000


class NotAVideo(DekatError):
    """The file is no MP4 or WebM with a picture track, or it is too large or too long."""

    code = "duties.file.not_a_video"


@dataclass(frozen=True)
class VideoFacts:
    """What the container says of itself."""

    type: str
    seconds: int


def read_video(raw: bytes) -> VideoFacts:
    """Say what a file is and how long it plays.

    Refuses: duties.file.not_a_video.
    """
    if len(raw) > LARGEST_BYTES:
        raise NotAVideo
    try:
        if raw[4:8] == b"ftyp":
            facts = VideoFacts("video/mp4", round(_mp4_seconds(raw)))
        elif raw[:4] == b"\x1a\x45\xdf\xa3":
            facts = VideoFacts("video/webm", round(_webm_seconds(raw)))
        else:
            raise NotAVideo
    except (struct.error, IndexError, ValueError, OverflowError, ZeroDivisionError) as error:
        raise NotAVideo from error
    if not 0 < facts.seconds <= LONGEST_SECONDS:
        raise NotAVideo
    return facts


def _boxes(raw: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes of an MP4 between two places: name, where its content begins and ends."""
    for _ in range(_MOST_ELEMENTS):
        if start + 8 > end:
            return
        size, name = struct.unpack_from(">I4s", raw, start)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", raw, start + 8)[0], 16
        size = size or end - start
        if size < head or start + size > end:
            raise NotAVideo
        yield name, start + head, start + size
        start += size


def _inside(raw: bytes, start: int, end: int, *names: bytes) -> Iterator[tuple[int, int]]:
    for name, first, last in _boxes(raw, start, end):
        if name == names[0]:
            yield from [(first, last)] if len(names) == 1 else _inside(raw, first, last, *names[1:])


def _mp4_seconds(raw: bytes) -> float:
    handlers = [raw[at + 8 : at + 12] for at, _ in _inside(raw, 0, len(raw), b"moov", b"trak", b"mdia", b"hdlr")]
    if b"vide" not in handlers:
        raise NotAVideo
    at, _ = next(_inside(raw, 0, len(raw), b"moov", b"mvhd"), (0, 0))
    if not at:
        raise NotAVideo
    scale, duration = struct.unpack_from(">IQ", raw, at + 20) if raw[at] else struct.unpack_from(">II", raw, at + 12)
    return float(duration) / float(scale)


_SEGMENT, _CLUSTER, _INFO, _TRACKS, _TRACK = 0x18538067, 0x1F43B675, 0x1549A966, 0x1654AE6B, 0xAE
_SCALE, _DURATION, _TRACK_TYPE, _TIMECODE, _GROUP = 0x2AD7B1, 0x4489, 0x83, 0xE7, 0xA0
_BLOCKS = (0xA3, 0xA1)
_NESTED = {_SEGMENT, _CLUSTER, _INFO, _TRACKS, _TRACK, _GROUP}


def _webm_seconds(raw: bytes) -> float:
    scale, duration, has_picture, cluster, last = 1_000_000, 0.0, False, 0, 0
    if b"webm" not in raw[:64]:
        raise NotAVideo
    for name, first, end in _elements(raw):
        if name == _SCALE:
            scale = int.from_bytes(raw[first:end], "big")
        elif name == _DURATION:
            duration = struct.unpack(">d" if end - first == 8 else ">f", raw[first:end])[0]
        elif name == _TRACK_TYPE:
            has_picture |= raw[first:end] == b"\x01"
        elif name == _TIMECODE:
            cluster = int.from_bytes(raw[first:end], "big")
        elif name in _BLOCKS:
            # What a browser records says no duration; its last block does.
            last = max(last, cluster + struct.unpack_from(">h", raw, first + _width(raw[first]))[0])
    if not has_picture:
        raise NotAVideo
    return (duration or last) * scale / 1e9


def _elements(raw: bytes) -> Iterator[tuple[int, int, int]]:
    """Every EBML element, those inside others too: id, where its content begins and ends."""
    at = 0
    for _ in range(_MOST_ELEMENTS):
        if at >= len(raw):
            return
        id_width = _width(raw[at])
        name = int.from_bytes(raw[at : at + id_width], "big")
        at += id_width
        size_width = _width(raw[at])
        size = int.from_bytes(raw[at : at + size_width], "big") & ((1 << 7 * size_width) - 1)
        at += size_width
        is_open = size == (1 << 7 * size_width) - 1
        end = len(raw) if is_open else at + size
        if end > len(raw):
            raise NotAVideo
        yield name, at, end
        # Going into what holds others, and over everything else.
        at = at if name in _NESTED else end
    raise NotAVideo


def _width(first: int) -> int:
    """How many bytes an EBML number takes, by its first one."""
    if first == 0:
        raise NotAVideo
    return 9 - first.bit_length()
