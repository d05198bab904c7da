"""Whether an officer has shown that they can do a task, and by which test."""

from dekat.accounts.actor import Actor
from dekat.duties.models import Instruction
from dekat.ledger import queries as ledger


def competence_reference(*, actor: Actor, task: str) -> str | None:
    """The event of the officer's last test for a task; None when it was failed or never taken.

    Facts: empty where no published instruction asks this kecamatan for a test of the task: nobody can fail what was
    never set.
    """
    tests = [
        event
        for event in ledger.events(names=["duties.competence.recorded"], subject=f"kecamatan:{actor.kecamatan}")
        if event.data.get("operator") == str(actor.account_id) and event.data.get("task") == task
    ]
    if tests:
        return str(tests[-1].id) if tests[-1].data.get("is_passed") else None
    return None if _is_asked(actor.kecamatan, task) else ""


def _is_asked(kecamatan: str, task: str) -> bool:
    rows = Instruction.objects.filter(task=task, published_at__isnull=False)
    return any(kecamatan in row.kecamatan for row in rows)
