"""The forms of Permendagri 109/2019 as a service fills them: from the register, from its questions and their answers.

A form asks for nothing of its own. Whoever answered on a page prints the same form with the answers in it.
Law: permendagri-109-2019
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from dekat.areas import queries as areas
from dekat.cases.catalogue import SERVICES, change
from dekat.cases.offered.entry import Group, Service
from dekat.cases.questions import Kind, Question, is_put
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.partial_date import PartialDate
from dekat.registry import forms as known
from dekat.registry import queries as registry
from dekat.registry.states import Element, ListName

TICK = "x"
# Two pages; a larger family takes the form twice.
_BLANK_MEMBERS = 3


class FormNo(StrEnum):
    """The forms that a service of the catalogue names."""

    FAMILY_BIODATA = "F-1.01"
    REQUEST = "F-1.02"
    MOVE = "F-1.03"
    ELEMENTS = "F-1.06"
    CIVIL = "F-2.01"


TITLES = {
    FormNo.FAMILY_BIODATA: "Formulir Biodata Keluarga",
    FormNo.REQUEST: "Formulir Pendaftaran Peristiwa Kependudukan",
    FormNo.MOVE: "Formulir Pendaftaran Perpindahan Penduduk",
    FormNo.ELEMENTS: "Formulir Perubahan Elemen Data Penduduk",
    FormNo.CIVIL: "Formulir Pelaporan Pencatatan Sipil",
}
# Which services a form lets its reader tick.
_SHELVES = {
    FormNo.REQUEST: tuple(Group),
    FormNo.MOVE: (Group.MOVE,),
    FormNo.ELEMENTS: (Group.FAMILY, Group.CARD),
    FormNo.CIVIL: (Group.CIVIL,),
    FormNo.FAMILY_BIODATA: (),
}


class FormNotOfService(DekatError):
    """This service does not ask for this form."""

    code = "cases.form.not_of_service"


@dataclass(frozen=True, repr=False)
class Filling:
    """What is known when a form is printed.

    Facts: with `resident_id` None the form says of the applicant only what is `stated`; with nothing stated it is one
    to be written by hand. Once `is_carried_out` the register no longer knows what was before.
    """

    service: Service
    resident_id: UUID | None = None
    family_id: UUID | None = None
    phone: str = ""
    answers: Mapping[str, Json] = field(default_factory=dict)
    stated_nik: str = ""
    stated_family_card_no: str = ""
    is_carried_out: bool = False


def form_content(form: FormNo, filling: Filling, *, regency: str, printed_on: date | None) -> dict[str, Json]:
    """The content of `SheetKind.FORM`: what is known is written, what is asked is open, boxes are ticked.

    Facts: with `printed_on` None the day is to be written by hand; of other people than the applicant's own family a
    form says no more than the applicant did.
    Refuses: cases.form.not_of_service, registry.resident.unknown.
    """
    if form not in filling.service.forms:
        raise FormNotOfService(form=form.value)
    lines = known.applicant_lines(filling.resident_id) if filling.resident_id else _stated(filling)
    parts = [_part("Pemohon", {**lines, "Nomor telepon": filling.phone}), *_ticked(form, filling.service)]
    if form is FormNo.FAMILY_BIODATA:
        parts += [*_family(filling), *_newcomers(filling)]
    else:
        parts += _answered(filling)
        parts += _attached(filling.service)
    return {
        "form_no": form.value,
        "title": TITLES[form],
        "regency": regency,
        "printed_on": printed_on.strftime("%d-%m-%Y") if printed_on else "",
        "applicant": lines["Nama lengkap"],
        "parts": parts,
    }


def _stated(filling: Filling) -> dict[str, str]:
    numbers = {"NIK": filling.stated_nik, "Nomor KK": filling.stated_family_card_no}
    return {"Nama lengkap": "", **numbers, "Alamat": ""}


def _part(title: str, lines: Mapping[str, str], choices: Iterable[tuple[str, bool]] = ()) -> Json:
    return {
        "title": title,
        "rows": [{"label": label, "value": value} for label, value in lines.items()],
        "choices": [{"ticked": TICK if is_ticked else "", "label": label} for label, is_ticked in choices],
    }


def _ticked(form: FormNo, chosen: Service) -> list[Json]:
    return [
        _part(
            str(group.label),
            {},
            [
                (str(one.code.label), one.code == chosen.code)
                for one in SERVICES.values()
                if one.group is group and form in one.forms
            ],
        )
        for group in _SHELVES[form]
        if any(one.group is group and form in one.forms for one in SERVICES.values())
    ]


def _family(filling: Filling) -> list[Json]:
    """The family as it is registered; lines to write on where it is not known and nobody describes it."""
    if filling.family_id:
        home, members = known.home_lines(filling.family_id), known.member_parts(filling.family_id)
    elif filling.service.is_for_newcomers:
        return []
    else:
        home, members = known.BLANK_HOME, {f"Anggota {n}": known.BLANK_MEMBER for n in range(1, _BLANK_MEMBERS + 1)}
    return [_part("Keluarga", home), *(_part(title, said) for title, said in members.items())]


def _newcomers(filling: Filling) -> list[Json]:
    """Those whom the application itself describes; one to be written by hand where it describes nobody yet."""
    parts: list[Json] = []
    for question in filling.service.questions:
        if question.kind is Kind.PEOPLE:
            told = filling.answers.get(question.key)
            for number, row in enumerate(told if isinstance(told, list) and told else [{}], start=1):
                said = row if isinstance(row, dict) else {}
                lines = {one.label: _cell(one, said.get(one.key)) for one in question.columns}
                parts.append(_part(f"{question.label}, orang ke-{number}", lines))
    return parts


def _cell(question: Question, answer: Json) -> str:
    if answer is None:
        return ""
    return dict(question.options).get(str(answer)) or _written(question, answer, None)


def _attached(service: Service) -> list[Json]:
    return [_part("Lampiran", {}, [(one, False) for one in service.requirements])] if service.requirements else []


def _answered(filling: Filling) -> list[Json]:
    """The questions that are put: texts together, each choice with its boxes."""
    put = [_of_element(one, filling) for one in filling.service.questions if _stands(one, filling)]
    texts = _before(filling)
    boxes: list[Json] = []
    for question in put:
        answer = filling.answers.get(question.key)
        if question.kind is Kind.CHOICE:
            boxes.append(_part(question.label, {}, [(label, key == answer) for key, label in question.options]))
        elif question.kind is Kind.YES:
            boxes.append(_part(question.label, {}, [("Ya", answer is True), ("Tidak", answer is False)]))
        else:
            texts[question.label] = "" if answer is None else _written(question, answer, filling.family_id)
    return [*([_part("Keterangan", texts)] if texts else []), *boxes]


def _stands(question: Question, filling: Filling) -> bool:
    return is_put(question, filling.answers) or not filling.answers


def _of_element(question: Question, filling: Filling) -> Question:
    """What a changed element should become is answered as that element is, such as by a code."""
    element = filling.answers.get("element")
    return change(str(element)).question if question.key == "new_value" and element else question


def _before(filling: Filling) -> dict[str, str]:
    """What the changed element is now: the register knows, so nobody is asked."""
    element = filling.answers.get("element")
    if filling.resident_id is None or filling.is_carried_out or not element:
        return {}
    return {"Isi yang sekarang": known.element_now(filling.resident_id, Element(str(element)))}


def _written(question: Question, answer: Json, family_id: UUID | None) -> str:
    match question.kind:
        case Kind.DAY:
            return PartialDate.parse(str(answer)).printed
        case Kind.NEW_NAME:
            return str(answer).upper()
        case Kind.LISTED if question.values:
            return registry.label(question.values, str(answer))
        case Kind.VILLAGE:
            return _place(str(answer))
        case Kind.NIK | Kind.MEMBER:
            return _person(str(answer), family_id)
        case Kind.MEMBERS if isinstance(answer, list):
            return "; ".join(_person(str(one), family_id) for one in answer)
        case Kind.PEOPLE if isinstance(answer, list):
            return "; ".join(f"{one['nik']}, {one['full_name']}" for one in answer if isinstance(one, dict))
        case Kind.RELATIONS if isinstance(answer, dict):
            return "; ".join(
                f"{_person(nik, family_id)}: {registry.label(ListName.RELATION, str(code))}"
                for nik, code in answer.items()
            )
        case _:
            return str(answer)


def _person(nik: str, family_id: UUID | None) -> str:
    name = known.member_name(family_id, nik)
    return f"{nik}, {name}" if name else nik


def _place(village: str) -> str:
    where = areas.place(village)
    return f"{where.village}, Kecamatan {where.kecamatan}"
