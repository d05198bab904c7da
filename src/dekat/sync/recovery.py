"""The regency's recovery key, kept offline: a second recipient of every packet, for the day the centre's is lost."""

from collections.abc import Callable

from dekat.kernel.sealing import SealKey


def _none() -> SealKey | None:
    return None


_source: Callable[[], SealKey | None] = _none


def use_recovery_key(source: Callable[[], SealKey | None]) -> None:
    """Wire where the recovery key comes from; without one, packets have the centre as their only recipient."""
    global _source
    _source = source


def recovery_key() -> SealKey | None:
    """The recovery key when the regency made one."""
    return _source()
