"""Who may do what with the register: the office writes, the Sekda decides, the Inspectorate reads."""

from django.http import HttpRequest

from dekat.accounts.roles import Role

WRITES = (Role.VERIFIER, Role.REGISTRY_HEAD)
DECREES = (Role.REGISTRY_HEAD, Role.REGIONAL_SECRETARY)
READS = (*WRITES, Role.REGIONAL_SECRETARY, Role.INSPECTORATE)


def frame(request: HttpRequest) -> dict[str, object]:
    """What every page of the register needs: its frame and what this officer may do."""
    role = getattr(request.user, "role", "")
    return {
        "base": "ui/office.html" if role in WRITES else "ui/oversight.html",
        "may_write": role in WRITES,
        "may_decree": role in DECREES,
    }
