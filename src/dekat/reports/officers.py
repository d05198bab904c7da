"""Officers by the label under which rows and the log know them."""

from uuid import UUID

from dekat.accounts import queries as accounts


def officer_name(label: str) -> str:
    """The officer's name; empty for a machine, and for an account that is not known here."""
    kind, _, key = label.partition(":")
    found = accounts.account(UUID(key)) if kind == "account" else None
    return found.full_name if found else ""
