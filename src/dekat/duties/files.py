"""The pictures and the video of an instruction: opened, checked, made small, known by the SHA-256 of their bytes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from dekat.duties.video import read_video
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.sync import queries as sync_queries
from dekat.sync import services as sync

# A picture is fetched by every station, some on 64 kbit/s: half a minute each at most.
_LARGEST_PICTURE_BYTES = 220_000
_LARGEST_SIDE = 1280
_MOST_PIXELS = 50_000_000
MOST_PICTURES = 12
PICTURE, VIDEO = "image/jpeg", ("video/mp4", "video/webm")


class NotAPicture(DekatError):
    """The file is no JPEG or PNG that can be opened, or it stays too large."""

    code = "duties.file.not_a_picture"


class TooManyFiles(DekatError):
    """An instruction has enough pictures, or already a video."""

    code = "duties.file.too_many"


class FileUntold(DekatError):
    """A picture or a video without words helps nobody who cannot see it, or whose line is too slow for it."""

    code = "duties.file.words_missing"


@dataclass(frozen=True)
class InstructionFile:
    """One picture or video: `name` is how the text calls it, `words` say the same to who does not see it."""

    name: str
    sha256: str
    type: str
    size_bytes: int
    words: str
    seconds: int = 0

    @property
    def is_video(self) -> bool:
        return self.type in VIDEO

    def as_json(self) -> dict[str, Json]:
        """The file as it travels and is kept."""
        return asdict(self)


def files_from(raw: Sequence[Mapping[str, object]]) -> tuple[InstructionFile, ...]:
    """Read what `as_json` wrote."""
    return tuple(
        InstructionFile(
            name=str(one["name"]),
            sha256=str(one["sha256"]),
            type=str(one["type"]),
            size_bytes=int(str(one["size_bytes"])),
            words=str(one["words"]),
            seconds=int(str(one.get("seconds", 0))),
        )
        for one in raw
    )


class VideoAlone(DekatError):
    """A video travels slowly; a picture and the text must be enough until it has come."""

    code = "duties.file.video_alone"


def keep_file(raw: bytes, *, words: str, is_video: bool, others: Sequence[InstructionFile]) -> InstructionFile:
    """Check and keep the bytes for the stations to fetch; give how the text may call them.

    Refuses: duties.file.not_a_picture, duties.file.not_a_video, duties.file.too_many, duties.file.words_missing.
    """
    if not words.strip():
        raise FileUntold
    same = [one for one in others if one.is_video is is_video]
    if len(same) >= (1 if is_video else MOST_PICTURES):
        raise TooManyFiles(most=1 if is_video else MOST_PICTURES)
    if is_video:
        facts = read_video(raw)
        return InstructionFile("video", sync.publish_blob(raw), facts.type, len(raw), words.strip(), facts.seconds)
    content = clean_picture(raw)
    number = max((int(one.name.partition("-")[2]) for one in same), default=0) + 1
    return InstructionFile(f"gambar-{number}", sync.publish_blob(content), PICTURE, len(content), words.strip())


def clean_picture(raw: bytes) -> bytes:
    """Give the picture as a new, small JPEG without place, time or device of its camera.

    Refuses: duties.file.not_a_picture.
    """
    try:
        with Image.open(BytesIO(raw), formats=["JPEG", "PNG"]) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise NotAPicture
            upright = _on_white(ImageOps.exif_transpose(opened))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPicture from error
    for side, quality in ((_LARGEST_SIDE, 82), (_LARGEST_SIDE, 68), (960, 60), (720, 45)):
        upright.thumbnail((side, side))
        out = BytesIO()
        upright.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= _LARGEST_PICTURE_BYTES:
            return out.getvalue()
    raise NotAPicture


def content_of(sha256: str) -> bytes | None:
    """The bytes of a file, or None while they have not come to this machine."""
    return sync_queries.blob(sha256)


def held(files: Iterable[InstructionFile]) -> set[str]:
    """The SHA-256 of the files whose bytes are on this machine."""
    return sync_queries.held_blobs(one.sha256 for one in files)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode not in ("RGBA", "LA", "PA") and "transparency" not in picture.info:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    ground = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(ground, layered).convert("RGB")
