"""Where a station's biometric devices come from: SBI, or a maker's own plug-in named by DEKAT_DEVICES."""

import site
import sysconfig
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from dekat.enrolment.ports import BiometricDevices
from dekat.project.setting_text import WrongSetting

SBI = "sbi"
_METHODS = ("ready", "capture_fingers", "capture_irises", "capture_face", "preview")


def plugged_devices(name: str, *, folders: Iterable[Path] | None = None) -> Callable[[], BiometricDevices]:
    """The source of devices that `module:factory` names, built once at the start of the station.

    Facts: the module must lie in an installed package (`folders`, none: where pip installs), never beside the data:
    what sees fingers is installed by whoever may install software.
    """
    module_name, _, factory_name = name.partition(":")
    if not module_name or not factory_name.isidentifier():
        raise WrongSetting(f"DEKAT_DEVICES must be {SBI} or module:factory, not {name!r}.")
    _refuse_unless_installed(module_name, tuple(folders) if folders is not None else _installed_folders())
    try:
        devices = getattr(import_module(module_name), factory_name)()
    except Exception as error:  # a maker's code may fail in any way; the start must say whose it was
        raise WrongSetting(f"DEKAT_DEVICES: {name} failed: {type(error).__name__}: {error}") from error
    missing = [method for method in _METHODS if not callable(getattr(devices, method, None))]
    if missing:
        raise WrongSetting(f"DEKAT_DEVICES: what {name} gives lacks {', '.join(missing)}.")
    return lambda: devices


def _refuse_unless_installed(module_name: str, folders: tuple[Path, ...]) -> None:
    # Only the outermost package is looked for: to look for an inner module is already to run the outer ones.
    try:
        spec = find_spec(module_name.partition(".")[0])
    except (ImportError, ValueError) as error:
        raise WrongSetting(f"DEKAT_DEVICES: there is no module {module_name} ({error}).") from error
    if spec is None or not spec.origin:
        raise WrongSetting(f"DEKAT_DEVICES: there is no module {module_name}; install its package first.")
    origin = Path(spec.origin).resolve()
    if not any(origin.is_relative_to(folder) for folder in folders):
        raise WrongSetting(f"DEKAT_DEVICES: {module_name} is not an installed package; install it with pip.")


def _installed_folders() -> tuple[Path, ...]:
    paths = sysconfig.get_paths()
    return tuple({Path(folder).resolve() for folder in (*site.getsitepackages(), paths["purelib"], paths["platlib"])})
