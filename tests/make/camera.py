"""A film of somebody who does not exist, for a browser that pretends to have a camera."""

from pathlib import Path

from dekat.adapters.samples.faces import Background, write_film


def chromium_camera(folder: Path, *, person: int = 3, background: Background = Background.RED) -> list[str]:
    """Make the film in `folder` and give the Chromium arguments that show it to every page."""
    film = write_film(folder / f"{background.value}-{person}.mjpeg", person, background)
    return [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
