"""Every command of the register, by its public name."""

from dekat.registry.certificates import register_certificate
from dekat.registry.changing import change_element, change_head, change_state, give_nik
from dekat.registry.code_lists import load_code_lists
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
    "change_state",
    "give_nik",
    "import_population",
    "load_code_lists",
    "name_lacking",
    "publish_extract",
    "publish_family",
    "register_certificate",
    "register_families",
    "register_family",
    "renew_extracts",
    "take_block",
    "take_feed_entry",
    "take_snapshot",
]
