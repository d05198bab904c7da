"""Money: an exact count of sen, never a float and never a decimal column."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Rupiah:
    """An amount in sen (1/100 rupiah)."""

    sen: int

    @classmethod
    def of(cls, rupiah: int) -> "Rupiah":
        """Make an amount from whole rupiah."""
        return cls(rupiah * 100)

    def __add__(self, other: "Rupiah") -> "Rupiah":
        return Rupiah(self.sen + other.sen)

    def __sub__(self, other: "Rupiah") -> "Rupiah":
        return Rupiah(self.sen - other.sen)

    def times(self, count: int) -> "Rupiah":
        """The amount for `count` pieces."""
        return Rupiah(self.sen * count)

    def share(self, part: int, whole: int) -> "Rupiah":
        """`part`/`whole` of the amount, rounded half up to a sen (depreciation by days)."""
        return Rupiah((self.sen * part * 2 + whole) // (whole * 2))

    def __str__(self) -> str:
        """Write `Rp 1.800.000.000`; sen only where there are any."""
        whole, sen = divmod(abs(self.sen), 100)
        text = f"{whole:,}".replace(",", ".") + (f",{sen:02d}" if sen else "")
        return f"{'-' if self.sen < 0 else ''}Rp {text}"
