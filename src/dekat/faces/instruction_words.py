"""Names for roles, services and groups, as the pages about instructions say them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROLE_WORDS: Mapping[str, str | Promise] = {
    "OPERATOR": _("Operator"),
    "DISTRICT_HEAD": _("Camat"),
    "SECTION_HEAD": _("Kasi"),
}
SERVICE_WORDS: Mapping[str, str | Promise] = {
    "RECORD": _("Perekaman KTP-el"),
    "PRINT": _("Cetak KK dan akta"),
    "CARDS": _("Serah terima KTP-el"),
    "COUNTER": _("Loket dan antrean"),
}
GROUP_WORDS: Mapping[str, str | Promise] = {
    "RECORDER": _("Semua yang memegang set perekaman, juga yang menyusul"),
    "KK_PRINTER": _("Semua yang memegang set cetak KK, juga yang menyusul"),
}
