"""Expected trouble: every refusal has a permanent code and facts; faces turn them into words."""

from typing import ClassVar

Fact = str | int | bool | None


class DekatError(Exception):
    """A refusal somebody can act on. Subclass it beside the code that raises it.

    Facts: keyword values that the words of the refusal may name; never a NIK, a name or a secret.
    """

    code: ClassVar[str]

    def __init__(self, **facts: Fact) -> None:
        super().__init__(self.code)
        self.facts: dict[str, Fact] = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code
