"""The elements of a resident that an application may change."""

from dataclasses import dataclass

from dekat.cases.questions import Kind, Question
from dekat.registry.states import Element, ListName


@dataclass(frozen=True)
class Change:
    """One element that a resident may ask to have changed; `values` names its code list, None means free text."""

    element: Element
    evidence: str
    values: ListName | None = None

    @property
    def slug(self) -> str:
        """The change in an address: `full-name`."""
        return self.element.lower().replace("_", "-")

    @property
    def question(self) -> Question:
        """What it should become."""
        kind = Kind.LISTED if self.values else Kind.TEXT
        return Question("new_value", kind, "Isi yang baru", help=self.element.label, values=self.values)


CHANGES: dict[Element, Change] = {
    change.element: change
    for change in (
        Change(Element.OCCUPATION, "Surat keterangan kerja, atau pernyataan sendiri", ListName.OCCUPATION),
        Change(Element.EDUCATION, "Ijazah terakhir", ListName.EDUCATION),
        Change(Element.BLOOD_TYPE, "Hasil pemeriksaan golongan darah", ListName.BLOOD_TYPE),
        Change(Element.MARITAL_STATUS, "Buku nikah, akta perkawinan, atau akta perceraian", ListName.MARITAL_STATUS),
        Change(Element.RELIGION, "Surat keterangan dari pemuka agama", ListName.RELIGION),
        Change(Element.BIRTH_PLACE, "Akta kelahiran"),
        Change(Element.FULL_NAME, "Penetapan pengadilan, atau akta kelahiran bila salah tulis"),
        Change(Element.FATHER_NAME, "Akta kelahiran"),
        Change(Element.MOTHER_NAME, "Akta kelahiran"),
    )
}
