"""What a portrait shows, measured here and not believed from the page: size, cloth, light, sharpness."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from dekat.enrolment.states import Background
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
    the Laplacian, `cloth` 0-100 the share of the border in the wanted colour.
    """

    jpeg: bytes
    light: int
    evenness: int
    sharpness: int
    cloth: int

    @property
    def measures(self) -> dict[str, int | str]:
        return {
            "algorithm": ALGORITHM,
            "light": self.light,
            "evenness": self.evenness,
            "sharpness": self.sharpness,
            "cloth": self.cloth,
        }


def checked_portrait(data: bytes, *, wanted: Background) -> Portrait:
    """Measure a portrait and re-encode it without whatever else the file carried (place, camera, comments).

    Refuses: enrolment.photo.unreadable, enrolment.photo.too_small, enrolment.photo.background_wrong.
    """
    picture = _opened(data)
    if picture.width < LEAST_WIDTH or picture.height < LEAST_HEIGHT:
        raise PhotoTooSmall(width=picture.width, height=picture.height)
    if picture.height > _KEPT_HEIGHT:
        picture = picture.resize((round(picture.width * _KEPT_HEIGHT / picture.height), _KEPT_HEIGHT))
    pixels = np.asarray(picture, dtype=np.float32)
    border = _border(pixels)
    share = cloth_share(border, wanted)
    if share < CLOTH_SHARE:
        seen = next((colour for colour in Background if cloth_share(border, colour) >= CLOTH_SHARE), None)
        raise BackgroundWrong(wanted=wanted.label.lower(), seen=seen.label.lower() if seen else "lain atau tidak polos")
    out = BytesIO()
    picture.save(out, "JPEG", quality=92)
    light, evenness, sharpness = _light(pixels)
    return Portrait(out.getvalue(), light, evenness, sharpness, round(share * 100))


def cloth_share(border: NDArray[np.float32], wanted: Background) -> float:
    """The share of border pixels (n x 3, RGB 0-255) whose colour is the wanted cloth."""
    peak, low = border.max(axis=1), border.min(axis=1)
    spread = np.maximum(peak - low, 1e-6)
    red, green, blue = border[:, 0], border[:, 1], border[:, 2]
    hue = np.where(
        peak == red,
        (green - blue) / spread % 6,
        np.where(peak == green, (blue - red) / spread + 2, (red - green) / spread + 4),
    )
    degrees = hue * 60
    first, last = CLOTH_HUES[wanted]
    is_hue = (degrees >= first) & (degrees < last) if first < last else (degrees >= first) | (degrees < last)
    is_cloth = is_hue & (spread / np.maximum(peak, 1) >= LEAST_SATURATION) & (peak >= 255 * LEAST_VALUE)
    return float(is_cloth.mean())


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


def _border(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """The top strip and the upper halves of both sides: below them shoulders begin."""
    height, width, _ = pixels.shape
    top, side = max(1, height * 6 // 100), max(1, width * 10 // 100)
    upper = pixels[: height * 45 // 100]
    parts = (upper[:top], upper[top:, :side], upper[top:, width - side :])
    return np.concatenate([part.reshape(-1, 3) for part in parts])


def _light(pixels: NDArray[np.float32]) -> tuple[int, int, int]:
    height, width, _ = pixels.shape
    grey = pixels @ np.array([0.299, 0.587, 0.114], dtype=np.float32)
    face = grey[height * 25 // 100 : height * 70 // 100, width * 30 // 100 : width * 70 // 100]
    left, right = float(face[:, : face.shape[1] // 2].mean()), float(face[:, face.shape[1] // 2 :].mean())
    laplacian = 4 * face[1:-1, 1:-1] - face[:-2, 1:-1] - face[2:, 1:-1] - face[1:-1, :-2] - face[1:-1, 2:]
    evenness = 100 * min(left, right) / max(left, right, 1.0)
    return round(float(face.mean())), round(evenness), round(float(laplacian.var()))
