"""The questions of a service as fields of a form, the same at home, at the desk and at the office."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dekat.areas import queries as areas
from dekat.cases.questions import LONGEST_TEXT, MOST_COUNTED, Kind, Question, is_put
from dekat.faces.refusals.words import words_for
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.registry import queries as registry
from dekat.registry.rules import check_new_name

SIXTEEN = RegexValidator(r"^[0-9]{16}$", gettext_lazy("Tulis ke-16 angkanya, tanpa spasi dan titik."))
NUMERIC = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "20"}
_MOST_ON_A_PAGE = 8
# Above which questions a long form takes a breath.
_HEADINGS: dict[str, Promise] = {
    "mother": gettext_lazy("Orang tua"),
    "mother_nik": gettext_lazy("Orang tua"),
    "witness_1": gettext_lazy("Dua saksi"),
    "husband": gettext_lazy("Suami dan istri"),
    "to_province": gettext_lazy("Tempat tujuan"),
    "village": gettext_lazy("Alamat yang baru"),
}
People = Sequence[tuple[str, str]]
_CHOOSE: tuple[str, str | Promise] = ("", gettext_lazy("Pilih satu"))


def fields_for(questions: Iterable[Question], people: People = ()) -> dict[str, forms.Field]:
    """One field for each question; RELATIONS gives one for each person.

    Facts: a question with a condition is never required by its field: `unanswered` says what is missing. `people` (NIK,
    name) are the family where it is known, to choose from; whoever is not among them is typed below.
    """
    fields: dict[str, forms.Field] = {}
    for question in questions:
        if question.kind is Kind.RELATIONS:
            choices = _listed(question)
            for number, (_, name) in enumerate(question.options):
                help_text = question.help if number == 0 else ""
                fields[_part(question, number)] = forms.ChoiceField(
                    label=f"{question.label}: {name}", help_text=help_text, choices=choices
                )
        else:
            fields[question.key] = _field(question, people)
            fields[question.key].heading = _HEADINGS.get(question.key, "")  # type: ignore[attr-defined]
            if people and question.kind is Kind.MEMBERS:
                fields[question.key].is_put_later = question.is_required  # type: ignore[attr-defined]
                fields[_others(question)] = _typed_members(
                    {"label": gettext_lazy("NIK lain yang tidak ada di daftar itu"), "required": False}
                )
    for question in questions:
        if question.only_if and question.key in fields:
            key, answers = question.only_if
            fields[question.key].is_put_later = question.is_required  # type: ignore[attr-defined]
            condition = {"data-only-if": key, "data-only-if-is": " ".join(sorted(answers))}
            for name in {question.key, _others(question)} & fields.keys():
                fields[name].widget.attrs |= condition
    return fields


def unanswered(questions: Iterable[Question], cleaned: Mapping[str, Any]) -> list[str]:
    """The keys of the questions that are put after these answers, must be answered, and were not."""
    said = answers_in(questions, cleaned)
    return [
        one.key
        for one in questions
        if (one.only_if or one.kind is Kind.MEMBERS)
        and one.is_required
        and one.kind is not Kind.YES
        and is_put(one, said)
        and not said.get(one.key)
    ]


def answers_in(questions: Iterable[Question], cleaned: Mapping[str, Any]) -> dict[str, Json]:
    """What was said, by the key of each question."""
    said: dict[str, Json] = {}
    for question in questions:
        if question.kind is Kind.RELATIONS:
            said[question.key] = {
                key: cleaned.get(_part(question, number), "") for number, (key, _) in enumerate(question.options)
            }
        else:
            value = cleaned.get(question.key)
            if question.kind is Kind.MEMBERS:
                value = [*(value or []), *cleaned.get(_others(question), [])]
            said[question.key] = value.isoformat() if isinstance(value, date) else value
    return said


def _part(question: Question, number: int) -> str:
    return f"{question.key}-{number}"


def _others(question: Question) -> str:
    return f"{question.key}-others"


def _typed_members(facts: dict[str, Any]) -> forms.Field:
    return NumbersField(widget=forms.Textarea(attrs={"rows": 3, "inputmode": "numeric"}), **facts)


def _field(question: Question, people: People) -> forms.Field:
    facts: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help,
        "required": question.is_required and question.only_if is None,
    }
    match question.kind:
        case Kind.YES | Kind.STATEMENT:
            return forms.BooleanField(**{**facts, "required": False})
        case Kind.CHOICE:
            return forms.ChoiceField(choices=[_CHOOSE, *question.options], **facts)
        case Kind.LISTED:
            choices = _listed(question)
            return forms.ChoiceField(choices=choices, **facts)
        case Kind.VILLAGE:
            return forms.ChoiceField(choices=[_CHOOSE, *areas.village_labels()], **facts)
        case Kind.DAY:
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **facts)
        case Kind.TIME:
            return forms.CharField(widget=forms.TimeInput(attrs={"type": "time"}), **facts)
        case Kind.COUNT:
            return forms.IntegerField(min_value=1, max_value=MOST_COUNTED, **facts)
        case Kind.MEMBER if people:
            return forms.ChoiceField(choices=[_CHOOSE, *people], **{**facts, "label": _without_number(question)})
        case Kind.MEMBERS if people:
            ticks = {**facts, "label": _without_number(question), "required": False}
            return forms.MultipleChoiceField(choices=people, widget=forms.CheckboxSelectMultiple, **ticks)
        case Kind.NIK | Kind.MEMBER | Kind.FAMILY_CARD:
            return forms.CharField(validators=[SIXTEEN], widget=forms.TextInput(attrs=NUMERIC), **facts)
        case Kind.MEMBERS:
            return _typed_members(facts)
        case Kind.PEOPLE:
            return PeopleField(question.columns, **facts)
        case Kind.NEW_NAME:
            return forms.CharField(max_length=60, validators=[_allowed_name], **facts)
        case Kind.LONG_TEXT:
            return forms.CharField(max_length=5 * LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}), **facts)
        case _:
            return forms.CharField(max_length=question.longest, **facts)


def _without_number(question: Question) -> str:
    """The question where somebody is chosen by name: `Kepala keluarga yang baru`."""
    words = question.label.removeprefix("NIK ")
    return words[:1].upper() + words[1:]


def _listed(question: Question) -> list[tuple[str, str | Promise]]:
    codes = registry.choices(question.values) if question.values else []
    return [_CHOOSE, *((one.code, one.label) for one in codes)]


def _allowed_name(name: str) -> None:
    try:
        check_new_name(name)
    except DekatError as refused:
        words = words_for(refused)
        raise forms.ValidationError(f"{words.happened} {words.do_now}") from refused


class NumbersField(forms.Field):
    """Several NIK, one on each line or parted by spaces or commas."""

    def to_python(self, value: object) -> list[str]:
        return str(value or "").replace(",", " ").split()

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        for one in value:
            SIXTEEN(one)


class PersonForm(forms.Form):
    """One of several people who are described; a form that nobody touched is nobody."""

    def __init__(
        self, said: Any, *, columns: tuple[Question, ...], fields: Mapping[str, forms.Field], prefix: str
    ) -> None:
        super().__init__(said, prefix=prefix, empty_permitted=True, use_required_attribute=False)
        self.columns = columns
        self.fields.update(deepcopy(fields))


class PeopleWidget(forms.Widget):
    """A form for each person, one below the other; those that nobody touched are folded."""

    template_name = "ui/forms/people.html"
    use_fieldset = True

    def __init__(self, columns: tuple[Question, ...]) -> None:
        super().__init__()
        self.columns = columns

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[PersonForm]:
        return self._forms(name, data)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        people = value if isinstance(value, list) and value else self._forms(name)
        return {**super().get_context(name, None, attrs), "people": people}

    def _forms(self, name: str, said: Any = None) -> list[PersonForm]:
        # Made once for all: each list of values is a question to the database.
        fields = fields_for(self.columns)
        return [
            PersonForm(said, columns=self.columns, fields=fields, prefix=f"{name}-{number}")
            for number in range(_MOST_ON_A_PAGE)
        ]


class PeopleField(forms.Field):
    """Several people, each as the answers to the same questions."""

    def __init__(self, columns: tuple[Question, ...], **facts: Any) -> None:
        super().__init__(widget=PeopleWidget(columns), **facts)

    def clean(self, value: Any) -> list[dict[str, Json]]:
        described = [one for one in value or [] if one.has_changed()]
        if self.required and not described:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if not all(one.is_valid() for one in described):
            raise forms.ValidationError(gettext_lazy("Lengkapi data orang yang ditandai."))
        return [answers_in(one.columns, one.cleaned_data) for one in described]
