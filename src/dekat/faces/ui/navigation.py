"""The main menus of the faces, the counts on them, and the state of the line beside them.

Faces do not ask the domain here: a feature connects its count or the line's state in `project/wiring.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

Count = Callable[[object], int]


@dataclass(frozen=True)
class Item:
    """One place in a menu. `key` is what a page gives as `nav_active`, and what a count is connected to.

    `hidden_from` are the roles that may not open it, although others of the same face may.
    """

    key: str
    href: str
    label: str | Promise
    icon: str
    hidden_from: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LineState:
    """What an officer must know about the line: `tone` ok, warn, bad or idle, a few words, and a whole sentence."""

    tone: str
    icon: str
    text: str
    sentence: str = ""


_KASI = frozenset({"SECTION_HEAD"})
_NOT_OPERATING = frozenset({"DISTRICT_HEAD", "SECTION_HEAD"})
# Everybody else has the register in the office's own menu, or not at all.
_ONLY_THE_SEKDA_AND_THE_INSPECTORATE = frozenset(
    {"", "OPERATOR", "DISTRICT_HEAD", "SECTION_HEAD", "VERIFIER", "REGISTRY_HEAD", "PARLIAMENT"}
)
_NOT_AT_THE_CENTRE = frozenset({"", "OPERATOR", "DISTRICT_HEAD", "SECTION_HEAD"})
_NOT_OF_THE_OFFICE = _NOT_AT_THE_CENTRE | {"REGIONAL_SECRETARY", "INSPECTORATE", "PARLIAMENT"}

MENUS: Mapping[str, tuple[Item, ...]] = {
    "station": (
        Item("beranda", "/", gettext_lazy("Beranda"), "home", _KASI),
        Item("antrean", "/antrean/", gettext_lazy("Antrean"), "users", _KASI),
        Item("rekam", "/rekam/cari", gettext_lazy("Rekam"), "face-id", _NOT_OPERATING),
        Item("cetak", "/cetak/", gettext_lazy("Cetak & serahkan"), "printer", _KASI),
        Item("alat", "/alat/", gettext_lazy("Alat"), "tool", _KASI),
        Item("belajar", "/belajar/", gettext_lazy("Belajar"), "school", _NOT_OPERATING),
        Item("petunjuk", "/petunjuk/", gettext_lazy("Petunjuk"), "bell"),
    ),
    "office": (
        Item("ringkasan", "/kantor/", gettext_lazy("Ringkasan"), "home", _NOT_OF_THE_OFFICE),
        Item("cari", "/kantor/cari/", gettext_lazy("Cari"), "search", _NOT_OF_THE_OFFICE),
        Item("rekaman", "/kantor/rekaman/", gettext_lazy("Rekaman"), "fingerprint", _NOT_OF_THE_OFFICE),
        Item("permohonan", "/kantor/permohonan/", gettext_lazy("Permohonan"), "file-text", _NOT_OF_THE_OFFICE),
        Item("kartu", "/kantor/kartu/", gettext_lazy("Kartu"), "id", _NOT_OF_THE_OFFICE),
        Item("petunjuk", "/kantor/petunjuk/", gettext_lazy("Petunjuk"), "bell", _NOT_OF_THE_OFFICE),
        Item("alat", "/kantor/alat/", gettext_lazy("Alat"), "tool", _NOT_AT_THE_CENTRE | {"PARLIAMENT"}),
        Item("stasiun", "/kantor/stasiun/", gettext_lazy("Stasiun"), "server", _NOT_OF_THE_OFFICE),
        Item("pemberitahuan", "/pemberitahuan/", gettext_lazy("Pemberitahuan"), "mail"),
        Item("pengawasan", "/pengawasan/", gettext_lazy("Pengawasan"), "chart-bar"),
    ),
    "oversight": (
        Item("kantor", "/kantor/", gettext_lazy("Kantor"), "home", _NOT_OF_THE_OFFICE),
        Item("ringkasan", "/pengawasan/", gettext_lazy("Ringkasan"), "chart-bar"),
        Item("senin", "/pengawasan/senin/", gettext_lazy("Daftar Senin"), "clipboard-check"),
        Item("perjalanan", "/pengawasan/perjalanan/", gettext_lazy("Masih ke kota?"), "route"),
        Item("kecamatan", "/pengawasan/kecamatan/", gettext_lazy("Kecamatan"), "map"),
        Item("kewajiban", "/pengawasan/kewajiban/", gettext_lazy("Kewajiban"), "list-check"),
        Item("rapat", "/pengawasan/rapat/", gettext_lazy("Rapat"), "calendar-event"),
        Item("alat", "/pengawasan/alat/", gettext_lazy("Alat"), "device-desktop"),
        Item("buku", "/kantor/alat/", gettext_lazy("Buku barang"), "receipt", _ONLY_THE_SEKDA_AND_THE_INSPECTORATE),
        Item("petunjuk", "/pengawasan/petunjuk/", gettext_lazy("Petunjuk"), "file-text"),
        Item("jaringan", "/pengawasan/jaringan/", gettext_lazy("Jaringan"), "wifi"),
        Item("biaya", "/pengawasan/biaya/", gettext_lazy("Biaya"), "coin"),
        Item("catatan", "/pengawasan/catatan/", gettext_lazy("Catatan"), "history"),
    ),
}
_counts: dict[tuple[str, str], Count] = {}


def _nothing_known() -> LineState | None:
    return None


_line_state: Callable[[], LineState | None] = _nothing_known


def use_count(face: str, key: str, source: Count) -> None:
    """Show `source(user)` as a badge on this item while it is above zero."""
    _counts[face, key] = source


def use_line_state(source: Callable[[], LineState | None]) -> None:
    """Show this state of the line in every masthead of this node."""
    global _line_state
    _line_state = source


def line_state() -> LineState | None:
    """What the masthead says about the line now; None says nothing."""
    return _line_state()


def menu(*, face: str, active: str, path: str, user: object) -> list[dict[str, object]]:
    """The items of a face with their counts; the active one by key, else the longest address that fits."""
    role = getattr(user, "role", "")
    items = [item for item in MENUS[face] if role not in item.hidden_from]
    if not active:
        fitting = [item for item in items if path == item.href or (path.startswith(item.href) and item.href != "/")]
        active = max(fitting, key=lambda item: len(item.href)).key if fitting else ""
    return [{"item": item, "is_active": item.key == active, "count": _count(face, item.key, user)} for item in items]


def _count(face: str, key: str, user: object) -> int:
    source = _counts.get((face, key))
    return source(user) if source else 0
