"""How a field of a Django form becomes GOV.UK markup."""

from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils.safestring import SafeString

CHOICE_BLOCKS = {"radioselect": "govuk-radios", "checkboxselectmultiple": "govuk-checkboxes"}
CLASSES = {
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "checkbox": "govuk-checkboxes__input",
    "clearablefile": "govuk-file-upload",
    "severalfiles": "govuk-file-upload",
    "file": "govuk-file-upload",
}


def is_choice_list(field: BoundField) -> bool:
    """Whether the field shows one input for each choice."""
    return field.widget_type in CHOICE_BLOCKS


def choice_block(field: BoundField) -> str:
    """The block name of the list of choices."""
    return CHOICE_BLOCKS[field.widget_type]


def choice_input(option: BoundWidget) -> SafeString:
    """One radio button or checkbox of a list."""
    block = "govuk-radios" if option.data["type"] == "radio" else "govuk-checkboxes"
    option.data["attrs"]["class"] = f"{block}__input"
    return option.tag(wrap_label=False)


def govuk_widget(field: BoundField) -> SafeString:
    """The widget with the class of its kind, beside the classes the form gave it."""
    css = CLASSES.get(field.widget_type, "govuk-input")
    if field.errors and css in ("govuk-input", "govuk-select", "govuk-textarea"):
        css += f" {css}--error"
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{css} {own}".strip()})


def first_input_id(field: BoundField) -> str:
    """Where a link of the error summary leads."""
    return f"{field.auto_id}_0" if is_choice_list(field) else (field.id_for_label or field.auto_id)
