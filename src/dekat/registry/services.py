"""Every command of the register, by its public name."""

from dekat.registry.certificates import register_certificate
from dekat.registry.changing import change_element, change_head, give_nik, set_blocked
from dekat.registry.code_lists import load_code_lists
from dekat.registry.corrections import confirm_correction, propose_correction, withdraw_correction
from dekat.registry.extract import apply_extract_row, publish_family, take_feed_entry
from dekat.registry.holding import name_lacking, take_block, take_snapshot
from dekat.registry.importing import import_population
from dekat.registry.registering import NewFamily, NewResident, register_families, register_family
from dekat.registry.snapshot import publish_extract, renew_extracts

__all__ = [
    "NewFamily",
    "NewResident",
    "apply_extract_row",
    "change_element",
    "change_head",
    "confirm_correction",
    "give_nik",
    "import_population",
    "load_code_lists",
    "name_lacking",
    "propose_correction",
    "publish_extract",
    "publish_family",
    "register_certificate",
    "register_families",
    "register_family",
    "renew_extracts",
    "set_blocked",
    "take_block",
    "take_feed_entry",
    "take_snapshot",
    "withdraw_correction",
]
