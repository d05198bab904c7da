"""Which column an element is, and how its new value is read."""

from dekat.kernel.errors import DekatError
from dekat.kernel.partial_date import PartialDate
from dekat.registry import rules
from dekat.registry.code_lists import CodeTable
from dekat.registry.models import Resident
from dekat.registry.states import Element, ListName, Sex

_CODED: dict[Element, ListName] = {
    Element.BLOOD_TYPE: ListName.BLOOD_TYPE,
    Element.RELIGION: ListName.RELIGION,
    Element.MARITAL_STATUS: ListName.MARITAL_STATUS,
    Element.RELATION: ListName.RELATION,
    Element.EDUCATION: ListName.EDUCATION,
    Element.OCCUPATION: ListName.OCCUPATION,
    Element.DISABILITY: ListName.DISABILITY,
    Element.CITIZENSHIP: ListName.CITIZENSHIP,
}
DAYS = (Element.BORN_ON, Element.MARRIED_ON, Element.DIVORCED_ON)


class ValueTooLong(DekatError):
    """The new value does not fit its place."""

    code = "registry.element.too_long"


class ValueEmpty(DekatError):
    """This element may not be empty."""

    code = "registry.element.empty"


def column_of(element: Element) -> str:
    """The column of `Resident` that holds an element."""
    return element.value.lower()


def read_value(element: Element, text: str, codes: CodeTable) -> str:
    """The value as the register stores it: a code, an ISO day or text.

    Facts: a changed full name is a new name and must obey the rules for new names.
    Refuses: registry.element.empty, registry.element.too_long, registry.code.unknown, kernel.partial_date.impossible,
    and what `rules.check_new_name` refuses.
    """
    written = " ".join(text.split())
    field = Resident._meta.get_field(column_of(element))
    if not written:
        if field.blank:  # type: ignore[union-attr]
            return ""
        raise ValueEmpty(element=str(element.label))
    if element is Element.SEX:
        return Sex.MALE.value if codes.read(ListName.SEX, written) == "1" else Sex.FEMALE.value
    if name := _CODED.get(element):
        return codes.read(name, written)
    if element in DAYS:
        return PartialDate.parse(written).iso
    if element is Element.FULL_NAME:
        rules.check_new_name(written)
    if len(written) > (field.max_length or 0):  # type: ignore[union-attr]
        raise ValueTooLong(element=str(element.label), most=field.max_length)  # type: ignore[union-attr]
    return written
