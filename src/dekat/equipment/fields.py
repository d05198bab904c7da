"""Money in a table: an exact count of sen."""

from typing import TYPE_CHECKING, Any

from django.db import models

from dekat.kernel.rupiah import Rupiah

# Django's fields take their types only from the stubs.
if TYPE_CHECKING:
    _Field = models.Field[Rupiah, Rupiah]
else:
    _Field = models.Field


class RupiahField(_Field):
    """Keeps a `Rupiah` as its count of sen."""

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    def from_db_value(self, value: int | None, expression: object, connection: object) -> Rupiah | None:
        return None if value is None else Rupiah(value)

    def to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, Rupiah) else Rupiah(int(value))

    def get_prep_value(self, value: Any) -> Any:
        return value.sen if isinstance(value, Rupiah) else value
