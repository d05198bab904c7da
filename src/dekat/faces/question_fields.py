"""The questions of a service as fields of a form, the same at home, at the desk and at the office."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dekat.areas import queries as areas
from dekat.cases.questions import LONGEST_TEXT, Kind, Question
from dekat.faces.refusals.words import words_for
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.registry import queries as registry
from dekat.registry.rules import check_new_name

SIXTEEN = RegexValidator(r"^[0-9]{16}$", gettext_lazy("Tulis ke-16 angkanya, tanpa spasi dan titik."))
NUMERIC = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "20"}
_CHOOSE: tuple[str, str | Promise] = ("", gettext_lazy("Pilih satu"))


def fields_for(questions: Iterable[Question]) -> dict[str, forms.Field]:
    """One field for each question; RELATIONS gives one for each person.

    Facts: a question with a condition is never required by its field: `cases.questions.read` decides.
    """
    fields: dict[str, forms.Field] = {}
    for question in questions:
        if question.kind is Kind.RELATIONS:
            choices = _listed(question)
            for number, (_, name) in enumerate(question.options):
                fields[_part(question, number)] = forms.ChoiceField(label=f"{question.label}: {name}", choices=choices)
        else:
            fields[question.key] = _field(question)
    for question in questions:
        if question.only_if and question.key in fields:
            key, answers = question.only_if
            fields[question.key].widget.attrs |= {"data-only-if": key, "data-only-if-is": " ".join(sorted(answers))}
    return fields


def answers_in(questions: Iterable[Question], cleaned: Mapping[str, Any]) -> dict[str, Json]:
    """What was said, by the key of each question."""
    said: dict[str, Json] = {}
    for question in questions:
        if question.kind is Kind.RELATIONS:
            said[question.key] = {
                nik: cleaned.get(_part(question, number), "") for number, (nik, _) in enumerate(question.options)
            }
        else:
            value = cleaned.get(question.key)
            said[question.key] = value.isoformat() if isinstance(value, date) else value
    return said


def _part(question: Question, number: int) -> str:
    return f"{question.key}-{number}"


def _field(question: Question) -> forms.Field:
    facts: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help,
        "required": question.is_required and question.only_if is None,
    }
    match question.kind:
        case Kind.YES:
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
            return forms.IntegerField(min_value=1, max_value=30, **facts)
        case Kind.NIK | Kind.MEMBER | Kind.FAMILY_CARD:
            return forms.CharField(validators=[SIXTEEN], widget=forms.TextInput(attrs=NUMERIC), **facts)
        case Kind.MEMBERS:
            return NumbersField(widget=forms.Textarea(attrs={"rows": 3, "inputmode": "numeric"}), **facts)
        case Kind.NEW_NAME:
            return forms.CharField(max_length=60, validators=[_allowed_name], **facts)
        case Kind.LONG_TEXT:
            return forms.CharField(max_length=5 * LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}), **facts)
        case _:
            return forms.CharField(max_length=LONGEST_TEXT, **facts)


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
