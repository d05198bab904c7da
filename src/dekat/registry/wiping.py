"""A stolen station deletes what it holds of the register, because the centre ordered it."""

from django.db import transaction

from dekat.registry.models import (
    ElementChange,
    Extract,
    Family,
    FamilyCardVersion,
    Resident,
    Revision,
    Snapshot,
    SnapshotBlock,
    ToldFamily,
)


def wipe_extract() -> None:
    """Delete everybody of the extract; SQLite overwrites the pages (`secure_delete`). Sealed recordings stay sealed.

    Again: nothing is left to delete.
    """
    with transaction.atomic():
        ElementChange.objects.all().delete()
        FamilyCardVersion.objects.all().delete()
        Resident.objects.filter(merged_into__isnull=False).delete()
        Resident.objects.all().delete()
        Family.objects.all().delete()
        Extract.objects.all().delete()
        for of_blocks in (SnapshotBlock, Snapshot, ToldFamily):
            of_blocks.objects.all().delete()
        # What searches keep in memory follows this row.
        Revision.objects.all().delete()
