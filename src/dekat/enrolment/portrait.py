"""What a portrait shows, measured here and not believed from the page: size, cloth, light, and the judge's own look."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageChops, ImageFilter, ImageStat, UnidentifiedImageError

from dekat.enrolment.quality import judge
from dekat.enrolment.states import Background
from dekat.enrolment.verdicts import AWAY, Verdict, asked, verdict_of
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError

ALGORITHM = "dekat-portrait/1"
# The frame on screen cuts 3:4 out of a 640 x 480 camera, the smallest one still in use: 360 x 480.
LEAST_WIDTH, LEAST_HEIGHT = 340, 450
LARGEST_BYTES = 3_000_000
_LARGEST_PIXELS = 24_000_000
_KEPT_HEIGHT = 1200
# Most of the border must be cloth of the right colour; hair, a veil or a shoulder may reach into it.
CLOTH_SHARE = 0.6
LEAST_SATURATION = 0.35
LEAST_VALUE = 0.2
# Hue in degrees: [from, to) on the colour circle, red goes around zero.
CLOTH_HUES = {Background.RED: (338.0, 14.0), Background.ORANGE: (14.0, 48.0), Background.BLUE: (185.0, 262.0)}
_LAPLACIAN = ImageFilter.Kernel((3, 3), (0, -1, 0, -1, 4, -1, 0, -1, 0), scale=1, offset=128)


class PhotoUnreadable(DekatError):
    """The bytes are no JPEG picture, or an absurdly large one."""

    code = "enrolment.photo.unreadable"


class PhotoTooSmall(DekatError):
    """The picture has too few pixels for a card."""

    code = "enrolment.photo.too_small"


class BackgroundWrong(DekatError):
    """The cloth behind the face has another colour than this resident's birth year asks for."""

    code = "enrolment.photo.background_wrong"


@dataclass(frozen=True)
class Portrait:
    """A checked portrait: the JPEG that is kept and what was measured on it.

    Facts: `light` 0-255 is the mean, `evenness` 0-100 the darker half against the brighter, `sharpness` the variance of
    the Laplacian, `cloth` 0-100 the share of the background in the wanted colour; `verdict` is the judge's.
    """

    jpeg: bytes
    light: int
    evenness: int
    sharpness: int
    cloth: int
    verdict: Verdict

    @property
    def measures(self) -> dict[str, Json]:
        return {
            "algorithm": ALGORITHM,
            "light": self.light,
            "evenness": self.evenness,
            "sharpness": self.sharpness,
            "cloth": self.cloth,
            "look": dict(self.verdict.measures),
        }

    @property
    def score(self) -> int:
        """The judge's, or the cloth's where nobody judged."""
        return self.cloth if self.verdict.score is None else self.verdict.score

    @property
    def is_forced(self) -> bool:
        """Kept although something is not as it should be: the operator and the resident wanted this one."""
        return not self.verdict.is_good


def checked_portrait(data: bytes, *, wanted: Background, is_cloth_free: bool = False) -> Portrait:
    """Measure a portrait and re-encode it without whatever else the file carried (place, camera, comments).

    Facts: only the cloth refuses; what else is wrong is said before, live, and kept in the measures. `is_cloth_free` is
    for somebody photographed in a chair or in bed: then the cloth refuses nothing either.
    Refuses: enrolment.photo.unreadable, enrolment.photo.too_small, enrolment.photo.background_wrong.
    """
    picture = _opened(data)
    if picture.width < LEAST_WIDTH or picture.height < LEAST_HEIGHT:
        raise PhotoTooSmall(width=picture.width, height=picture.height)
    if picture.height > _KEPT_HEIGHT:
        picture = picture.resize((round(picture.width * _KEPT_HEIGHT / picture.height), _KEPT_HEIGHT))
    out = BytesIO()
    picture.save(out, "JPEG", quality=92)
    look = asked(lambda: judge().face(out.getvalue(), background=wanted))
    verdict = verdict_of(look) if look else AWAY
    cloth = _cloth_share(picture, wanted)
    if _is_cloth_wrong(verdict, cloth) and not is_cloth_free:
        seen = next((colour for colour in Background if _cloth_share(picture, colour) >= CLOTH_SHARE), None)
        is_told = seen is not None and seen != wanted
        raise BackgroundWrong(
            wanted=wanted.label.lower(), seen=seen.label.lower() if seen and is_told else "lain atau tidak polos"
        )
    light, evenness, sharpness = _light(picture)
    return Portrait(out.getvalue(), light, evenness, sharpness, round(cloth * 100), verdict)


def _is_cloth_wrong(verdict: Verdict, cloth: float) -> bool:
    """The judge sees all of the background, but only where it found one face; else the border decides."""
    if verdict.measures.get("faces") == 1:
        return any(wrong.startswith("face.cloth:") for wrong in verdict.wrong)
    return cloth < CLOTH_SHARE


def _opened(data: bytes) -> Image.Image:
    if not data.startswith(b"\xff\xd8\xff") or len(data) > LARGEST_BYTES:
        raise PhotoUnreadable
    try:
        picture = Image.open(BytesIO(data))
        if picture.width * picture.height > _LARGEST_PIXELS:
            raise PhotoUnreadable
        return picture.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise PhotoUnreadable from error


def _cloth_share(picture: Image.Image, wanted: Background) -> float:
    """The share of the border whose colour is the wanted cloth."""
    first, last = (degrees * 255 / 360 for degrees in CLOTH_HUES[wanted])
    is_hue = [255 * (first <= hue < last if first < last else hue >= first or hue < last) for hue in range(256)]
    is_strong = [255 * (value >= 255 * LEAST_SATURATION) for value in range(256)]
    is_lit = [255 * (value >= 255 * LEAST_VALUE) for value in range(256)]
    matching = total = 0.0
    for strip in _border(picture):
        hue, saturation, value = strip.convert("HSV").split()
        is_cloth = ImageChops.darker(hue.point(is_hue), saturation.point(is_strong))
        is_cloth = ImageChops.darker(is_cloth, value.point(is_lit))
        matching += ImageStat.Stat(is_cloth).sum[0] / 255
        total += strip.width * strip.height
    return matching / total


def _border(picture: Image.Image) -> Iterator[Image.Image]:
    """The top strip and the upper halves of both sides: below them shoulders begin."""
    top, side = max(1, picture.height * 6 // 100), max(1, picture.width * 10 // 100)
    low = picture.height * 45 // 100
    yield picture.crop((0, 0, picture.width, top))
    yield picture.crop((0, top, side, low))
    yield picture.crop((picture.width - side, top, picture.width, low))


def _light(picture: Image.Image) -> tuple[int, int, int]:
    width, height = picture.size
    middle = (width * 30 // 100, height * 25 // 100, width * 70 // 100, height * 70 // 100)
    face = picture.convert("L").crop(middle)
    half = face.width // 2
    left = ImageStat.Stat(face.crop((0, 0, half, face.height))).mean[0]
    right = ImageStat.Stat(face.crop((half, 0, face.width, face.height))).mean[0]
    edges = face.filter(_LAPLACIAN).crop((1, 1, face.width - 1, face.height - 1))
    evenness = 100 * min(left, right) / max(left, right, 1.0)
    return round(ImageStat.Stat(face).mean[0]), round(evenness), round(ImageStat.Stat(edges).var[0])
