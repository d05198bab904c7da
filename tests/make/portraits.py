"""Drawn portraits of nobody: a cloth, an ellipse with some texture."""

from io import BytesIO

from PIL import Image, ImageDraw

CLOTHS = {"RED": (200, 20, 32), "BLUE": (24, 60, 190), "ORANGE": (240, 130, 10), "GREY": (140, 140, 140)}


def portrait(cloth: str = "BLUE", *, width: int = 480, height: int = 640) -> bytes:
    """A JPEG with the named cloth behind a face-like ellipse."""
    import numpy as np  # only where a portrait is drawn: a measured station shall not carry it

    picture = Image.new("RGB", (width, height), CLOTHS[cloth])
    draw = ImageDraw.Draw(picture)
    draw.ellipse((width * 0.1, height * 0.75, width * 0.9, height * 1.3), fill=(235, 235, 230))
    draw.ellipse((width * 0.28, height * 0.2, width * 0.72, height * 0.78), fill=(205, 160, 130))
    noise = np.random.default_rng(7).integers(-9, 9, (height, width, 3))
    noisy = np.clip(np.asarray(picture, dtype=int) + noise, 0, 255).astype(np.uint8)
    out = BytesIO()
    Image.fromarray(noisy).save(out, "JPEG", quality=88)
    return out.getvalue()


def signature_png() -> bytes:
    """A scribble."""
    picture = Image.new("L", (300, 120), 255)
    ImageDraw.Draw(picture).line([(20, 80), (90, 30), (140, 90), (240, 40)], fill=0, width=3)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
